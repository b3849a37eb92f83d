using SynapseFs.Store;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>Texts that the remote side understands, in a directory where everything new stays here.</summary>
public sealed class UnderstoodTests
{
    private EngineRig _rig = null!;
    private WorldNode _desk = null!;

    private string Remote => _rig.Remote(_desk);

    [SetUp]
    public void Begin()
    {
        _rig = new EngineRig(WritingRig.Resting);
        _desk = _rig.World.AddDesk(_rig.World.Root, "desk", "t", "{OLD}");
    }

    [TearDown]
    public async Task End() => await _rig.DisposeAsync();

    [Test]
    public async Task What_is_written_is_understood_and_reads_as_it_was_understood()
    {
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"));
        await _rig.PutAsync("desk/t", "{new}");
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{new}"));
        await _rig.DrainAsync();

        Assert.That(Remote, Is.EqualTo("t={NEW}"));
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{NEW}"));
        Assert.That((await _rig.WalkAsync("desk/t")).Length, Is.EqualTo(5));
        Assert.That(_rig.Cache.Journal.ReadEntries(), Is.Empty);
    }

    [Test]
    public async Task What_would_not_be_understood_is_refused_by_close_and_fsync_and_changes_nothing()
    {
        var handle = await _rig.OpenAsync("desk/t", OpenMode.Write | OpenMode.Truncate);
        await _rig.WriteAsync(handle, 0, "new");

        Assert.That(
            () => _rig.FileSystem.SyncAsync(Caller.Internal, handle, SyncMode.Everything, default).AsTask(),
            Fails.With(FsError.InvalidArgument));
        Assert.That(() => _rig.FileSystem.FlushAsync(Caller.Internal, handle, default).AsTask(), Fails.With(FsError.InvalidArgument));
        await _rig.FileSystem.ReleaseAsync(handle);

        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"));
        Assert.That((await _rig.WalkAsync("desk/t")).Length, Is.EqualTo(5));
        Assert.That(_rig.FileSystem.GetStatus().Notices, Has.One.Contains("'/desk/t' is as it was").And.One.Contains("not in braces"));
        await _rig.DrainAsync();
        Assert.That(Remote, Is.EqualTo("t={OLD}"));
    }

    [Test]
    public async Task What_is_understood_and_not_taken_is_refused_as_the_remote_side_says()
    {
        var handle = await _rig.OpenAsync("desk/t", OpenMode.Write | OpenMode.Truncate);
        await _rig.WriteAsync(handle, 0, "{secret}");
        Assert.That(() => _rig.FileSystem.FlushAsync(Caller.Internal, handle, default).AsTask(), Fails.With(FsError.AccessDenied));
        await _rig.FileSystem.ReleaseAsync(handle);

        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"));
        Assert.That(_rig.FileSystem.GetStatus().Notices, Has.One.Contains("'/desk/t' is as it was").And.One.Contains("Secrets are not taken"));
        Assert.That(_rig.FileSystem.GetStatus().LastProblem, Is.Null, "it did answer");
    }

    [Test]
    public async Task Where_nobody_can_be_asked_what_is_understood_is_kept()
    {
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"));
        _rig.World.IsOffline = true;
        await _rig.PutAsync("desk/t", "{secret}");

        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{secret}"));
        Assert.That(_rig.FileSystem.GetStatus().Notices, Is.Empty);
    }

    [Test]
    public async Task A_text_that_is_written_in_pieces_counts_as_it_is_in_the_end()
    {
        var handle = await _rig.OpenAsync("desk/t", OpenMode.Write | OpenMode.Truncate);
        // Each close of a copy of the descriptor is a flush.
        Assert.That(() => _rig.FileSystem.FlushAsync(Caller.Internal, handle, default).AsTask(), Fails.With(FsError.InvalidArgument));
        await _rig.WriteAsync(handle, 0, "{ne");
        Assert.That(() => _rig.FileSystem.FlushAsync(Caller.Internal, handle, default).AsTask(), Fails.With(FsError.InvalidArgument));
        await _rig.WriteAsync(handle, 3, "w}");
        await _rig.CloseAsync(handle);
        await _rig.DrainAsync();

        Assert.That(Remote, Is.EqualTo("t={NEW}"));
    }

    [Test]
    public async Task What_spoils_a_valid_text_that_waits_leaves_that_as_it_is()
    {
        await _rig.PutAsync("desk/t", "{new}");
        var handle = await _rig.OpenAsync("desk/t", OpenMode.Write);
        await _rig.WriteAsync(handle, 0, "x");
        Assert.That(() => _rig.FileSystem.FlushAsync(Caller.Internal, handle, default).AsTask(), Fails.With(FsError.InvalidArgument));
        await _rig.FileSystem.ReleaseAsync(handle);

        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{new}"));
        await _rig.DrainAsync();
        Assert.That(Remote, Is.EqualTo("t={NEW}"));
    }

    [Test]
    public async Task A_temporary_file_that_is_renamed_over_is_the_new_text()
    {
        await _rig.PutAsync("desk/tmp", "{new}");
        await _rig.RenameAsync("desk/tmp", "desk/t");
        await _rig.DrainAsync();

        Assert.That(Remote, Is.EqualTo("t={NEW}"));
        Assert.That(await _rig.NamesAsync((await _rig.WalkAsync("desk")).Inode), Is.EqualTo(new[] { "t" }));
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{NEW}"));
    }

    [Test]
    public async Task A_temporary_file_that_would_not_be_understood_cannot_be_renamed_over()
    {
        await _rig.PutAsync("desk/tmp", "new");

        Assert.That(() => _rig.RenameAsync("desk/tmp", "desk/t"), Fails.With(FsError.InvalidArgument));

        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"));
        Assert.That(await _rig.TextAsync("desk/tmp"), Is.EqualTo("new"));
        await _rig.DrainAsync();
        Assert.That(Remote, Is.EqualTo("t={OLD}"));
    }

    [TestCase("t~")]
    [TestCase("t.bak")]
    public async Task An_editor_may_move_the_old_text_aside_and_write_a_new_one(string backup)
    {
        await _rig.TextAsync("desk/t");
        await _rig.RenameAsync("desk/t", $"desk/{backup}");
        Assert.That(await _rig.TextAsync($"desk/{backup}"), Is.EqualTo("{OLD}"));
        await _rig.PutAsync("desk/t", "{new}");
        await _rig.DrainAsync();

        Assert.That(Remote, Is.EqualTo("t={NEW}"));
        Assert.That(await _rig.TextAsync($"desk/{backup}"), Is.EqualTo("{OLD}"), "a kept backup stays here");
        await _rig.UnlinkAsync($"desk/{backup}");
        await _rig.DrainAsync();
        Assert.That(Remote, Is.EqualTo("t={NEW}"));
        Assert.That(_rig.World.Count("delete"), Is.Zero);
    }

    [Test]
    public async Task An_editor_that_fails_after_moving_the_old_text_aside_can_move_it_back()
    {
        await _rig.TextAsync("desk/t");
        await _rig.RenameAsync("desk/t", "desk/t~");
        var (_, handle) = await _rig.CreateAsync("desk/t");
        await _rig.WriteAsync(handle, 0, "broken");
        Assert.That(() => _rig.FileSystem.FlushAsync(Caller.Internal, handle, default).AsTask(), Fails.With(FsError.InvalidArgument));
        await _rig.FileSystem.ReleaseAsync(handle);

        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"), "what was never filled shows what there is");
        await _rig.RenameAsync("desk/t~", "desk/t");
        await _rig.DrainAsync();

        Assert.That(Remote, Is.EqualTo("t={OLD}"));
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"));
    }

    [Test]
    public async Task What_is_deleted_is_shown_again()
    {
        await _rig.UnlinkAsync("desk/t");
        await _rig.DrainAsync();

        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"));
        Assert.That(_rig.FileSystem.GetStatus().Notices, Has.One.Contains("part of its desk"));
    }

    [Test]
    public async Task What_is_made_there_stays_here()
    {
        await _rig.PutAsync("desk/notes", "anything");
        await _rig.DrainAsync();

        Assert.That(Remote, Is.EqualTo("t={OLD}"));
        Assert.That(await _rig.TextAsync("desk/notes"), Is.EqualTo("anything"));
        await _rig.UnlinkAsync("desk/notes");
        Assert.That(_rig.Cache.Journal.ReadEntries(), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_moved_into_it_or_out_of_it()
    {
        _rig.AddText("f", "{file}");
        await _rig.PutAsync("desk/notes", "anything");

        Assert.That(() => _rig.RenameAsync("f", "desk/t"), Fails.With(FsError.CrossDevice));
        Assert.That(() => _rig.RenameAsync("desk/notes", "notes"), Fails.With(FsError.CrossDevice));
        Assert.That(() => _rig.RenameAsync("desk/t", "t"), Fails.With(FsError.CrossDevice));
        Assert.That(() => _rig.MakeDirectoryAsync("desk/d"), Throws.InstanceOf<FsException>());
    }

    [Test]
    public async Task A_text_that_somebody_else_changed_stays_and_ours_is_kept_beside_it_here()
    {
        await _rig.TextAsync("desk/t");
        await _rig.PutAsync("desk/t", "{ours}");
        _rig.World.SetBytes(_rig.World.In(_desk)["t"], "{THEIRS}"u8.ToArray());
        await _rig.DrainAsync();
        _rig.EndLeases();

        Assert.That(Remote, Is.EqualTo("t={THEIRS}"));
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{THEIRS}"));
        Assert.That(await _rig.TextAsync("desk/t (conflict, ann, 2026-03-01)"), Is.EqualTo("{ours}"));
        await _rig.DrainAsync();
        Assert.That(Remote, Is.EqualTo("t={THEIRS}"));
    }

    [Test]
    public async Task A_text_that_the_remote_side_does_not_take_is_kept_beside_the_old_one_here()
    {
        await _rig.PutAsync("desk/t", "{no}");
        await _rig.DrainAsync();
        _rig.EndLeases();

        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{OLD}"));
        Assert.That(_rig.FileSystem.GetStatus().Notices, Has.One.Contains("The world does not want it."));
        Assert.That(await _rig.TextAsync("desk/t (conflict, ann, 2026-03-01)"), Is.EqualTo("{no}"));
    }

    [Test]
    public async Task A_text_that_waits_survives_a_restart()
    {
        await _rig.TextAsync("desk/t");
        _rig.World.IsOffline = true;
        await _rig.PutAsync("desk/t", "{new}");
        await _rig.RestartAsync();
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{new}"));
        _rig.World.IsOffline = false;
        await _rig.DrainAsync();

        Assert.That(Remote, Is.EqualTo("t={NEW}"));
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{NEW}"));
    }

    [Test]
    public async Task A_text_that_is_saved_anew_while_it_is_on_its_way_is_sent_after_it()
    {
        await _rig.TextAsync("desk/t");
        var arrived = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        _rig.World.OnCall = async (call, _) =>
        {
            if (call.Verb == "update" && arrived.TrySetResult())
                await held.Task;
        };
        await _rig.PutAsync("desk/t", "{one}");
        var draining = _rig.DrainAsync();
        await arrived.Task;
        var handle = await _rig.OpenAsync("desk/t", OpenMode.Write);
        await _rig.WriteAsync(handle, 1, "two");
        await _rig.CloseAsync(handle);
        held.SetResult();
        await draining;

        Assert.That(Remote, Is.EqualTo("t={TWO}"));
        Assert.That(await _rig.TextAsync("desk/t"), Is.EqualTo("{TWO}"));
        Assert.That(_rig.Cache.Staging.TotalBytes, Is.Zero);
    }

    [Test]
    public async Task Who_may_not_change_it_is_refused()
    {
        _rig.World.In(_desk)["t"].Rights = NodeRights.None;
        await _rig.WalkAsync("desk/t");

        Assert.That(() => _rig.OpenAsync("desk/t", OpenMode.Write), Fails.With(FsError.AccessDenied));
        await _rig.PutAsync("desk/tmp", "{new}");
        Assert.That(() => _rig.RenameAsync("desk/tmp", "desk/t"), Fails.With(FsError.AccessDenied));
    }
}

using System.Text;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

public sealed class RefusalTests
{
    [Test]
    public async Task A_remote_change_stays_and_ours_is_kept_beside_it()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f.txt", "base");
        await rig.PutAsync("f.txt", "ours");
        rig.World.SetBytes(file, "theirs"u8.ToArray());
        await rig.DrainAsync();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f (conflict, ann, 2026-03-01).txt=ours f.txt=theirs"));
        Assert.That(await rig.TextAsync("f.txt"), Is.EqualTo("theirs"));
        Assert.That(await rig.TextAsync("f (conflict, ann, 2026-03-01).txt"), Is.EqualTo("ours"));
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("f (conflict, ann, 2026-03-01).txt"));
    }

    [Test]
    public async Task A_name_that_was_taken_remotely_is_given_a_second_one()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        await rig.PutAsync("f.txt", "ours");
        rig.AddText("f.txt", "theirs");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f (conflict, ann, 2026-03-01).txt=ours f.txt=theirs"));
        rig.EndLeases();
        Assert.That(await rig.TextAsync("f.txt"), Is.EqualTo("theirs"));
    }

    [Test]
    public async Task A_folder_that_was_made_remotely_at_the_same_time_is_the_same_folder()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        await rig.MakeDirectoryAsync("d");
        await rig.PutAsync("d/ours", "1");
        rig.AddText("theirs", "2", rig.World.AddDirectory(rig.World.Root, "d"));
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(ours=1 theirs=2)"));
        Assert.That(await rig.NamesAsync((await rig.WalkAsync("d")).Inode), Is.EquivalentTo(new[] { "ours", "theirs" }));
    }

    [Test]
    public async Task What_was_deleted_remotely_while_it_was_edited_is_sent_as_new()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "base");
        await rig.PutAsync("f", "ours");
        rig.World.Remove(rig.World.Root, file);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=ours"));
        Assert.That(rig.World.In(rig.World.Root)["f"].Id, Is.Not.EqualTo(file.Id));
    }

    [Test]
    public async Task A_remote_deletion_heard_of_before_sending_keeps_what_was_written()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "base");
        await rig.PutAsync("f", "ours");
        rig.World.Remove(rig.World.Root, file);
        rig.EndLeases();

        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "f" }));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("ours"));
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("f=ours"));
    }

    [Test]
    public async Task What_is_saved_into_a_file_that_was_replaced_remotely_while_it_was_open_is_kept_beside_it()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var file = rig.AddText("f.txt", "base");
        var handle = await rig.OpenAsync("f.txt", OpenMode.ReadWrite);
        rig.World.SetBytes(file, "theirs"u8.ToArray());
        rig.EndLeases();
        Assert.That(await rig.TextAsync("f.txt"), Is.EqualTo("theirs"));
        await rig.WriteAsync(handle, 0, "ours");
        await rig.CloseAsync(handle);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f (conflict, ann, 2026-03-01).txt=ours f.txt=theirs"));
        Assert.That(await rig.TextAsync("f (conflict, ann, 2026-03-01).txt"), Is.EqualTo("ours"));
    }

    [Test]
    public async Task What_is_saved_into_a_file_that_was_deleted_remotely_while_it_was_open_is_sent_as_new()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var file = rig.AddText("f.txt", "base");
        var handle = await rig.OpenAsync("f.txt", OpenMode.ReadWrite);
        rig.World.Remove(rig.World.Root, file);
        rig.EndLeases();
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.Empty);
        await rig.WriteAsync(handle, 0, "ours");
        await rig.CloseAsync(handle);
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "f.txt" }));
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f.txt=ours"));
    }

    [Test]
    public async Task A_directory_that_was_deleted_remotely_is_made_anew_for_what_was_written_in_it()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var directory = rig.World.AddDirectory(rig.World.Root, "d");
        rig.AddText("old", "1", directory);
        await rig.WalkAsync("d/old");
        await rig.PutAsync("d/new", "2");
        rig.World.Remove(rig.World.Root, directory);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(new=2)"));
        rig.EndLeases();
        Assert.That(await rig.NamesAsync((await rig.WalkAsync("d")).Inode), Is.EqualTo(new[] { "new" }));
    }

    [Test]
    public async Task When_both_rename_the_remote_name_stands()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        await rig.WalkAsync("f");
        await rig.RenameAsync("f", "ours");
        rig.World.Rename(file, "theirs");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("theirs=x"));
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "theirs" }));
    }

    [Test]
    public async Task When_both_rename_what_was_written_goes_up_under_the_remote_name()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        await rig.PutAsync("f", "ours");
        await rig.RenameAsync("f", "mine");
        rig.World.Rename(file, "theirs");
        await rig.DrainAsync();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("theirs=ours"));
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "theirs" }));
        Assert.That(await rig.TextAsync("theirs"), Is.EqualTo("ours"));
    }

    [Test]
    public async Task A_folder_that_got_something_unknown_is_not_deleted()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var directory = rig.World.AddDirectory(rig.World.Root, "d");
        rig.AddText("f", "1", directory);
        await rig.UnlinkAsync("d/f");
        await rig.RemoveDirectoryAsync("d");
        rig.AddText("theirs", "2", directory);
        await rig.DrainAsync();
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(theirs=2)"));
        Assert.That(await rig.TextAsync("d/theirs"), Is.EqualTo("2"));
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("'d'"));
    }

    [Test]
    public async Task A_deleted_file_that_was_changed_since_is_shown_again()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "1");
        await rig.WalkAsync("f");
        await rig.UnlinkAsync("f");
        rig.World.SetBytes(file, "theirs"u8.ToArray());
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=theirs"));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("theirs"));
    }

    [Test]
    public async Task What_is_not_permitted_is_kept_and_says_so()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "1");
        await rig.PutAsync("f", "ours");
        file.Rights = NodeRights.None;
        var blocked = await rig.DrainAsync();

        Assert.That(blocked, Has.One.Matches<PendingItem>(item => item is { Path: "/f", State: PendingState.Blocked, What: "new version" }));
        Assert.That(await rig.XattrAsync((await rig.WalkAsync("f")).Inode, "user.synapse.state"), Does.StartWith("blocked: "));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("ours"));
        file.Rights = NodeRights.All;
        Assert.That(await rig.DrainAsync(), Is.Empty);
        Assert.That(rig.Remote(), Is.EqualTo("f=ours"));
    }

    [Test]
    public async Task What_is_below_something_blocked_is_blocked_too()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var project = rig.World.AddDirectory(rig.World.Root, "p");
        await rig.MakeDirectoryAsync("p/d");
        var inner = (await rig.WalkAsync("p/d")).Inode;
        await rig.FileSystem.CreateDirectoryAsync(Caller.Internal, inner, FileName.Create("e"), FilePermissions.All, CancellationToken.None);
        project.Rights = NodeRights.None;
        var blocked = await rig.DrainAsync();

        Assert.That(blocked.Select(item => item.Path), Is.EqualTo(new[] { "/p/d", "/p/d/e" }));
        Assert.That(blocked[1].Reason, Does.StartWith("/p/d is blocked: "));
        Assert.That(rig.FileSystem.GetStatus().Pending, Is.EqualTo(new PendingSummary(0, 2, 0, 0)));
        project.Rights = NodeRights.All;
        Assert.That(await rig.DrainAsync(), Is.Empty);
        Assert.That(rig.Remote(), Is.EqualTo("p/(d/(e/()))"));
    }

    [Test]
    public async Task A_directory_that_takes_nothing_refuses_at_once()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.World.AddDirectory(rig.World.Root, "d").Rights = NodeRights.Change;
        await rig.WalkAsync("d");

        Assert.That(() => rig.PutAsync("d/f", "1"), Fails.With(FsError.AccessDenied));
    }

    [Test]
    public async Task A_file_that_may_not_be_changed_refuses_at_once()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.AddText("f", "1").Rights = NodeRights.None;

        Assert.That(() => rig.PutAsync("f", "2"), Fails.With(FsError.AccessDenied));
        Assert.That(() => rig.UnlinkAsync("f"), Fails.With(FsError.AccessDenied));
        Assert.That(() => rig.RenameAsync("f", "g"), Fails.With(FsError.AccessDenied));
    }

    [Test]
    public async Task Without_a_network_everything_is_accepted_and_sent_when_it_comes_back()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("f", "1");
        await rig.NamesAsync(InodeNumber.Root);
        await rig.WalkAsync("f");
        rig.World.IsOffline = true;
        await rig.PutAsync("f", "2");
        await rig.MakeDirectoryAsync("d");
        await rig.PutAsync("d/g", "3");
        await rig.RenameAsync("f", "d/f");
        Assert.That(await rig.TextAsync("d/f"), Is.EqualTo("2"));
        rig.World.IsOffline = false;
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(f=2 g=3)"));
    }

    [Test]
    public async Task A_read_only_mount_changes_nothing_and_sends_nothing()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        await rig.PutAsync("f", "1");
        await rig.RestartAsync(WritingRig.Options with { ReadOnly = true });

        Assert.That(() => rig.PutAsync("g", "2"), Fails.With(FsError.ReadOnly));
        Assert.That(Encoding.UTF8.GetByteCount(await rig.TextAsync("f")), Is.EqualTo(1));
        Assert.That(rig.World.Count("create"), Is.Zero);
    }
}

using System.Text;
using SynapseFs.Testing.Processes;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>What a local disk does, done here.</summary>
public sealed class LocalDiskTests
{
    [Test]
    public async Task Appending_goes_to_the_end_whatever_the_offset()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("f", "one");
        var handle = await rig.OpenAsync("f", OpenMode.Write | OpenMode.Append);
        await rig.WriteAsync(handle, 0, " two");
        await rig.CloseAsync(handle);

        Assert.That(await rig.TextAsync("f"), Is.EqualTo("one two"));
    }

    [Test]
    public async Task Cutting_and_extending_shows_zeros_where_nothing_was_written()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.AddText("f", "hello");
        var inode = (await rig.WalkAsync("f")).Inode;
        await rig.SetAsync(inode, new AttributeChange { Length = 2 });
        var entry = await rig.SetAsync(inode, new AttributeChange { Length = 4 });

        Assert.That(entry.Attributes.Length, Is.EqualTo(4));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("he\0\0"));
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("f=he\0\0"));
    }

    [Test]
    public async Task Times_and_modes_that_are_set_by_hand_stay_after_sending_and_after_a_restart()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var then = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
        await rig.PutAsync("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        await rig.SetAsync(inode, new AttributeChange { Modified = then, Permissions = FilePermissions.UserRead });
        await rig.DrainAsync();
        await rig.RestartAsync();

        var attributes = await rig.WalkAsync("f");
        Assert.That(attributes.Modified, Is.EqualTo(then));
        Assert.That(attributes.Permissions, Is.EqualTo(FilePermissions.UserRead));
    }

    [Test]
    public async Task Another_owner_is_refused()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.PutAsync("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;

        Assert.That(() => rig.SetAsync(inode, new AttributeChange { UserId = 7 }), Fails.With(FsError.NotPermitted));
    }

    [Test]
    public async Task Renaming_without_replacing_refuses_a_name_that_is_taken()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.PutAsync("a", "1");
        await rig.PutAsync("b", "2");

        Assert.That(() => rig.RenameAsync("a", "b", RenameMode.NoReplace), Fails.With(FsError.AlreadyExists));
        await rig.RenameAsync("a", "c", RenameMode.NoReplace);
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EquivalentTo(new[] { "b", "c" }));
    }

    [Test]
    public async Task A_directory_goes_only_when_it_is_empty_and_never_into_itself()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.MakeDirectoryAsync("d");
        await rig.PutAsync("d/f", "1");

        Assert.That(() => rig.RemoveDirectoryAsync("d"), Fails.With(FsError.NotEmpty));
        Assert.That(() => rig.RenameAsync("d", "d/e"), Fails.With(FsError.InvalidArgument));
        Assert.That(() => rig.UnlinkAsync("d"), Fails.With(FsError.IsADirectory));
        await rig.UnlinkAsync("d/f");
        await rig.RemoveDirectoryAsync("d");
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.Empty);
    }

    [Test]
    public async Task A_link_into_the_mount_is_kept_and_any_other_refused()
    {
        await using var rig = new EngineRig(WritingRig.Options with { Mountpoint = "/mnt" });
        rig.AddText("f", "x", rig.World.AddDirectory(rig.World.Root, "d"));
        await rig.LinkAsync("relative", "d/f");
        await rig.LinkAsync("absolute", "/mnt/d/f");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("absolute->/d/f d/(f=x) relative->/d/f"));
        Assert.That(() => rig.LinkAsync("out", "/etc/passwd"), Fails.With(FsError.NotPermitted));
        Assert.That(() => rig.LinkAsync("up", "../f"), Fails.With(FsError.NotPermitted));
    }

    [Test]
    public async Task A_link_to_what_is_not_there_stays_here_until_it_is()
    {
        await using var rig = new EngineRig(WritingRig.Options with { Mountpoint = "/mnt" });
        await rig.MakeDirectoryAsync("d");
        await rig.LinkAsync("d/l", "f");
        Assert.That(await rig.DrainAsync(), Is.Empty);

        Assert.That(rig.Remote(), Is.EqualTo("d/()"));
        var link = (await rig.WalkAsync("d/l")).Inode;
        Assert.That(await rig.XattrAsync(link, "user.synapse.state"), Is.EqualTo("local: what it leads to stays here, or is not there"));
        Assert.That(await rig.FileSystem.ReadLinkAsync(Caller.Internal, link, CancellationToken.None), Is.EqualTo("f"));

        await rig.PutAsync("d/f", "x");
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("d/(f=x l->/d/f)"));
        Assert.That(await rig.FileSystem.ReadLinkAsync(Caller.Internal, link, CancellationToken.None), Is.EqualTo("f"));
    }

    [Test]
    public async Task Links_that_lead_to_each_other_or_to_what_stays_here_hold_nobody_up()
    {
        await using var rig = new EngineRig(WritingRig.Options with { Mountpoint = "/mnt" });
        await rig.LinkAsync("a", "b");
        await rig.LinkAsync("b", "c");
        await rig.LinkAsync("c", "a");
        await rig.LinkAsync("self", "self");
        await rig.PutAsync("empty", "");
        await rig.LinkAsync("chain", "direct");
        await rig.LinkAsync("direct", "empty");

        Assert.That(await rig.DrainAsync(), Is.Empty);
        Assert.That(rig.Remote(), Is.Empty);
        Assert.That(await rig.XattrAsync((await rig.WalkAsync("b")).Inode, "user.synapse.state"), Is.EqualTo("local: what it leads to stays here, or is not there"));

        await rig.PutAsync("empty", "x");
        await rig.PutAsync("new", "y");
        await rig.UnlinkAsync("c");
        await rig.LinkAsync("c", "new");
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("a->/b b->/c c->/new chain->/direct direct->/empty empty=x new=y"));
    }

    [Test]
    public async Task Of_a_file_that_is_emptied_Synapse_keeps_the_last_version()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.PutAsync("f", "one");
        await rig.DrainAsync();
        await rig.PutAsync("f", "");
        await rig.DrainAsync();

        Assert.That((rig.Remote(), await rig.TextAsync("f")), Is.EqualTo(("f=one", "")));
        var item = rig.FileSystem.GetPending(10).Single();
        Assert.That((item.What, item.State), Is.EqualTo(("emptied file", PendingState.LocalOnly)));

        await rig.PutAsync("f", "two");
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.EqualTo("f=two"));
    }

    [Test]
    public async Task A_directory_made_here_can_be_used_without_a_network()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.MakeDirectoryAsync("d");
        await rig.PutAsync("d/f", "1");
        await rig.DrainAsync();
        rig.World.OnCall = (_, _) => throw new FsException(FsError.Offline, "Broken.");
        await rig.PutAsync("d/new", "2");
        await rig.RenameAsync("d/f", "d/g");
        Assert.That(await rig.NamesAsync((await rig.WalkAsync("d")).Inode), Is.EqualTo(new[] { "g", "new" }));
        rig.World.OnCall = null;
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("d/(g=1 new=2)"));
    }

    [Test]
    public async Task A_link_to_what_is_new_waits_for_it()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        await rig.PutAsync("f", "x");
        await rig.LinkAsync("l", "f");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=x l->/f"));
    }

    [Test]
    public async Task There_are_no_hard_links()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        await rig.PutAsync("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;

        Assert.That(
            async () => await rig.FileSystem.CreateHardLinkAsync(
                Caller.Internal, inode, InodeNumber.Root, FileName.Create("g"), CancellationToken.None),
            Fails.With(FsError.NotPermitted));
    }

    [Test]
    public async Task A_name_that_cannot_be_sent_is_refused_and_the_reason_told()
    {
        await using var rig = new EngineRig(WritingRig.Options);

        Assert.That(() => rig.PutAsync("a:b", "x"), Fails.With(FsError.InvalidArgument));
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("colon"));
    }

    [Test]
    public async Task With_remote_syncing_fsync_returns_when_the_remote_side_has_it_though_the_file_is_open()
    {
        await using var rig = new EngineRig(WritingRig.Resting with { SyncsRemotely = true });
        var (_, handle) = await rig.CreateAsync("f");
        await rig.WriteAsync(handle, 0, "one");
        await rig.FileSystem.SyncAsync(Caller.Internal, handle, SyncMode.Everything, CancellationToken.None);
        Assert.That(rig.Remote(), Is.EqualTo("f=one"));
        await rig.WriteAsync(handle, 3, " two");
        Assert.That(Encoding.UTF8.GetString(await rig.ReadAllAsync(handle)), Is.EqualTo("one two"));
        await rig.CloseAsync(handle);
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=one two"));
    }

    [Test]
    public async Task Storage_that_is_used_up_refuses_the_write()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        rig.World.Quota = new Providers.StorageQuota(100, 90);
        var (_, handle) = await rig.CreateAsync("f");
        await rig.WriteAsync(handle, 0, "x");
        var isKnown = await Eventually.HoldsAsync(
            async () => (await rig.FileSystem.GetStatisticsAsync(Caller.Internal, CancellationToken.None)).FreeBytes == 10,
            TimeSpan.FromSeconds(20));

        Assert.That(isKnown, Is.True);
        Assert.That(() => rig.WriteAsync(handle, 1, new string('x', 20)), Fails.With(FsError.OverQuota));
        await rig.WriteAsync(handle, 1, "y");
        await rig.CloseAsync(handle);
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("xy"));
    }

    [Test]
    public async Task Where_data_is_and_where_not_is_told_of_what_was_written()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var (_, handle) = await rig.CreateAsync("f");
        await rig.WriteAsync(handle, 100_000, "x");

        Assert.That(await rig.FileSystem.SeekAsync(Caller.Internal, handle, 0, SeekTarget.Data, CancellationToken.None), Is.EqualTo(100_000));
        Assert.That(await rig.FileSystem.SeekAsync(Caller.Internal, handle, 0, SeekTarget.Hole, CancellationToken.None), Is.Zero);
    }
}

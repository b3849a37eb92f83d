using System.Text;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

public sealed class XattrTests
{
    private static readonly string[] One = ["user.a"];

    [Test]
    public async Task What_is_set_is_shown_and_remote_when_the_call_returns()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;

        await SetAsync(rig, inode, "user.a", "1");
        await SetAsync(rig, inode, "user.b:long", "2");

        Assert.That(file.Xattrs, Is.EquivalentTo(new Dictionary<string, string> { ["user.a"] = "1", ["user.b"] = "2 as long" }));
        Assert.That(await rig.XattrAsync(inode, "user.a"), Is.EqualTo("1"));
        Assert.That(await rig.XattrAsync(inode, "user.b"), Is.EqualTo("2 as long"), "shown is what the remote side made of it");
        Assert.That(rig.Cache.Journal.ReadEntries(), Is.Empty);
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("x"));
        Assert.That(rig.World.Calls.Where(call => call.Verb == "update").Select(call => call.Urgency), Is.All.EqualTo(Urgency.Waiting));
    }

    [Test]
    public async Task What_is_removed_is_gone_remotely()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        rig.World.SetXattr(file, "user.a", "1");
        rig.World.SetXattr(file, "user.b", "2");
        var inode = (await rig.WalkAsync("f")).Inode;

        await RemoveAsync(rig, inode, "user.a");

        Assert.That(file.Xattrs.Keys, Is.EqualTo(new[] { "user.b" }));
        Assert.That(await ListAsync(rig, inode), Is.EqualTo(new[] { "user.b", "user.synapse.cached-bytes", "user.synapse.state" }));
        Assert.That(() => RemoveAsync(rig, inode, "user.a"), Fails.With(FsError.NoXattr));
    }

    [Test]
    public async Task The_flags_of_setxattr_are_kept_to()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        rig.World.SetXattr(file, "user.a", "1");
        var inode = (await rig.WalkAsync("f")).Inode;

        Assert.That(() => SetAsync(rig, inode, "user.a", "2", XattrSetMode.Create), Fails.With(FsError.AlreadyExists));
        Assert.That(() => SetAsync(rig, inode, "user.b", "2", XattrSetMode.Replace), Fails.With(FsError.NoXattr));
        Assert.That(() => SetAsync(rig, inode, "user.a", "wrong"), Fails.With(FsError.InvalidArgument));
        Assert.That(() => SetAsync(rig, inode, "system.posix_acl_access", "x"), Fails.With(FsError.NotSupported));
        await SetAsync(rig, inode, "user.a", "1");
        Assert.That(rig.World.Count("update"), Is.Zero, "nothing of that was a change");
    }

    [Test]
    public async Task Attributes_of_programs_stay_here()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        byte[] noText = [0, 255, 1];

        await rig.FileSystem.SetXattrAsync(
            Caller.Internal, inode, "user.local.x", noText, XattrSetMode.CreateOrReplace, CancellationToken.None);
        await rig.RestartAsync();
        inode = (await rig.WalkAsync("f")).Inode;
        var value = await rig.FileSystem.GetXattrAsync(Caller.Internal, inode, "user.local.x", CancellationToken.None);

        Assert.That(value!.Value.ToArray(), Is.EqualTo(noText));
        Assert.That(await ListAsync(rig, inode), Has.Member("user.local.x"));
        Assert.That(file.Xattrs, Is.Empty);
        await RemoveAsync(rig, inode, "user.local.x");
        Assert.That(await rig.XattrAsync(inode, "user.local.x"), Is.Null);
        Assert.That(rig.World.Count("update"), Is.Zero);
    }

    [Test]
    public async Task A_fact_cannot_be_set_but_is_passed_over_where_a_file_is_copied()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.AddText("f", "x");
        var (made, handle) = await rig.CreateAsync("new");

        await SetAsync(rig, made, "user.synapse.id", "syn1");

        Assert.That(await rig.XattrAsync(made, "user.synapse.id"), Is.Null);
        var inode = (await rig.WalkAsync("f")).Inode;
        Assert.That(() => SetAsync(rig, inode, "user.synapse.id", "syn1"), Fails.With(FsError.NotPermitted));
        Assert.That(() => RemoveAsync(rig, inode, "user.synapse.id"), Fails.With(FsError.NotPermitted));
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("is a fact"));
        await rig.CloseAsync(handle);
    }

    [Test]
    public async Task Facts_of_what_was_sent_are_passed_over_for_the_process_that_made_it_only()
    {
        await using var rig = new EngineRig(WritingRig.Options);
        var (maker, other) = (Caller.Internal with { ProcessId = 7 }, Caller.Internal with { ProcessId = 8 });
        var made = await rig.FileSystem.CreateDirectoryAsync(
            maker, InodeNumber.Root, FileName.Create("d"), FilePermissions.All, CancellationToken.None);
        await rig.DrainAsync();
        Task SetAsync(Caller caller) => rig.FileSystem.SetXattrAsync(
            caller, made.Attributes.Inode, "user.synapse.id", "syn1"u8.ToArray(), XattrSetMode.CreateOrReplace, CancellationToken.None).AsTask();

        Assert.That(() => SetAsync(maker), Throws.Nothing);
        Assert.That(() => SetAsync(other), Fails.With(FsError.NotPermitted));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_is_set_on_a_new_file_goes_with_it(bool isBefore)
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var (inode, handle) = await rig.CreateAsync("f");
        if (isBefore)
            await SetAsync(rig, inode, "user.a", "1");
        await rig.WriteAsync(handle, 0, "x");
        await rig.CloseAsync(handle);
        if (!isBefore)
            await SetAsync(rig, inode, "user.a", "1");
        Assert.That(await rig.XattrAsync(inode, "user.a"), Is.EqualTo("1"));
        await rig.DrainAsync();

        var file = rig.World.In(rig.World.Root)["f"];
        Assert.That(file.Xattrs, Is.EquivalentTo(new Dictionary<string, string> { ["user.a"] = "1" }));
        Assert.That(file.Version, Is.EqualTo(1));
        Assert.That(await rig.XattrAsync(inode, "user.a"), Is.EqualTo("1"));
    }

    [Test]
    public async Task What_is_set_on_an_empty_file_waits_for_its_first_byte()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        await rig.PutAsync("f", "");
        var inode = (await rig.WalkAsync("f")).Inode;
        await SetAsync(rig, inode, "user.a", "1");
        await rig.DrainAsync();
        Assert.That(rig.Remote(), Is.Empty);

        await rig.PutAsync("f", "x");
        await rig.DrainAsync();

        Assert.That(rig.World.In(rig.World.Root)["f"].Xattrs["user.a"], Is.EqualTo("1"));
    }

    [Test]
    public async Task Saving_by_renaming_keeps_what_the_file_had_and_takes_what_the_new_one_brings()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "old");
        rig.World.SetXattr(file, "user.kept", "1");
        rig.World.SetXattr(file, "user.a", "old");
        await rig.WalkAsync("f");
        await rig.PutAsync("f.tmp", "new");
        await SetAsync(rig, (await rig.WalkAsync("f.tmp")).Inode, "user.a", "new");
        await rig.RenameAsync("f.tmp", "f");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=new"));
        Assert.That(rig.World.In(rig.World.Root)["f"], Is.SameAs(file));
        Assert.That(file.Xattrs, Is.EquivalentTo(new Dictionary<string, string> { ["user.kept"] = "1", ["user.a"] = "new" }));
    }

    [Test]
    public async Task A_backup_that_is_kept_carries_what_the_file_had()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "old");
        rig.World.SetXattr(file, "user.a", "1");
        await rig.WalkAsync("f");
        await rig.RenameAsync("f", "f.bak");
        await rig.PutAsync("f", "new");
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("f=new f.bak=old"));
        Assert.That(rig.World.In(rig.World.Root)["f"].Xattrs["user.a"], Is.EqualTo("1"));
        Assert.That(rig.World.In(rig.World.Root)["f.bak"].Xattrs["user.a"], Is.EqualTo("1"));
    }

    [Test]
    public async Task What_others_changed_is_not_overwritten_and_the_caller_hears_it()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        rig.World.SetXattr(file, "user.a", "1");
        var inode = (await rig.WalkAsync("f")).Inode;
        Assert.That(await rig.XattrAsync(inode, "user.a"), Is.EqualTo("1"));
        rig.World.SetXattr(file, "user.a", "theirs");
        rig.World.SetXattr(file, "user.b", "theirs");

        Assert.That(() => SetAsync(rig, inode, "user.a", "ours"), Fails.With(FsError.Conflict));

        Assert.That(file.Xattrs["user.a"], Is.EqualTo("theirs"));
        Assert.That(await rig.XattrAsync(inode, "user.a"), Is.EqualTo("theirs"));
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("user.a was changed"));
        Assert.That(rig.Cache.Journal.ReadEntries(), Is.Empty);
        await SetAsync(rig, inode, "user.a", "ours");
        Assert.That(file.Xattrs, Is.EquivalentTo(new Dictionary<string, string> { ["user.a"] = "ours", ["user.b"] = "theirs" }));
    }

    [Test]
    public async Task What_the_remote_side_can_never_take_is_put_back()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        rig.World.SetXattr(file, "user.a", "1");
        var inode = (await rig.WalkAsync("f")).Inode;

        Assert.That(() => SetAsync(rig, inode, "user.a", "impossible"), Fails.With(FsError.InvalidArgument));

        Assert.That(await rig.XattrAsync(inode, "user.a"), Is.EqualTo("1"));
        Assert.That(rig.Cache.Journal.ReadEntries(), Is.Empty);
    }

    [Test]
    public async Task What_is_known_not_to_be_permitted_is_refused_without_asking()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.AddText("f", "x").Rights = NodeRights.None;
        var inode = (await rig.WalkAsync("f")).Inode;

        Assert.That(() => SetAsync(rig, inode, "user.a", "1"), Fails.With(FsError.AccessDenied));
        Assert.That(rig.World.Count("update"), Is.Zero);
    }

    [Test]
    public async Task Out_of_reach_what_is_set_waits_and_survives_a_restart()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        rig.World.SetXattr(file, "user.old", "1");
        var inode = (await rig.WalkAsync("f")).Inode;
        rig.World.IsOffline = true;
        await SetAsync(rig, inode, "user.a", "1");
        await RemoveAsync(rig, inode, "user.old");
        Assert.That(await rig.XattrAsync(inode, "user.synapse.state"), Does.StartWith("queued"));

        await rig.RestartAsync();
        Assert.That(await rig.XattrAsync(inode, "user.a"), Is.EqualTo("1"));
        Assert.That(await rig.XattrAsync(inode, "user.old"), Is.Null);
        Assert.That(rig.FileSystem.GetPending(10).Select(item => item.What), Is.EqualTo(new[] { "extended attributes" }));
        rig.World.IsOffline = false;
        await rig.DrainAsync();

        Assert.That(file.Xattrs, Is.EquivalentTo(new Dictionary<string, string> { ["user.a"] = "1" }));
        Assert.That(rig.Cache.Journal.ReadEntries(), Is.Empty);
    }

    [Test]
    public async Task A_queued_change_that_others_overtook_is_given_up_alone()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        rig.World.IsOffline = true;
        await SetAsync(rig, inode, "user.a", "ours");
        await SetAsync(rig, inode, "user.b", "ours");
        rig.World.SetXattr(file, "user.a", "theirs");
        rig.World.IsOffline = false;
        await rig.DrainAsync();

        Assert.That(file.Xattrs, Is.EquivalentTo(new Dictionary<string, string> { ["user.a"] = "theirs", ["user.b"] = "ours" }));
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("user.a was changed"));
    }

    [Test]
    public async Task Whoever_waits_does_not_wait_longer_than_a_few_seconds()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        var arrived = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        rig.World.OnCall = async (call, _) =>
        {
            if (call.Verb != "update")
                return;
            arrived.TrySetResult();
            await held.Task;
        };
        var setting = SetAsync(rig, inode, "user.a", "1");
        await arrived.Task;
        Assert.That(setting.IsCompleted, Is.False);
        rig.Time.Advance(TimeSpan.FromSeconds(6));
        await setting;

        Assert.That(await rig.XattrAsync(inode, "user.a"), Is.EqualTo("1"));
        Assert.That(file.Xattrs, Is.Empty);
        held.SetResult();
        await rig.DrainAsync();
        Assert.That(file.Xattrs["user.a"], Is.EqualTo("1"));
    }

    [Test]
    public async Task What_somebody_waits_for_goes_before_what_only_waits()
    {
        await using var rig = new EngineRig(WritingRig.Options with { SendsAtOnce = 1 });
        rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        var arrived = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        rig.World.OnCall = async (call, _) =>
        {
            if (call.Verb == "create" && arrived.TrySetResult())
                await held.Task;
        };
        foreach (var name in new[] { "1", "2", "3" })
            await rig.PutAsync(name, "new");
        await arrived.Task;
        var setting = SetAsync(rig, inode, "user.a", "1");
        held.SetResult();
        await setting;
        await rig.DrainAsync();

        Assert.That(
            rig.World.Calls.Where(call => call.Verb is "create" or "update").Select(call => call.Verb),
            Is.EqualTo(new[] { "create", "update", "create", "create" }));
    }

    [Test]
    public async Task What_is_set_while_the_same_is_on_its_way_comes_after_it()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        var arrived = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        rig.World.OnCall = async (call, _) =>
        {
            if (call.Verb == "update" && arrived.TrySetResult())
                await held.Task;
        };
        var first = SetAsync(rig, inode, "user.a", "1");
        await arrived.Task;
        var second = SetAsync(rig, inode, "user.a", "2");
        var third = SetAsync(rig, inode, "user.b", "3");
        held.SetResult();
        await Task.WhenAll(first, second, third);
        await rig.DrainAsync();

        Assert.That(file.Xattrs, Is.EquivalentTo(new Dictionary<string, string> { ["user.a"] = "2", ["user.b"] = "3" }));
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
    }

    [Test]
    public async Task A_lost_answer_is_no_conflict()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        var isLost = false;
        rig.World.OnAnswer = _ =>
        {
            if (isLost)
                return;
            isLost = true;
            throw new FsException(FsError.Offline, "The answer is lost.");
        };
        await SetAsync(rig, inode, "user.a", "1");
        await rig.DrainAsync();

        Assert.That(file.Xattrs["user.a"], Is.EqualTo("1"));
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
        Assert.That(rig.Cache.Journal.ReadEntries(), Is.Empty);
    }

    [Test]
    public async Task What_waits_goes_on_when_somebody_gives_the_file_another_content()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        rig.World.IsOffline = true;
        await SetAsync(rig, inode, "user.a", "1");
        rig.World.SetBytes(file, "theirs"u8.ToArray());
        rig.World.IsOffline = false;
        rig.World.OnCall = (call, _) => call.Verb == "update" ? throw new FsException(FsError.Busy, "Not yet.") : Task.CompletedTask;
        rig.EndLeases();

        Assert.That(await rig.TextAsync("f"), Is.EqualTo("theirs"));
        var now = (await rig.WalkAsync("f")).Inode;
        Assert.That(now, Is.Not.EqualTo(inode));
        Assert.That(await rig.XattrAsync(now, "user.a"), Is.EqualTo("1"));
        rig.World.OnCall = null;
        await rig.DrainAsync();
        // The first may have met a call that was refused while it began.
        await rig.DrainAsync();
        Assert.That(file.Xattrs.Keys, Is.EqualTo(One));
        Assert.That(await rig.TextAsync("f"), Is.EqualTo("theirs"));
    }

    [Test]
    public async Task What_waits_for_something_that_was_deleted_goes_with_it()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;
        rig.World.IsOffline = true;
        await SetAsync(rig, inode, "user.a", "1");
        rig.World.Remove(rig.World.Root, file);
        rig.World.IsOffline = false;
        await rig.DrainAsync();

        Assert.That(rig.Cache.Journal.ReadEntries(), Is.Empty);
        rig.EndLeases();
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.Empty);
    }

    [Test]
    public async Task Content_and_attributes_that_wait_together_are_both_sent()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var file = rig.AddText("f", "x");
        await rig.NamesAsync(InodeNumber.Root);
        var inode = (await rig.WalkAsync("f")).Inode;
        rig.World.IsOffline = true;
        await SetAsync(rig, inode, "user.a", "1");
        await rig.PutAsync("f", "new");
        await rig.RenameAsync("f", "g");
        rig.World.IsOffline = false;
        await rig.DrainAsync();

        Assert.That(rig.Remote(), Is.EqualTo("g=new"));
        Assert.That(file.Xattrs.Keys, Is.EqualTo(One));
        Assert.That(rig.Cache.Journal.ReadEntries(), Is.Empty);
    }

    [Test]
    public async Task Directories_have_them_too_and_so_has_the_root()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        var directory = rig.World.AddDirectory(rig.World.Root, "d");
        await SetAsync(rig, (await rig.WalkAsync("d")).Inode, "user.a", "1");
        await SetAsync(rig, InodeNumber.Root, "user.b", "2");

        Assert.That(directory.Xattrs.Keys, Is.EqualTo(One));
        Assert.That(rig.World.Root.Xattrs["user.b"], Is.EqualTo("2"));
        Assert.That(await rig.XattrAsync(InodeNumber.Root, "user.b"), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_read_only_mount_sets_nothing()
    {
        await using var rig = new EngineRig();
        rig.AddText("f", "x");
        var inode = (await rig.WalkAsync("f")).Inode;

        Assert.That(() => SetAsync(rig, inode, "user.a", "1"), Fails.With(FsError.ReadOnly));
        Assert.That(() => RemoveAsync(rig, inode, "user.a"), Fails.With(FsError.ReadOnly));
    }

    private static Task SetAsync(
        EngineRig rig, InodeNumber inode, string name, string value, XattrSetMode mode = XattrSetMode.CreateOrReplace) =>
        rig.FileSystem.SetXattrAsync(Caller.Internal, inode, name, Encoding.UTF8.GetBytes(value), mode, CancellationToken.None).AsTask();

    private static Task RemoveAsync(EngineRig rig, InodeNumber inode, string name) =>
        rig.FileSystem.RemoveXattrAsync(Caller.Internal, inode, name, CancellationToken.None).AsTask();

    private static async Task<IReadOnlyList<string>> ListAsync(EngineRig rig, InodeNumber inode) =>
        await rig.FileSystem.ListXattrsAsync(Caller.Internal, inode, CancellationToken.None);
}

using SynapseFs.Store;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Tree;

internal sealed class LookupTests
{
    [Test]
    public async Task One_name_in_a_directory_never_listed_costs_no_listing()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "a", [1]);

        Assert.That((await rig.WalkAsync("a")).Length, Is.EqualTo(1));
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "a"), Is.Not.Null);
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "b"), Is.Null);
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "b"), Is.Null);

        Assert.That(rig.World.Calls.Select(call => call.Verb), Is.EqualTo(new[] { "find", "describe", "find" }));
    }

    [Test]
    public async Task A_small_directory_is_known_for_the_price_of_one_name()
    {
        await using var rig = new EngineRig();
        rig.World.MostListedAtOnce = 2;
        rig.World.AddDirectory(rig.World.Root, "a");
        rig.World.AddDirectory(rig.World.Root, "b");

        Assert.That(await rig.LookupAsync(InodeNumber.Root, "a"), Is.Not.Null);
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "c"), Is.Null);
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "a", "b" }));

        Assert.That(rig.World.Calls.Select(call => call.Verb), Is.EqualTo(new[] { "list at once" }));
    }

    [Test]
    public async Task A_large_directory_is_tried_at_once_only_the_first_time()
    {
        await using var rig = new EngineRig();
        rig.World.MostListedAtOnce = 1;
        rig.World.AddDirectory(rig.World.Root, "a");
        rig.World.AddDirectory(rig.World.Root, "b");

        Assert.That(await rig.LookupAsync(InodeNumber.Root, "a"), Is.Not.Null);
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "b"), Is.Not.Null);

        Assert.That(rig.World.Calls.Select(call => call.Verb), Is.EqualTo(new[] { "list at once", "find", "find" }));
    }

    [Test]
    public async Task A_renamed_thing_keeps_its_inode_though_its_old_name_is_still_believed()
    {
        await using var rig = new EngineRig();
        var node = rig.World.AddDirectory(rig.World.Root, "before");
        var before = await rig.LookupAsync(InodeNumber.Root, "before");
        rig.World.Rename(node, "after");

        var after = await rig.LookupAsync(InodeNumber.Root, "after");

        Assert.That(after!.Value.Attributes.Inode, Is.EqualTo(before!.Value.Attributes.Inode));
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "before"), Is.Null);
    }

    [Test]
    public async Task A_name_that_was_not_there_is_asked_for_again_after_the_lease()
    {
        await using var rig = new EngineRig();
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "late"), Is.Null);
        rig.World.AddDirectory(rig.World.Root, "late");

        Assert.That(await rig.LookupAsync(InodeNumber.Root, "late"), Is.Null);
        rig.EndLeases();

        Assert.That(await rig.LookupAsync(InodeNumber.Root, "late"), Is.Not.Null);
    }

    [Test]
    public async Task Many_lookups_in_one_directory_end_in_a_listing()
    {
        await using var rig = new EngineRig();
        for (var i = 0; i < 30; i++)
            rig.World.AddDirectory(rig.World.Root, $"d{i}");

        for (var i = 0; i < 30; i++)
            Assert.That(await rig.LookupAsync(InodeNumber.Root, $"d{i}"), Is.Not.Null);

        Assert.That(rig.World.Count("find"), Is.EqualTo(8));
        Assert.That(rig.World.Count("list"), Is.EqualTo(1));
    }

    [Test]
    public async Task Attributes_of_one_file_are_asked_for_once_by_all_who_want_them()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "a", TestBytes.Of(5));
        await rig.NamesAsync(InodeNumber.Root);
        var gate = new TaskCompletionSource();
        rig.World.OnCall = (_, _) => gate.Task;

        var asks = Enumerable.Range(0, 10).Select(_ => rig.WalkAsync("a")).ToList();
        gate.SetResult();

        Assert.That((await Task.WhenAll(asks)).Select(attributes => attributes.Length), Has.All.EqualTo(5));
        Assert.That(rig.World.Count("describe"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_name_is_looked_up_without_describing_what_it_leads_to()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(5));
        rig.World.AddLink(rig.World.Root, "link", "/f");
        await rig.NamesAsync(InodeNumber.Root);

        var entries = new[] { (await rig.LookupAsync(InodeNumber.Root, "f"))!.Value, (await rig.LookupAsync(InodeNumber.Root, "link"))!.Value };

        Assert.That(entries.Select(entry => entry.Attributes.Type), Is.EqualTo(new[] { NodeType.File, NodeType.SymbolicLink }));
        Assert.That(entries.Select(entry => (entry.IsProvisional, entry.Validity)), Is.All.EqualTo((true, EngineRig.Ttl)));
        Assert.That(rig.World.Count("describe"), Is.Zero);
        Assert.That((await rig.StatAsync(entries[0].Attributes.Inode)).Length, Is.EqualTo(5));
        Assert.That((await rig.StatAsync(entries[1].Attributes.Inode)).Length, Is.EqualTo(1));
        var known = await rig.LookupAsync(InodeNumber.Root, "f");
        Assert.That((known!.Value.IsProvisional, known.Value.Attributes.Length), Is.EqualTo((false, 5)));
    }

    [Test]
    public async Task Nothing_is_told_the_kernel_about_attributes_that_it_is_just_being_answered()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(5)).Rights = NodeRights.None;
        var later = rig.World.AddDirectory(rig.World.Root, "d");
        await rig.NamesAsync(InodeNumber.Root);
        await rig.WalkAsync("d");

        var file = await rig.WalkAsync("f");
        rig.World.Rename(later, "later");
        rig.EndLeases();
        await rig.NamesAsync(InodeNumber.Root);

        await rig.Kernel.WhenToldAsync("entry 1 later");
        Assert.That(rig.Kernel.Told, Does.Not.Contain($"attributes {file.Inode}"));
    }

    [Test]
    public async Task What_was_described_of_an_older_revision_is_described_before_its_name_is_answered()
    {
        await using var rig = new EngineRig();
        var file = rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(5));
        var before = await rig.WalkAsync("f");
        rig.World.SetBytes(file, TestBytes.Of(7));
        rig.EndLeases();

        var after = (await rig.LookupAsync(InodeNumber.Root, "f"))!.Value;

        // Other bytes have another inode, and only the name leads there.
        Assert.That((after.IsProvisional, after.Attributes.Length), Is.EqualTo((false, 7)));
        Assert.That(after.Attributes.Inode, Is.Not.EqualTo(before.Inode));
    }

    [Test]
    public async Task Two_siblings_asked_for_bring_the_next_ones_along()
    {
        await using var rig = new EngineRig(new MountOptions { SiblingsAhead = 4 });
        for (var i = 0; i < 20; i++)
            rig.World.AddFile(rig.World.Root, $"f{i:D2}", [1]);
        await rig.NamesAsync(InodeNumber.Root);
        var described = new SemaphoreSlim(0);
        rig.World.OnCall = (call, _) =>
        {
            if (call.Verb == "describe")
                described.Release();
            return Task.CompletedTask;
        };

        await rig.WalkAsync("f00");
        await rig.WalkAsync("f01");
        for (var i = 0; i < 6; i++)
            Assert.That(await described.WaitAsync(TimeSpan.FromSeconds(20)), Is.True);

        Assert.That(rig.World.Count("describe"), Is.EqualTo(6));
    }

    [Test]
    public async Task Interrupting_one_asker_leaves_the_others_their_answer()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "a");
        var gate = new TaskCompletionSource();
        rig.World.OnCall = (_, token) => gate.Task.WaitAsync(token);
        using var interrupt = new CancellationTokenSource();
        var interrupted = rig.FileSystem.LookupAsync(Caller.Internal, InodeNumber.Root, FileName.Create("a"), interrupt.Token).AsTask();
        var patient = rig.LookupAsync(InodeNumber.Root, "a");

        await interrupt.CancelAsync();
        Assert.That(async () => await interrupted, Throws.InstanceOf<OperationCanceledException>());
        gate.SetResult();

        Assert.That(await patient, Is.Not.Null);
        Assert.That(rig.World.Count("find"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_call_that_nobody_waits_for_any_more_is_cancelled()
    {
        await using var rig = new EngineRig();
        var cancelled = new TaskCompletionSource();
        rig.World.OnCall = async (_, token) =>
        {
            using var registration = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
        };
        using var interrupt = new CancellationTokenSource();
        var lookup = rig.FileSystem.LookupAsync(Caller.Internal, InodeNumber.Root, FileName.Create("a"), interrupt.Token).AsTask();

        await interrupt.CancelAsync();

        Assert.That(async () => await lookup, Throws.InstanceOf<OperationCanceledException>());
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [TestCase("/target", "up/down", "../../target")]
    [TestCase("/up/down/target", "up/down", "target")]
    [TestCase("/", "up", "..")]
    public async Task A_link_is_told_relative_to_its_own_place(string target, string place, string expected)
    {
        await using var rig = new EngineRig();
        var directory = place.Split('/').Aggregate(rig.World.Root, rig.World.AddDirectory);
        rig.World.AddLink(directory, "link", target);

        var link = await rig.WalkAsync($"{place}/link");
        var text = await rig.FileSystem.ReadLinkAsync(Caller.Internal, link.Inode, CancellationToken.None);

        Assert.That(text.TrimEnd('/'), Is.EqualTo(expected));
        Assert.That(link.Length, Is.EqualTo(text.Length));
        Assert.That(link.Type, Is.EqualTo(NodeType.SymbolicLink));
    }

    [Test]
    public async Task A_name_in_a_file_is_not_a_directory()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "a", [1]);
        var file = (await rig.WalkAsync("a")).Inode;

        Assert.That(
            async () => await rig.LookupAsync(file, "b"),
            Fails.With(FsError.NotADirectory));
    }

    [Test]
    public async Task Writers_are_refused()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "a", [1]);
        var file = await rig.WalkAsync("a");

        Assert.That(
            async () => await rig.FileSystem.OpenAsync(Caller.Internal, file.Inode, OpenMode.ReadWrite, CancellationToken.None),
            Fails.With(FsError.ReadOnly));
        Assert.That(
            async () => await rig.FileSystem.UnlinkAsync(Caller.Internal, InodeNumber.Root, FileName.Create("a"), CancellationToken.None),
            Fails.With(FsError.ReadOnly));
        Assert.That(file.Permissions & FilePermissions.AllWrite, Is.EqualTo(FilePermissions.None));
    }
}

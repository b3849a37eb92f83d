using SynapseFs.Core.Tests.Writing;
using SynapseFs.Store;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Tree;

internal sealed class ListingTests
{
    [Test]
    public async Task Two_thousand_names_cost_one_listing_and_no_probe_in_the_same_lease()
    {
        await using var rig = new EngineRig();
        var folder = rig.World.AddDirectory(rig.World.Root, "big");
        for (var i = 0; i < 2000; i++)
            rig.World.AddFile(folder, $"file{i:D4}", [1]);

        var inode = (await rig.WalkAsync("big")).Inode;
        var first = await rig.NamesAsync(inode);
        var second = await rig.NamesAsync(inode);

        Assert.That(first, Has.Count.EqualTo(2000).And.Ordered);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(rig.World.Calls.Select(call => call.Verb), Is.EqualTo(new[] { "find", "list" }));
    }

    [Test]
    public async Task A_long_listing_after_a_remount_costs_one_probe_for_each_directory_touched()
    {
        await using var rig = new EngineRig();
        var folder = rig.World.AddDirectory(rig.World.Root, "folder");
        for (var i = 0; i < 50; i++)
            rig.World.AddFile(folder, $"file{i}", TestBytes.Of(i));
        await rig.NamesAsync(InodeNumber.Root);
        var before = await LongListingAsync(rig, "folder");

        await rig.RestartAsync();
        rig.World.ForgetCalls();
        var after = await LongListingAsync(rig, "folder");

        Assert.That(after, Is.EqualTo(before));
        Assert.That(rig.World.Calls.Select(call => call.Verb), Is.EqualTo(new[] { "probe", "probe" }));
    }

    [Test]
    public async Task A_lease_that_has_ended_is_renewed_by_one_probe_for_all_who_ask()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "a");
        rig.World.AddDirectory(rig.World.Root, "b");
        await rig.NamesAsync(InodeNumber.Root);
        rig.World.ForgetCalls();
        rig.EndLeases();
        var gate = new TaskCompletionSource();
        rig.World.OnCall = (_, _) => gate.Task;

        var asks = Enumerable.Range(0, 20).Select(i => rig.LookupAsync(InodeNumber.Root, i % 2 == 0 ? "a" : "b")).ToList();
        gate.SetResult();
        var found = await Task.WhenAll(asks);

        Assert.That(found, Has.All.Not.Null);
        Assert.That(rig.World.Calls.Select(call => call.Verb), Is.EqualTo(new[] { "probe" }));
    }

    [Test]
    public async Task The_kernel_may_believe_an_entry_for_the_rest_of_the_lease()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "a");
        await rig.NamesAsync(InodeNumber.Root);
        rig.Time.SetUtcNow(rig.Time.GetUtcNow() + TimeSpan.FromSeconds(4));

        var entry = await rig.LookupAsync(InodeNumber.Root, "a");

        Assert.That(entry!.Value.Validity, Is.EqualTo(TimeSpan.FromSeconds(6)));
    }

    [Test]
    public async Task An_open_listing_stays_as_it_was_while_the_directory_changes()
    {
        await using var rig = new EngineRig();
        for (var i = 0; i < 5; i++)
            rig.World.AddDirectory(rig.World.Root, $"d{i}");
        var opened = await rig.FileSystem.OpenDirectoryAsync(Caller.Internal, InodeNumber.Root, CancellationToken.None);
        var first = new ListWriter(wantsDetails: false, room: 2);
        await rig.FileSystem.ReadDirectoryAsync(Caller.Internal, opened.Handle, 0, first, CancellationToken.None);

        rig.World.AddDirectory(rig.World.Root, "a new one");
        rig.EndLeases();
        await rig.NamesAsync(InodeNumber.Root);
        var rest = new ListWriter(wantsDetails: false, room: 10);
        await rig.FileSystem.ReadDirectoryAsync(
            Caller.Internal, opened.Handle, first.Entries[^1].NextCookie, rest, CancellationToken.None);

        Assert.That(
            first.Entries.Concat(rest.Entries).Select(entry => entry.Name.Value),
            Is.EqualTo(new[] { "d0", "d1", "d2", "d3", "d4" }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_directory_of_several_pages_is_listed_whole_and_in_order_with_its_details(bool isChangedMeanwhile)
    {
        const int Count = (2 * NodeTable.ChildrenPage) + 10;
        await using var rig = new EngineRig();
        for (var i = 0; i < Count; i++)
            rig.World.AddDirectory(rig.World.Root, $"d{i:d5}");
        await rig.NamesAsync(InodeNumber.Root);
        var opened = await rig.FileSystem.OpenDirectoryAsync(Caller.Internal, InodeNumber.Root, CancellationToken.None);
        var all = new List<DirectoryEntry>();
        while (true)
        {
            var writer = new ListWriter(wantsDetails: true, room: 300);
            await rig.FileSystem.ReadDirectoryAsync(Caller.Internal, opened.Handle, all.Count == 0 ? 0 : all[^1].NextCookie, writer, CancellationToken.None);
            if (writer.Entries.Count == 0)
                break;
            all.AddRange(writer.Entries);
            if (isChangedMeanwhile)
                rig.Cache.Nodes.SetDetails(InodeNumber.Root, null);
        }

        await rig.FileSystem.ReleaseDirectoryAsync(opened.Handle);

        Assert.That(all.Select(entry => entry.Name.Value), Is.EqualTo(Enumerable.Range(0, Count).Select(i => $"d{i:d5}")));
        Assert.That(all.Select(entry => entry.Details!.Value.Attributes.Inode), Is.EqualTo(all.Select(entry => entry.Inode)));
    }

    [Test]
    public async Task A_listing_begun_again_shows_the_directory_as_it_is_now()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "old");
        var opened = await rig.FileSystem.OpenDirectoryAsync(Caller.Internal, InodeNumber.Root, CancellationToken.None);
        var (before, after) = (new ListWriter(wantsDetails: false, room: 10), new ListWriter(wantsDetails: false, room: 10));
        await rig.FileSystem.ReadDirectoryAsync(Caller.Internal, opened.Handle, 0, before, CancellationToken.None);

        rig.World.AddDirectory(rig.World.Root, "new");
        rig.EndLeases();
        await rig.FileSystem.ReadDirectoryAsync(Caller.Internal, opened.Handle, 0, after, CancellationToken.None);

        Assert.That(before.Entries.Select(entry => entry.Name.Value), Is.EqualTo(new[] { "old" }));
        Assert.That(after.Entries.Select(entry => entry.Name.Value), Is.EquivalentTo(new[] { "old", "new" }));
        await rig.FileSystem.ReleaseDirectoryAsync(opened.Handle);
    }

    [Test]
    public async Task Where_the_kernel_had_given_its_own_names_a_listing_begun_again_shows_the_directory_as_it_is_now()
    {
        await using var rig = new EngineRig(WritingRig.Resting);
        rig.World.AddDirectory(rig.World.Root, "old");
        await rig.NamesAsync(InodeNumber.Root);
        var opened = await rig.FileSystem.OpenDirectoryAsync(Caller.Internal, InodeNumber.Root, CancellationToken.None);
        Assert.That(opened.Names, Is.EqualTo(PageCaching.Keep));

        await rig.FileSystem.CreateDirectoryAsync(
            Caller.Internal, InodeNumber.Root, FileName.Create("new"), FilePermissions.All, CancellationToken.None);
        var after = new ListWriter(wantsDetails: false, room: 10);
        await rig.FileSystem.ReadDirectoryAsync(Caller.Internal, opened.Handle, 0, after, CancellationToken.None);

        Assert.That(after.Entries.Select(entry => entry.Name.Value), Is.EquivalentTo(new[] { "old", "new" }));
        await rig.FileSystem.ReleaseDirectoryAsync(opened.Handle);
    }

    [Test]
    public async Task A_listing_that_the_kernel_began_from_its_own_names_goes_on_as_these_were()
    {
        await using var rig = new EngineRig();
        for (var i = 0; i < 5; i++)
            rig.World.AddDirectory(rig.World.Root, $"d{i}");
        var told = await rig.EntriesAsync(InodeNumber.Root, wantsDetails: false);
        var opened = await rig.FileSystem.OpenDirectoryAsync(Caller.Internal, InodeNumber.Root, CancellationToken.None);
        Assert.That(opened.Names, Is.EqualTo(PageCaching.Keep));

        rig.World.AddDirectory(rig.World.Root, "a new one");
        rig.EndLeases();
        await rig.NamesAsync(InodeNumber.Root);
        var rest = new ListWriter(wantsDetails: false, room: 10);
        await rig.FileSystem.ReadDirectoryAsync(Caller.Internal, opened.Handle, told[1].NextCookie, rest, CancellationToken.None);

        Assert.That(rest.Entries.Select(entry => entry.Name.Value), Is.EqualTo(new[] { "d2", "d3", "d4" }));
        await rig.FileSystem.ReleaseDirectoryAsync(opened.Handle);
    }

    [Test]
    public async Task Names_of_two_states_are_not_kept_by_the_kernel()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "old");
        var opened = await rig.FileSystem.OpenDirectoryAsync(Caller.Internal, InodeNumber.Root, CancellationToken.None);
        rig.World.AddDirectory(rig.World.Root, "new");
        rig.EndLeases();
        var read = new ListWriter(wantsDetails: false, room: 10);
        await rig.FileSystem.ReadDirectoryAsync(Caller.Internal, opened.Handle, 0, read, CancellationToken.None);
        await rig.FileSystem.ReleaseDirectoryAsync(opened.Handle);

        var next = await rig.FileSystem.OpenDirectoryAsync(Caller.Internal, InodeNumber.Root, CancellationToken.None);

        Assert.That(next.Names, Is.EqualTo(PageCaching.Drop));
        await rig.FileSystem.ReleaseDirectoryAsync(next.Handle);
    }

    [Test]
    public async Task A_listing_gives_details_only_where_they_are_known_and_counts_these_as_references()
    {
        await using var rig = new EngineRig();
        var known = rig.World.AddFile(rig.World.Root, "known", TestBytes.Of(7));
        rig.World.AddFile(rig.World.Root, "unknown", TestBytes.Of(7));
        rig.World.AddDirectory(rig.World.Root, "directory");
        await rig.NamesAsync(InodeNumber.Root);
        var inode = (await rig.WalkAsync("known")).Inode;
        rig.FileSystem.Forget(inode, 1);
        rig.World.ForgetCalls();

        var entries = await rig.EntriesAsync(InodeNumber.Root, wantsDetails: true, atOnce: 1);
        rig.World.SetBytes(known, TestBytes.Of(8));
        rig.EndLeases();
        var replaced = (await rig.WalkAsync("known")).Inode;

        Assert.That(
            entries.Where(entry => entry.Details is not null).Select(entry => entry.Name.Value),
            Is.EqualTo(new[] { "directory", "known" }));
        Assert.That(entries.Single(entry => entry.Name.Value == "known").Details!.Value.Attributes.Length, Is.EqualTo(7));
        Assert.That(rig.World.Count("list"), Is.EqualTo(1));
        Assert.That(replaced, Is.Not.EqualTo(inode));
        Assert.That(rig.Cache.Nodes.Get(inode)?.IsDetached, Is.True);
        rig.FileSystem.Forget(inode, 1);
        Assert.That(rig.Cache.Nodes.Get(inode), Is.Null);
    }

    [Test]
    public async Task Hidden_names_are_found_in_every_directory_and_listed_in_none()
    {
        await using var rig = new EngineRig();
        var folder = rig.World.AddDirectory(rig.World.Root, "folder");
        var file = rig.World.AddFile(folder, "file", TestBytes.Of(9));

        var throughRoot = await rig.WalkAsync($".hidden/{file.Id}");
        var throughFolder = await rig.WalkAsync($"folder/.hidden/{file.Id}");
        var missing = await rig.LookupAsync((await rig.WalkAsync(".hidden")).Inode, "nothing");

        Assert.That(throughRoot.Length, Is.EqualTo(9));
        Assert.That(throughFolder.Length, Is.EqualTo(9));
        Assert.That(missing, Is.Null);
        Assert.That(await rig.NamesAsync(InodeNumber.Root), Is.EqualTo(new[] { "folder" }));
        Assert.That(await rig.NamesAsync((await rig.WalkAsync("folder")).Inode), Is.EqualTo(new[] { "file" }));
        Assert.That(await rig.NamesAsync((await rig.WalkAsync(".hidden")).Inode), Is.Empty);
    }

    [Test]
    public async Task A_directory_that_lists_nothing_goes_on_finding_names_after_it_was_listed()
    {
        await using var rig = new EngineRig();
        var files = Enumerable.Range(0, 20).Select(i => rig.World.AddFile(rig.World.Root, $"f{i}", [1])).ToList();
        var hidden = (await rig.WalkAsync(".hidden")).Inode;
        await rig.NamesAsync(hidden);

        foreach (var file in files)
            Assert.That(await rig.LookupAsync(hidden, file.Id), Is.Not.Null);
    }

    private static async Task<List<(string, long, ulong)>> LongListingAsync(EngineRig rig, string path)
    {
        var inode = (await rig.WalkAsync(path)).Inode;
        var lines = new List<(string, long, ulong)>();
        foreach (var name in await rig.NamesAsync(inode))
        {
            var attributes = (await rig.LookupAsync(inode, name))!.Value.Attributes;
            lines.Add((name, attributes.Length, attributes.Inode.Value));
        }

        return lines;
    }
}

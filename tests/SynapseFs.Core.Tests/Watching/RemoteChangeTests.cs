using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Watching;

internal sealed class RemoteChangeTests
{
    [Test]
    public async Task A_new_name_shows_when_the_lease_has_ended()
    {
        await using var rig = new EngineRig();
        rig.World.AddDirectory(rig.World.Root, "old");
        await rig.NamesAsync(InodeNumber.Root);
        rig.World.AddDirectory(rig.World.Root, "new");

        Assert.That(await rig.LookupAsync(InodeNumber.Root, "new"), Is.Null);
        rig.EndLeases();

        Assert.That(await rig.NamesAsync(InodeNumber.Root), Does.Contain("new"));
        await rig.Kernel.WhenToldAsync("entry 1 new");
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "new"), Is.Not.Null);
    }

    [Test]
    public async Task New_content_gets_a_new_inode_and_an_open_file_keeps_reading_the_old()
    {
        await using var rig = new EngineRig();
        var (before, after) = (TestBytes.Of(300_000, 1), TestBytes.Of(200_000, 2));
        var file = rig.World.AddFile(rig.World.Root, "f", before);
        await rig.NamesAsync(InodeNumber.Root);
        var old = await rig.WalkAsync("f");
        var open = (await rig.OpenAsync(old.Inode)).Handle;

        rig.World.SetBytes(file, after);
        rig.EndLeases();
        var fresh = await rig.WalkAsync("f");
        var opened = (await rig.OpenAsync(fresh.Inode)).Handle;

        Assert.That(fresh.Inode, Is.Not.EqualTo(old.Inode));
        Assert.That(await rig.ReadAllAsync(open), Is.EqualTo(before));
        Assert.That(await rig.ReadAllAsync(opened), Is.EqualTo(after));
        var held = await rig.FileSystem.GetAttributesAsync(Caller.Internal, old.Inode, open, CancellationToken.None);
        Assert.That(held.Attributes.Length, Is.EqualTo(before.Length));
        await rig.Kernel.WhenToldAsync("entry 1 f");
        await rig.FileSystem.ReleaseAsync(open);
        rig.FileSystem.Forget(old.Inode, 1);
        Assert.That(rig.Cache.Nodes.Get(old.Inode), Is.Null);
    }

    [Test]
    public async Task Stat_of_an_open_file_whose_name_got_new_content_tells_of_the_old()
    {
        await using var rig = new EngineRig();
        var file = rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(10));
        await rig.NamesAsync(InodeNumber.Root);
        var old = await rig.WalkAsync("f");
        rig.World.SetBytes(file, TestBytes.Of(20));
        rig.EndLeases();

        var stat = await rig.FileSystem.GetAttributesAsync(Caller.Internal, old.Inode, null, CancellationToken.None);

        Assert.That(stat.Attributes.Inode, Is.EqualTo(old.Inode));
        Assert.That(stat.Attributes.Length, Is.EqualTo(10));
        Assert.That((await rig.WalkAsync("f")).Length, Is.EqualTo(20));
    }

    [Test]
    public async Task An_inode_that_had_bytes_never_gets_others_though_access_was_lost_in_between()
    {
        await using var rig = new EngineRig();
        var file = rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(10));
        await rig.NamesAsync(InodeNumber.Root);
        var first = await rig.WalkAsync("f");

        file.Denied = "Ask for access.";
        rig.World.SetBytes(file, TestBytes.Of(20));
        rig.EndLeases();
        var denied = await rig.WalkAsync("f");
        file.Denied = null;
        rig.World.SetXattr(file, "user.a", "b");
        rig.EndLeases();
        var granted = await rig.WalkAsync("f");

        Assert.That(denied.Inode, Is.Not.EqualTo(first.Inode));
        Assert.That(granted.Inode, Is.EqualTo(denied.Inode));
    }

    [Test]
    public async Task Changed_facts_keep_the_inode()
    {
        await using var rig = new EngineRig();
        var file = rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(10));
        await rig.NamesAsync(InodeNumber.Root);
        var before = await rig.WalkAsync("f");
        Assert.That(await rig.XattrAsync(before.Inode, "user.species"), Is.Null);

        rig.World.SetXattr(file, "user.species", "human");
        rig.EndLeases();
        var after = await rig.WalkAsync("f");

        Assert.That(after.Inode, Is.EqualTo(before.Inode));
        Assert.That(await rig.XattrAsync(after.Inode, "user.species"), Is.EqualTo("human"));
        await rig.Kernel.WhenToldAsync($"attributes {before.Inode}");
    }

    [Test]
    public async Task What_is_renamed_in_its_directory_keeps_its_inode_even_when_two_exchange_names()
    {
        await using var rig = new EngineRig();
        var (a, b) = (rig.World.AddDirectory(rig.World.Root, "a"), rig.World.AddDirectory(rig.World.Root, "b"));
        await rig.NamesAsync(InodeNumber.Root);
        var (inodeOfA, inodeOfB) = ((await rig.WalkAsync("a")).Inode, (await rig.WalkAsync("b")).Inode);

        rig.World.Rename(a, "b");
        rig.World.Rename(b, "a");
        rig.EndLeases();

        Assert.That((await rig.WalkAsync("b")).Inode, Is.EqualTo(inodeOfA));
        Assert.That((await rig.WalkAsync("a")).Inode, Is.EqualTo(inodeOfB));
        await rig.Kernel.WhenToldAsync("entry 1 a");
        await rig.Kernel.WhenToldAsync("entry 1 b");
    }

    [Test]
    public async Task What_is_removed_is_gone_and_the_kernel_is_told_if_it_held_it()
    {
        await using var rig = new EngineRig();
        var file = rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(10));
        var unheld = rig.World.AddFile(rig.World.Root, "unheld", TestBytes.Of(10));
        await rig.NamesAsync(InodeNumber.Root);
        var held = (await rig.WalkAsync("f")).Inode;

        rig.World.Remove(rig.World.Root, file);
        rig.World.Remove(rig.World.Root, unheld);
        rig.EndLeases();

        Assert.That(await rig.LookupAsync(InodeNumber.Root, "f"), Is.Null);
        await rig.Kernel.WhenToldAsync($"deleted 1 {held} f");
        Assert.That(rig.Cache.Nodes.Get(held)?.IsDetached, Is.True);
        rig.FileSystem.Forget(held, 1);
        Assert.That(rig.Cache.Nodes.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_goes_between_listing_and_stat_is_simply_not_there()
    {
        await using var rig = new EngineRig();
        var file = rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(10));
        await rig.NamesAsync(InodeNumber.Root);
        rig.World.Remove(rig.World.Root, file);

        Assert.That(() => rig.WalkAsync("f"), Fails.With(FsError.NotFound));
    }

    [Test]
    public async Task A_directory_that_went_is_stale_for_those_inside_it()
    {
        await using var rig = new EngineRig();
        var folder = rig.World.AddDirectory(rig.World.Root, "d");
        await rig.NamesAsync(InodeNumber.Root);
        var inode = (await rig.WalkAsync("d")).Inode;
        rig.World.Remove(rig.World.Root, folder);

        Assert.That(
            async () => await rig.LookupAsync(inode, "x"),
            Fails.With(FsError.Stale));
        Assert.That(await rig.LookupAsync(InodeNumber.Root, "d"), Is.Null);
    }

    [Test]
    public async Task The_round_tells_the_kernel_of_changes_where_nobody_looks()
    {
        await using var rig = new EngineRig();
        await rig.NamesAsync(InodeNumber.Root);
        rig.World.AddDirectory(rig.World.Root, "new");
        var told = rig.Kernel.WhenToldAsync("entry 1 new");

        for (var i = 0; i < 40 && !told.IsCompleted; i++)
        {
            rig.Time.Advance(EngineRig.Ttl + TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await told;
        Assert.That(rig.World.Calls, Has.Some.Matches<WorldCall>(call => call.Urgency == Providers.Urgency.Background));
    }
}

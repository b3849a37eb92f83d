using SynapseFs.Core.Searching;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Searching;

internal sealed class TreeWalkTests
{
    [Test]
    public async Task What_is_not_known_is_asked_for_once()
    {
        await using var rig = Filled();

        var first = await WalkAsync(rig, "/", WalkReach.Unknown);
        rig.World.ForgetCalls();
        rig.EndLeases();
        var second = await WalkAsync(rig, "/", WalkReach.Unknown);

        Assert.That(first.Paths, Is.EqualTo(new[] { "/", "/a", "/b", "/c", "/a/deep", "/a/f", "/a/deep/f", "/b/f" }));
        Assert.That(first.Standing, Has.Property("IsComplete").True.And.Property("Asked").EqualTo(12));
        Assert.That(second.Paths, Is.EqualTo(first.Paths));
        Assert.That(second.Standing.Asked, Is.Zero);
        Assert.That(rig.World.Calls, Is.Empty);
    }

    [Test]
    public async Task Attributes_come_along_also_those_not_yet_sent()
    {
        await using var rig = new EngineRig(new MountOptions { ReadOnly = false, XattrPatience = TimeSpan.Zero });
        var file = rig.World.AddFile(rig.World.Root, "f", [1]);
        file.Xattrs["user.key"] = "remote";
        var inode = (await rig.WalkAsync("f")).Inode;
        rig.World.IsOffline = true;

        await rig.FileSystem.SetXattrAsync(Caller.Internal, inode, "user.mine", "here"u8.ToArray(), XattrSetMode.CreateOrReplace, CancellationToken.None);
        var found = await WalkAsync(rig, "/f", WalkReach.Known);

        Assert.That(found.Nodes.Single().Xattrs, Contains.Item(KeyValuePair.Create("user.key", "remote"))
            .And.Contains(KeyValuePair.Create("user.mine", "here")));
    }

    [Test]
    public async Task By_wish_nothing_is_asked_and_what_is_missing_is_counted()
    {
        await using var rig = Filled();
        await rig.NamesAsync(InodeNumber.Root);
        await rig.WalkAsync("c");
        rig.World.ForgetCalls();

        var found = await WalkAsync(rig, "/", WalkReach.Known);

        Assert.That(found.Paths, Is.EqualTo(new[] { "/c" }));
        Assert.That(found.Standing, Is.EqualTo(new WalkStanding(Seen: 1, Asked: 0, Unlisted: 2, Undescribed: 3, Problem: null)));
        Assert.That(rig.World.Calls, Is.Empty);
    }

    [Test]
    public async Task Out_of_reach_what_is_known_is_told_and_the_rest_is_asked_for_no_more()
    {
        await using var rig = Filled();
        await rig.NamesAsync(InodeNumber.Root);
        await rig.WalkAsync("c");
        rig.World.ForgetCalls();
        rig.World.IsOffline = true;

        var found = await WalkAsync(rig, "/", WalkReach.Unknown);

        Assert.That(found.Paths, Is.EqualTo(new[] { "/c" }));
        Assert.That(found.Standing, Has.Property("IsComplete").False.And.Property("Problem").Contains("out of reach"));
        Assert.That(rig.World.Calls, Has.Count.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task Fresh_looks_whether_directories_are_as_they_were()
    {
        await using var rig = Filled();
        await WalkAsync(rig, "/", WalkReach.Unknown);
        rig.World.AddFile(rig.World.Root, "new", [9]);
        rig.EndLeases();

        var known = await WalkAsync(rig, "/", WalkReach.Unknown);
        var fresh = await WalkAsync(rig, "/", WalkReach.Fresh);

        Assert.That(known.Paths, Does.Not.Contain("/new"));
        Assert.That(fresh.Paths, Does.Contain("/new"));
    }

    [Test]
    public async Task Below_a_directory_only_that_is_looked_at()
    {
        await using var rig = Filled();

        Assert.That((await WalkAsync(rig, "/a", WalkReach.Unknown)).Paths, Is.EqualTo(new[] { "/a", "/a/deep", "/a/f", "/a/deep/f" }));
        Assert.That(() => WalkAsync(rig, "/a/missing", WalkReach.Unknown), Fails.With(FsError.NotFound));
    }

    [Test]
    public async Task What_went_meanwhile_is_not_there()
    {
        await using var rig = Filled();
        await rig.NamesAsync(InodeNumber.Root);
        rig.World.Remove(rig.World.Root, rig.World.In(rig.World.Root)["c"]);

        var found = await WalkAsync(rig, "/", WalkReach.Unknown);

        Assert.That(found.Paths, Does.Not.Contain("/c"));
        Assert.That(found.Standing.IsComplete, Is.True);
    }

    private static EngineRig Filled()
    {
        // No rounds of its own: calls are counted.
        var rig = new EngineRig(new MountOptions { RoundCallsPerMinute = 0 });
        var a = rig.World.AddDirectory(rig.World.Root, "a");
        rig.World.AddFile(a, "f", [1]);
        rig.World.AddFile(rig.World.AddDirectory(a, "deep"), "f", [2]);
        rig.World.AddFile(rig.World.AddDirectory(rig.World.Root, "b"), "f", [3]);
        rig.World.AddFile(rig.World.Root, "c", [4]);
        return rig;
    }

    private static async Task<Walked> WalkAsync(EngineRig rig, string path, WalkReach reach)
    {
        var walk = rig.FileSystem.Walk(path, reach);
        var nodes = new List<KnownNode>();
        await foreach (var node in walk.RunAsync(CancellationToken.None))
            nodes.Add(node);
        return new Walked(nodes, walk.Standing);
    }

    private sealed record Walked(IReadOnlyList<KnownNode> Nodes, WalkStanding Standing)
    {
        public IEnumerable<string> Paths => Nodes.Select(node => node.Path);
    }
}

using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests;

public sealed class ChildrenSnapshotTests : CacheFixture
{
    private NodeTable Nodes => Cache.Nodes;

    [TestCaseSource(nameof(Changes))]
    public void A_snapshot_shows_the_children_as_they_were_when_it_was_made(Action<NodeTable, NodeRow> change)
    {
        Nodes.WithRoot();
        var child = Nodes.Insert(Rows.Child(InodeNumber.Root, "child"));
        var before = Nodes.GetChildren(InodeNumber.Root);

        using var snapshot = Nodes.SnapshotChildren(InodeNumber.Root);
        change(Nodes, child);

        Assert.That(Nodes.GetChildren(InodeNumber.Root), Is.Not.EqualTo(before));
        Assert.That(snapshot.Names, Is.EqualTo(before.Select(NameOf)));
    }

    [Test]
    public void A_change_that_fails_leaves_a_snapshot_right()
    {
        Nodes.WithRoot();
        var child = Nodes.Insert(Rows.Child(InodeNumber.Root, "child"));
        using var snapshot = Nodes.SnapshotChildren(InodeNumber.Root);

        Assert.That(() => Nodes.Insert(Rows.Child(InodeNumber.Root, "child")), Throws.InstanceOf<StoreException>());
        Nodes.Delete(child.Inode);

        Assert.That(snapshot.Names, Is.EqualTo(new[] { NameOf(child) }));
    }

    private static ChildName NameOf(NodeRow row) => new(row.Inode, row.Name, row.Kind);

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return Change("insert", (nodes, _) => nodes.Insert(Rows.Child(InodeNumber.Root, "new", "syn9")));
        yield return Change("update", (nodes, child) => nodes.Update(child with { Name = "other" }));
        yield return Change("details", (nodes, child) => nodes.SetDetails(child.Inode, Rows.Details()));
        yield return Change("details of many", (nodes, child) => nodes.SetDetails([new(child.Inode, Rows.Details())]));
        yield return Change("listing", (nodes, child) => nodes.ApplyListing(InodeNumber.Root, [], [], [child.Inode], [], Rows.Then));
        yield return Change("detach", (nodes, child) => nodes.Detach(child.Inode));
        yield return Change("delete", (nodes, child) => nodes.Delete(child.Inode));
        yield return Change("another root", (nodes, _) => nodes.EnsureRoot(Rows.Root("syn77")));
    }

    private static TestCaseData Change(string name, Action<NodeTable, NodeRow> change) =>
        new TestCaseData(change).SetArgDisplayNames(name);
}

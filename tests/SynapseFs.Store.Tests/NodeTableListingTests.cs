using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests;

public sealed class NodeTableListingTests
{
    private TemporaryCache _temporary = null!;
    private NodeTable _nodes = null!;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache();
        _nodes = _temporary.Open().Nodes.WithRoot();
    }

    [TearDown]
    public void TearDown() => _temporary.Dispose();

    [Test]
    public void A_listing_inserts_updates_removes_and_detaches_at_once()
    {
        var updated = _nodes.Insert(Rows.Child(InodeNumber.Root, "updated", "syn2"));
        var removed = _nodes.Insert(Rows.Child(InodeNumber.Root, "removed", "syn3"));
        var below = _nodes.Insert(Rows.Child(removed.Inode, "below", "syn4"));
        var replaced = _nodes.Insert(Rows.Child(InodeNumber.Root, "replaced", "syn5"));

        var inserted = _nodes.ApplyListing(
            InodeNumber.Root,
            [Rows.Child(InodeNumber.Root, "new", "syn6"), Rows.Child(InodeNumber.Root, "replaced", "syn5")],
            [updated with { Revision = "2", Details = Rows.Details() }],
            [removed.Inode],
            [replaced.Inode],
            Rows.Then);

        Assert.That(_nodes.GetChildren(InodeNumber.Root).Select(row => row.Name), Is.EqualTo(new[] { "new", "replaced", "updated" }));
        Assert.That(_nodes.Get(inserted[0].Inode), Is.EqualTo(inserted[0]));
        Assert.That(_nodes.Find(InodeNumber.Root, "replaced")!.Inode, Is.EqualTo(inserted[1].Inode).And.Not.EqualTo(replaced.Inode));
        Assert.That(_nodes.Get(updated.Inode), Has.Property(nameof(NodeRow.Revision)).EqualTo("2"));
        Assert.That(_nodes.Get(removed.Inode), Is.Null);
        Assert.That(_nodes.Get(below.Inode), Is.Null);
        Assert.That(_nodes.Get(replaced.Inode)!.IsDetached, Is.True);
        Assert.That(_nodes.Get(InodeNumber.Root)!.ListedOn, Is.EqualTo(Rows.Then));
    }

    [Test]
    public void Children_are_read_a_page_at_a_time_and_no_page_before_it_is_wanted()
    {
        const int Count = (2 * NodeTable.ChildrenPage) + 1;
        var rows = Enumerable.Range(0, Count).Select(number => Rows.Child(InodeNumber.Root, $"child-{number:d5}", $"syn{number + 100}"));
        var names = _nodes.ApplyListing(InodeNumber.Root, [.. rows], [], [], [], Rows.Then).Select(row => row.Name).ToList();

        var (seen, isFirst) = (new List<string>(), true);
        foreach (var row in _nodes.EnumerateChildren(InodeNumber.Root))
        {
            seen.Add(row.Name);
            if (isFirst)
                _nodes.ApplyListing(InodeNumber.Root, [Rows.Child(InodeNumber.Root, "child-00000a"), Rows.Child(InodeNumber.Root, "last")], [], [], [], Rows.Then);
            isFirst = false;
        }

        Assert.That(seen, Is.EqualTo(names.Append("last")));
    }

    [Test]
    public void Two_rows_can_exchange_their_names()
    {
        var one = _nodes.Insert(Rows.Child(InodeNumber.Root, "a", "syn2"));
        var other = _nodes.Insert(Rows.Child(InodeNumber.Root, "b", "syn3"));

        _nodes.ApplyListing(InodeNumber.Root, [], [one with { Name = "b" }, other with { Name = "a" }], [], [], Rows.Then);

        Assert.That(_nodes.Find(InodeNumber.Root, "a")!.Inode, Is.EqualTo(other.Inode));
        Assert.That(_nodes.Find(InodeNumber.Root, "b")!.Inode, Is.EqualTo(one.Inode));
    }

    [Test]
    public void A_listing_that_cannot_be_applied_whole_changes_nothing()
    {
        var kept = _nodes.Insert(Rows.Child(InodeNumber.Root, "kept", "syn2"));
        var doomed = _nodes.Insert(Rows.Child(InodeNumber.Root, "doomed", "syn3"));

        var refusal = Assert.Throws<StoreException>(() => _nodes.ApplyListing(
            InodeNumber.Root,
            [Rows.Child(InodeNumber.Root, "new", "syn4"), Rows.Child(InodeNumber.Root, "new", "syn5")],
            [kept with { Revision = "2" }],
            [doomed.Inode],
            [],
            Rows.Then));

        Assert.That(refusal!.Failure, Is.EqualTo(StoreFailure.NameTaken));
        Assert.That(_nodes.GetChildren(InodeNumber.Root), Is.EqualTo(new[] { doomed, kept }));
        Assert.That(_nodes.Get(InodeNumber.Root)!.ListedOn, Is.Null);
    }

    [Test]
    public void An_applied_listing_survives_a_crash()
    {
        var rows = Enumerable.Range(0, 2000).Select(i => Rows.Child(InodeNumber.Root, $"f{i:0000}", $"syn{i}")).ToList();
        var inserted = _nodes.ApplyListing(InodeNumber.Root, rows, [], [], [], Rows.Then);

        var after = _temporary.Open(_temporary.CopyAsAfterCrash()).Nodes;

        Assert.That(after.GetChildren(InodeNumber.Root), Is.EqualTo(inserted));
        Assert.That(after.Get(InodeNumber.Root)!.ListedOn, Is.EqualTo(Rows.Then));
    }
}

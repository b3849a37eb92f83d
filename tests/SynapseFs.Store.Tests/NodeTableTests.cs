using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests;

public sealed class NodeTableTests
{
    private TemporaryCache _temporary = null!;
    private CacheDirectory _cache = null!;

    private NodeTable Nodes => _cache.Nodes;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache();
        _cache = _temporary.Open();
        Nodes.EnsureRoot(Rows.Root());
    }

    [TearDown]
    public void TearDown()
    {
        _cache.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void A_row_comes_back_as_it_went_in()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "b", "syn2") with
        {
            ListedOn = Rows.Then,
            Details = Rows.Details(),
            LocalLength = 6_000_000_000,
            LocalModified = Rows.Then.AddMinutes(1),
            LocalPermissions = FilePermissions.UserWrite | FilePermissions.Sticky,
            LocalXattrs = Rows.LocalXattrs(),
        });

        var back = Nodes.Get(row.Inode)!;

        Assert.That(back with { Details = null, LocalXattrs = row.LocalXattrs }, Is.EqualTo(row with { Details = null }));
        Assert.That(back.LocalXattrs, Is.EqualTo(row.LocalXattrs));
        Assert.That(back.Details! with { Xattrs = row.Details!.Xattrs }, Is.EqualTo(row.Details));
        Assert.That(back.Details!.Xattrs, Is.EquivalentTo(row.Details.Xattrs));
    }

    [Test]
    public void What_is_unknown_comes_back_as_null()
    {
        var details = new NodeDetails
        {
            Revision = "1",
            Modified = Rows.Then,
            Created = Rows.Then,
            Permissions = FilePermissions.None,
            DescribedOn = Rows.Then,
            Content = new ContentKey("only an id", null),
        };
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "b") with { Revision = null, Details = details });

        var back = Nodes.Get(row.Inode)!;

        Assert.That(back, Is.EqualTo(row with { Details = back.Details }));
        Assert.That(back.Details! with { Xattrs = details.Xattrs }, Is.EqualTo(details));
        Assert.That(back.Details!.Xattrs, Is.Empty);
    }

    [Test]
    public void Inodes_are_the_same_after_a_restart()
    {
        var rows = Enumerable.Range(0, 50).Select(i => Nodes.Insert(Rows.Child(InodeNumber.Root, $"f{i}", $"syn{i}"))).ToList();

        _cache.Dispose();
        _cache = _temporary.Open();

        Assert.That(rows.Select(row => Nodes.Find(InodeNumber.Root, row.Name)!.Inode), Is.EqualTo(rows.Select(row => row.Inode)));
        Assert.That(Nodes.Get(InodeNumber.Root)!.RemoteId, Is.EqualTo("syn1"));
    }

    [Test]
    public void An_inode_is_never_given_twice_even_after_a_restart()
    {
        var first = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        Nodes.Delete(first.Inode);
        _cache.Dispose();
        _cache = _temporary.Open();

        var second = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));

        Assert.That(second.Inode.Value, Is.GreaterThan(first.Inode.Value));
        Assert.That(first.Inode.Value, Is.GreaterThan(InodeNumber.Root.Value));
    }

    [Test]
    public void The_root_stays_and_is_nobodys_child()
    {
        Nodes.Detach(InodeNumber.Root);
        Nodes.Delete(InodeNumber.Root);

        Assert.That(Nodes.Get(InodeNumber.Root), Is.Not.Null.With.Property(nameof(NodeRow.IsDetached)).False);
        Assert.That(Nodes.GetChildren(InodeNumber.Root), Is.Empty);
        Assert.That(Nodes.Find(InodeNumber.Root, ""), Is.Null);
    }

    [Test]
    public void The_same_root_again_keeps_its_tree()
    {
        Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        Nodes.SetListed(InodeNumber.Root, Rows.Then);

        var root = Nodes.EnsureRoot(Rows.Root());

        Assert.That(root.ListedOn, Is.EqualTo(Rows.Then));
        Assert.That(Nodes.GetChildren(InodeNumber.Root), Has.Count.EqualTo(1));
    }

    [Test]
    public void Another_root_forgets_the_tree_of_the_first()
    {
        var old = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));

        Nodes.EnsureRoot(Rows.Root("syn99"));

        Assert.That(Nodes.Get(InodeNumber.Root)!.RemoteId, Is.EqualTo("syn99"));
        Assert.That(Nodes.Get(old.Inode), Is.Null);
        Assert.That(Nodes.Insert(Rows.Child(InodeNumber.Root, "a")).Inode.Value, Is.GreaterThan(old.Inode.Value));
    }

    [Test]
    public void The_same_root_again_keeps_what_is_still_to_be_sent()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        _cache.Journal.Apply(new StateChange { Entries = [Rows.Entry(row.Inode)] });

        Nodes.EnsureRoot(Rows.Root());

        Assert.That(Nodes.Get(row.Inode), Is.Not.Null);
        Assert.That(_cache.Journal.ReadEntries(), Has.Count.EqualTo(1));
    }

    [TestCase(1, 0, "1 unsent change of")]
    [TestCase(1, 1, "2 unsent changes of")]
    [TestCase(0, 1, "1 unsent change of")]
    public void Another_root_is_refused_while_changes_of_the_first_are_not_sent(int entries, int deletions, string said)
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        _cache.Journal.Apply(new StateChange
        {
            Entries = [.. Enumerable.Repeat(Rows.Entry(row.Inode), entries)],
            Deletions = [.. Enumerable.Repeat(Rows.Deletion("syn8"), deletions)],
        });

        var refusal = Assert.Throws<StoreException>(() => Nodes.EnsureRoot(Rows.Root("syn99")))!;

        Assert.That(refusal.Failure, Is.EqualTo(StoreFailure.Unsent));
        Assert.That(refusal.Message, Does.Contain($"{_temporary.Path} holds {said} another mount").And.Contain("--cache-dir"));
        Assert.That(Nodes.EnsureRoot(Rows.Root()).RemoteId, Is.EqualTo("syn1"));
        Assert.That(Nodes.Get(row.Inode), Is.Not.Null);
    }

    [Test]
    public void What_has_a_journal_entry_outlives_the_start_though_its_name_is_gone()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        _cache.Journal.Apply(new StateChange { Detached = [row.Inode], Entries = [Rows.Entry(row.Inode)] });

        _cache.Dispose();
        _cache = _temporary.Open();

        Assert.That(Nodes.Get(row.Inode), Is.EqualTo(row with { IsDetached = true }));
    }

    [TestCase("A.txt", "a.txt", TestName = "Names_differ_by_case")]
    [TestCase("\u00e9", "e\u0301", TestName = "Names_differ_by_unicode_form")]
    [TestCase(" a", "a ", TestName = "Names_differ_by_spaces_at_their_ends")]
    public void Names_compare_exactly(string one, string other)
    {
        var first = Nodes.Insert(Rows.Child(InodeNumber.Root, one, "syn2"));
        var second = Nodes.Insert(Rows.Child(InodeNumber.Root, other, "syn3"));

        Assert.That(Nodes.Find(InodeNumber.Root, one)!.Inode, Is.EqualTo(first.Inode));
        Assert.That(Nodes.Find(InodeNumber.Root, other)!.Inode, Is.EqualTo(second.Inode));
    }

    [Test]
    public void Names_of_256_characters_are_told_apart_at_their_last_one()
    {
        var name = new string('ü', 255);
        Nodes.Insert(Rows.Child(InodeNumber.Root, name + "a", "syn2"));
        Nodes.Insert(Rows.Child(InodeNumber.Root, name + "b", "syn3"));

        Assert.That(Nodes.Find(InodeNumber.Root, name + "b")!.RemoteId, Is.EqualTo("syn3"));
        Assert.That(Nodes.GetChildren(InodeNumber.Root).Select(row => row.Name), Is.EqualTo(new[] { name + "a", name + "b" }));
    }

    [Test]
    public void A_taken_name_is_refused()
    {
        Nodes.Insert(Rows.Child(InodeNumber.Root, "a", "syn2"));

        var refusal = Assert.Throws<StoreException>(() => Nodes.Insert(Rows.Child(InodeNumber.Root, "a", "syn3")));

        Assert.That(refusal!.Failure, Is.EqualTo(StoreFailure.NameTaken));
        Assert.That(Nodes.Find(InodeNumber.Root, "a")!.RemoteId, Is.EqualTo("syn2"));
    }

    [Test]
    public void A_detached_row_frees_its_name_and_stays_reachable_by_inode()
    {
        var old = Nodes.Insert(Rows.Child(InodeNumber.Root, "a", "syn2"));
        Nodes.Detach(old.Inode);
        var fresh = Nodes.Insert(Rows.Child(InodeNumber.Root, "a", "syn2"));
        Nodes.Detach(fresh.Inode);

        Assert.That(Nodes.Find(InodeNumber.Root, "a"), Is.Null);
        Assert.That(Nodes.GetChildren(InodeNumber.Root), Is.Empty);
        Assert.That(Nodes.Get(old.Inode), Is.EqualTo(old with { IsDetached = true }));
        Assert.That(Nodes.FindRemote("file", "syn2").Select(row => row.Inode), Is.EquivalentTo(new[] { old.Inode, fresh.Inode }));
    }

    [Test]
    public void Detached_rows_and_what_lies_below_them_are_gone_at_the_next_start()
    {
        var directory = Nodes.Insert(Rows.Child(InodeNumber.Root, "d", "syn2"));
        var inside = Nodes.Insert(Rows.Child(directory.Inode, "f", "syn3"));
        var kept = Nodes.Insert(Rows.Child(InodeNumber.Root, "k", "syn4"));
        Nodes.Detach(directory.Inode);
        Assert.That(Nodes.Get(inside.Inode), Is.Not.Null);

        _cache.Dispose();
        _cache = _temporary.Open();

        Assert.That(Nodes.Get(directory.Inode), Is.Null);
        Assert.That(Nodes.Get(inside.Inode), Is.Null);
        Assert.That(Nodes.Get(kept.Inode), Is.Not.Null);
    }

    [Test]
    public void Deleting_a_directory_deletes_what_lies_below_it()
    {
        var directory = Nodes.Insert(Rows.Child(InodeNumber.Root, "d", "syn2"));
        var below = Nodes.Insert(Rows.Child(directory.Inode, "e", "syn3"));
        var deepest = Nodes.Insert(Rows.Child(below.Inode, "f", "syn4"));

        Nodes.Delete(directory.Inode);

        Assert.That(new[] { directory, below, deepest }.Select(row => Nodes.Get(row.Inode)), Is.All.Null);
        Assert.That(Nodes.Count, Is.EqualTo(1));
    }

    [Test]
    public void Details_are_set_and_taken_away()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));

        Nodes.SetDetails(row.Inode, Rows.Details());
        var described = Nodes.Get(row.Inode)!;
        Nodes.SetDetails(row.Inode, null);

        Assert.That(described.Details!.Content, Is.EqualTo(Rows.Details().Content));
        Assert.That(described.Details.Xattrs["user.größe"], Is.EqualTo("[\"1\",\"2\"]"));
        Assert.That(Nodes.Get(row.Inode), Is.EqualTo(row));
    }

    [Test]
    public void Remote_nodes_with_certain_bytes_are_found_last_described_first()
    {
        var details = Rows.Details();
        for (var i = 0; i < 6; i++)
            Add($"same {i}", details with { DescribedOn = Rows.Then.AddMinutes(i % 3) });
        Add("shorter", details with { Length = 1 });
        Add("other bytes", details with { Content = new ContentKey("file-handle-8", "ffffffffffffffffffffffffffffffff") });
        Nodes.Insert(Rows.Child(InodeNumber.Root, "local", "") with { Details = details with { DescribedOn = Rows.Then.AddDays(1) } });
        Nodes.Detach(Add("detached", details with { DescribedOn = Rows.Then.AddDays(1) }).Inode);

        var found = Nodes.FindByMd5(details.Content!.Value.Md5!, details.Length!.Value);

        Assert.That(found.Select(row => row.Name), Is.EqualTo(new[] { "same 5", "same 2", "same 4", "same 1" }));
        Assert.That(Nodes.FindByMd5("00000000000000000000000000000000", details.Length.Value), Is.Empty);

        NodeRow Add(string name, NodeDetails details) => Nodes.Insert(Rows.Child(InodeNumber.Root, name) with { Details = details });
    }

    [Test]
    public void Many_threads_may_ask_and_write_at_once()
    {
        Parallel.For(0, 200, i =>
        {
            var row = Nodes.Insert(Rows.Child(InodeNumber.Root, $"f{i}", $"syn{i}"));
            Nodes.SetDetails(row.Inode, Rows.Details());
            Assert.That(Nodes.Find(InodeNumber.Root, $"f{i}")!.Inode, Is.EqualTo(row.Inode));
        });

        Assert.That(Nodes.GetChildren(InodeNumber.Root).Select(row => row.Inode).Distinct().Count(), Is.EqualTo(200));
    }
}

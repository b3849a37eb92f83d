using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests;

public sealed class JournalTableTests
{
    private TemporaryCache _temporary = null!;
    private CacheDirectory _cache = null!;

    private JournalTable Journal => _cache.Journal;

    private NodeTable Nodes => _cache.Nodes;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache();
        _cache = _temporary.Open();
        Nodes.WithRoot();
    }

    [TearDown]
    public void TearDown()
    {
        _cache.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void Calls_are_unanswered_until_an_answer_about_the_thing_comes()
    {
        var (first, other) = (Rows.Unanswered("syn2"), Rows.Unanswered("syn3"));
        Journal.Apply(new StateChange { Unanswered = [.. first, .. other] });
        Journal.Apply(new StateChange { Unanswered = first });
        Assert.That(Journal.ReadUnanswered(), Is.EquivalentTo(first.Concat(other)));

        Journal.Apply(new StateChange { Answered = ["syn2"] });

        Assert.That(Journal.ReadUnanswered(), Is.EquivalentTo(other));
    }

    [Test]
    public void What_was_applied_comes_back_as_it_went_in()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        var entry = Rows.Entry(row.Inode);
        var deletion = Rows.Deletion("syn9");
        var staged = Rows.Staged(4);

        Journal.Apply(new StateChange { Entries = [entry], Deletions = [deletion], Staged = [staged] });

        Assert.That(Journal.ReadEntries(), Is.EqualTo(new[] { entry }));
        Assert.That(Journal.ReadDeletions(), Is.EqualTo(new[] { deletion }));
        Assert.That(Journal.FindStaged(4), Is.EqualTo(staged));
        Assert.That(Journal.FindStaged(5), Is.Null);
    }

    [Test]
    public void What_is_unknown_comes_back_as_null()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a", ""));
        var entry = new JournalEntry { Inode = row.Inode, Sequence = 1, Since = Rows.Then, IsNew = true };
        var deletion = Rows.Deletion("syn9") with { Revision = null, Content = null, IsDirectory = true };
        var staged = new StagedRow(1, 0, "", null, null, 0, 0, null);

        Journal.Apply(new StateChange { Entries = [entry], Deletions = [deletion], Staged = [staged] });

        Assert.That(Journal.ReadEntries(), Is.EqualTo(new[] { entry }));
        Assert.That(Journal.ReadDeletions(), Is.EqualTo(new[] { deletion }));
        Assert.That(Journal.FindStaged(1), Is.EqualTo(staged));
    }

    [Test]
    public void Entries_and_deletions_come_back_oldest_first()
    {
        var rows = Enumerable.Range(0, 3).Select(i => Nodes.Insert(Rows.Child(InodeNumber.Root, $"{i}"))).ToList();

        Journal.Apply(new StateChange
        {
            Entries = [Rows.Entry(rows[0].Inode, 30), Rows.Entry(rows[1].Inode, 10), Rows.Entry(rows[2].Inode, 20)],
            Deletions = [Rows.Deletion("syn1", 30), Rows.Deletion("syn2", 10), Rows.Deletion("syn3", 20)],
        });

        Assert.That(Journal.ReadEntries().Select(entry => entry.Sequence), Is.EqualTo(new[] { 10, 20, 30 }));
        Assert.That(Journal.ReadDeletions().Select(deletion => deletion.Sequence), Is.EqualTo(new[] { 10, 20, 30 }));
    }

    [Test]
    public void Later_news_of_the_same_thing_takes_the_place_of_earlier()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        Journal.Apply(
            new StateChange { Entries = [Rows.Entry(row.Inode)], Deletions = [Rows.Deletion("syn9")], Staged = [Rows.Staged(4)] });

        Journal.Apply(new StateChange
        {
            Entries = [Rows.Entry(row.Inode) with { RemoteName = "another" }],
            Deletions = [Rows.Deletion("syn9") with { Name = "another" }],
            Staged = [Rows.Staged(4) with { Length = 7 }],
        });

        Assert.That(Journal.ReadEntries().Single().RemoteName, Is.EqualTo("another"));
        Assert.That(Journal.ReadDeletions().Single().Name, Is.EqualTo("another"));
        Assert.That(Journal.FindStaged(4)!.Length, Is.EqualTo(7));
    }

    [Test]
    public void What_is_done_with_goes()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        Journal.Apply(
            new StateChange { Entries = [Rows.Entry(row.Inode)], Deletions = [Rows.Deletion("syn9")], Staged = [Rows.Staged(4)] });

        Journal.Apply(new StateChange { Settled = [row.Inode], Undeleted = ["syn9"], Unstaged = [4] });

        Assert.That(Journal.ReadEntries(), Is.Empty);
        Assert.That(Journal.ReadDeletions(), Is.Empty);
        Assert.That(Journal.FindStaged(4), Is.Null);
    }

    [Test]
    public void An_entry_without_inode_belongs_to_the_first_row_inserted()
    {
        var rows = Journal.Apply(new StateChange
        {
            Inserted = [Rows.Child(InodeNumber.Root, "a", ""), Rows.Child(InodeNumber.Root, "b", "")],
            Entries = [Rows.Entry(default)],
        });

        Assert.That(rows.Select(row => row.Name), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(Journal.ReadEntries().Single().Inode, Is.EqualTo(rows[0].Inode));
        Assert.That(() => Journal.Apply(new StateChange { Entries = [Rows.Entry(default)] }), Throws.ArgumentException);
    }

    [Test]
    public void Two_names_are_exchanged_and_a_third_takes_the_place_of_what_goes()
    {
        var a = Nodes.Insert(Rows.Child(InodeNumber.Root, "a", "syn2"));
        var b = Nodes.Insert(Rows.Child(InodeNumber.Root, "b", "syn3"));
        var c = Nodes.Insert(Rows.Child(InodeNumber.Root, "c", "syn4"));
        var d = Nodes.Insert(Rows.Child(InodeNumber.Root, "d", "syn5"));
        var e = Nodes.Insert(Rows.Child(InodeNumber.Root, "e", "syn6"));

        Journal.Apply(new StateChange
        {
            Deleted = [c.Inode],
            Detached = [d.Inode],
            Updated = [a with { Name = "b" }, b with { Name = "a" }, e with { Name = "c" }],
            Inserted = [Rows.Child(InodeNumber.Root, "d", "")],
        });

        Assert.That(Nodes.GetChildren(InodeNumber.Root).Select(row => row.Name), Is.EqualTo(new[] { "a", "b", "c", "d" }));
        Assert.That(Nodes.Find(InodeNumber.Root, "a")!.Inode, Is.EqualTo(b.Inode));
        Assert.That(Nodes.Find(InodeNumber.Root, "c")!.Inode, Is.EqualTo(e.Inode));
        Assert.That(Nodes.Get(c.Inode), Is.Null);
        Assert.That(Nodes.Get(d.Inode)!.IsDetached, Is.True);
    }

    [Test]
    public void A_taken_name_leaves_everything_as_it_was()
    {
        var a = Nodes.Insert(Rows.Child(InodeNumber.Root, "a", "syn2"));
        var b = Nodes.Insert(Rows.Child(InodeNumber.Root, "b", "syn3"));
        var gone = Nodes.Insert(Rows.Child(InodeNumber.Root, "gone", "syn4"));
        Journal.Apply(new StateChange { Entries = [Rows.Entry(b.Inode)], Staged = [Rows.Staged(1)] });

        var refusal = Assert.Throws<StoreException>(() => Journal.Apply(new StateChange
        {
            Deleted = [gone.Inode],
            Detached = [b.Inode],
            Updated = [a with { LocalLength = 5 }],
            Inserted = [Rows.Child(InodeNumber.Root, "new", ""), Rows.Child(InodeNumber.Root, "a", "")],
            Entries = [Rows.Entry(a.Inode)],
            Settled = [b.Inode],
            Deletions = [Rows.Deletion("syn4")],
            Unstaged = [1],
        }));

        Assert.That(refusal!.Failure, Is.EqualTo(StoreFailure.NameTaken));
        Assert.That(Nodes.GetChildren(InodeNumber.Root), Is.EqualTo(new[] { a, b, gone }));
        Assert.That(Journal.ReadEntries().Single().Inode, Is.EqualTo(b.Inode));
        Assert.That(Journal.ReadDeletions(), Is.Empty);
        Assert.That(Journal.FindStaged(1), Is.Not.Null);
    }

    [Test]
    public void A_change_of_a_node_that_is_gone_is_refused_whole()
    {
        var row = Nodes.Insert(Rows.Child(InodeNumber.Root, "a"));
        Nodes.Delete(row.Inode);

        var refusal = Assert.Throws<StoreException>(() => Journal.Apply(new StateChange
        {
            Inserted = [Rows.Child(InodeNumber.Root, "b")],
            Entries = [Rows.Entry(row.Inode)],
        }));

        Assert.That(refusal!.Failure, Is.EqualTo(StoreFailure.NodeGone));
        Assert.That(Nodes.GetChildren(InodeNumber.Root), Is.Empty);
    }

    [Test]
    public async Task What_was_synced_is_there_after_a_power_failure_and_what_came_later_does_no_harm()
    {
        var kept = Journal.Apply(
            new StateChange { Inserted = [Rows.Child(InodeNumber.Root, "kept", "")], Entries = [Rows.Entry(default)] });
        await Journal.SyncAsync();
        var synced = new FileInfo(_temporary.File("state.db-wal")).Length;
        Journal.Apply(new StateChange { Inserted = [Rows.Child(InodeNumber.Root, "lost", "")], Entries = [Rows.Entry(default, 2)] });
        var copy = _temporary.CopyAsAfterCrash();
        // Of what was not synced some arrived, and not the end of it.
        using (var log = new FileStream(Path.Combine(copy, "state.db-wal"), FileMode.Open))
            log.SetLength((synced + log.Length) / 2);

        using var after = _temporary.Open(copy);

        Assert.That(after.Repairs, Is.Empty);
        Assert.That(after.Nodes.GetChildren(InodeNumber.Root), Is.EqualTo(kept));
        Assert.That(after.Journal.ReadEntries().Single().Inode, Is.EqualTo(kept[0].Inode));
    }

    [Test]
    public async Task Changes_of_many_threads_are_all_there_when_each_has_synced()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, _) =>
        {
            Journal.Apply(new StateChange { Inserted = [Rows.Child(InodeNumber.Root, $"{i}", "")], Entries = [Rows.Entry(default, i)] });
            await Journal.SyncAsync();
        });

        using var after = _temporary.Open(_temporary.CopyAsAfterCrash());

        Assert.That(after.Journal.ReadEntries().Select(entry => entry.Sequence), Is.EqualTo(Enumerable.Range(0, 200)));
        Assert.That(Journal.SyncAsync().AsTask().IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task The_first_sync_after_a_start_is_a_real_one()
    {
        Journal.Apply(new StateChange { Inserted = [Rows.Child(InodeNumber.Root, "a", "")] });
        using var after = _temporary.Open(_temporary.CopyAsAfterCrash());

        await after.Journal.SyncAsync();

        Assert.That(after.Journal.Syncs, Is.EqualTo(1));
    }

    [Test]
    public async Task Syncing_goes_on_after_checkpoints_have_begun_the_log_anew()
    {
        var details = Rows.Details() with { Xattrs = new Dictionary<string, string> { ["user.long"] = new string('x', 3000) } };
        for (var i = 0; i < 2000; i++)
            Journal.Apply(new StateChange { Inserted = [Rows.Child(InodeNumber.Root, $"{i}", "") with { Details = details }] });
        await Journal.SyncAsync();

        using var after = _temporary.Open(_temporary.CopyAsAfterCrash());

        Assert.That(after.Nodes.GetChildren(InodeNumber.Root), Has.Count.EqualTo(2000));
    }
}

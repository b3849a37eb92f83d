using SynapseFs.Core.Providers;
using SynapseFs.Core.Sending;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JournalPlanTests
{
    private readonly List<PlannedEntry> _entries = [];
    private readonly List<PlannedDeletion> _deletions = [];
    private readonly HashSet<string> _needed = [];
    private readonly List<NodePlace> _underWay = [];
    private int _last;

    [Test]
    public void What_was_accepted_first_is_sent_first()
    {
        New("b");
        New("a");
        Delete("id9", "root", "c");

        Assert.That(Ready(), Is.EqualTo(new[] { "b", "a", "-id9" }));
    }

    [Test]
    public void What_is_in_a_new_directory_waits_for_it()
    {
        New("directory");
        New("file", directory: null);

        Assert.That(Ready(), Is.EqualTo(new[] { "directory" }));
    }

    [Test]
    public void A_name_waits_for_the_deletion_of_its_holder()
    {
        New("name");
        Delete("id9", "root", "name");

        Assert.That(Ready(), Is.EqualTo(new[] { "-id9" }));
    }

    [Test]
    public void A_name_waits_for_its_holder_to_move()
    {
        New("a");
        Move("b", from: "a");

        Assert.That(Ready(), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public void Names_in_a_ring_are_broken_up_by_moving_the_oldest_aside()
    {
        Move("b", from: "a");
        Move("c", from: "b");
        Move("a", from: "c");

        Assert.That(Ready(), Is.EqualTo(new[] { "b!" }));
    }

    [Test]
    public void A_ring_with_a_member_that_is_held_waits()
    {
        Move("b", from: "a");
        Move("a", from: "b", isHeld: true);

        Assert.That(Ready(), Is.Empty);
    }

    [Test]
    public void What_goes_back_to_where_another_has_gone_from_waits_for_nobody()
    {
        Move("a", from: "b");

        Assert.That(Ready(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void Nothing_is_moved_into_what_is_still_below_it()
    {
        Move("inner", from: "inner", fromDirectory: "idouter");
        Move("outer", from: "outer", directory: "idinner", mustLeave: 1);

        Assert.That(Ready(), Is.EqualTo(new[] { "inner" }));
    }

    [Test]
    public void What_moves_into_a_directory_does_not_wait_for_its_new_name()
    {
        Delete("idb", "root", "b", isDirectory: true);
        Move("b", from: "a");
        Move("f", from: "f", fromDirectory: "idb", directory: "ida");

        Assert.That(Ready(), Is.EqualTo(new[] { "f" }));
    }

    [Test]
    public void A_new_directory_steps_aside_for_what_has_to_get_into_it_first()
    {
        Delete("idb", "root", "b", isDirectory: true);
        New("b");
        Move("f", from: "f", fromDirectory: "idb", directory: null, parent: 2);

        Assert.That(Ready(), Is.EqualTo(new[] { "b!" }));
    }

    [Test]
    public void Of_two_that_change_into_each_other_one_steps_aside()
    {
        Move("a", from: "b", fromDirectory: "idold");
        Move("b", from: "a", directory: "ida", mustLeave: 1);

        Assert.That(Ready(), Is.EqualTo(new[] { "a!" }));
    }

    [Test]
    public void A_directory_is_deleted_after_what_was_moved_out_of_it()
    {
        Delete("top", "root", "top", isDirectory: true);
        Delete("inner", "top", "inner", isDirectory: true);
        Move("saved", from: "saved", fromDirectory: "inner");

        Assert.That(Ready(), Is.EqualTo(new[] { "saved" }));
    }

    [Test]
    public void Only_the_topmost_of_deleted_directories_is_deleted_for_all()
    {
        Delete("file", "inner", "file");
        Delete("inner", "top", "inner", isDirectory: true);
        Delete("top", "root", "top", isDirectory: true);

        Assert.That(Ready(), Is.EqualTo(new[] { "-top" }));
        Assert.That(JournalPlan.Below("top", [.. _deletions.Select(deletion => deletion.Entry)]), Is.EquivalentTo(new[] { "file", "inner" }));
    }

    [Test]
    public void What_a_copy_shows_is_deleted_after_the_copy_is_made()
    {
        Delete("source", "root", "source");
        New("copy");
        _needed.Add("source");

        Assert.That(Ready(), Is.EqualTo(new[] { "copy" }));
    }

    [Test]
    public void What_keeps_its_name_waits_for_no_name()
    {
        New("a");
        Add(new JournalEntry { Sequence = ++_last, Since = default, Staged = 1 }, "content", null, isHeld: false, [], []);

        Assert.That(Ready(), Is.EqualTo(new[] { "a", "content" }));
    }

    [Test]
    public void What_is_held_is_not_sent()
    {
        New("a", isHeld: true);
        Delete("id9", "root", "c", isHeld: true);

        Assert.That(Ready(), Is.Empty);
    }

    [Test]
    public void What_a_call_without_an_answer_may_have_taken_is_given_up_first()
    {
        Move("b", from: "a", tried: new NodePlace("root", "c"));
        New("c");

        Assert.That(Ready(), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public void What_is_to_be_deleted_and_may_be_elsewhere_does_not_go_with_its_directory()
    {
        Delete("id1", "root", "directory", isDirectory: true);
        Delete("id2", "id1", "file", tried: new NodePlace("elsewhere", "file"));

        Assert.That(Ready(), Is.EqualTo(new[] { "-id2" }));
    }

    [Test]
    public void A_directory_stays_while_something_is_on_its_way_into_it()
    {
        Delete("id1", "root", "directory", isDirectory: true);
        _underWay.Add(new NodePlace("id1", "file"));

        Assert.That(Ready(), Is.Empty);
    }

    [Test]
    public void A_directory_stays_while_something_else_to_be_deleted_may_be_in_it()
    {
        Delete("id1", "root", "directory", isDirectory: true);
        Delete("id2", "root", "file", tried: new NodePlace("id1", "file"));
        New("file");

        Assert.That(Ready(), Is.EqualTo(new[] { "-id2" }));
    }

    private string[] Ready() =>
        [.. JournalPlan.Ready(_entries, [.. _entries.Where(entry => entry.Entry.RemoteParent is not null)], _deletions, _needed, _underWay)
            .Select(job => job.Entry is { } entry ? entry.Row.Name + (job.Kind == JobKind.MoveAside ? "!" : "") : "-" + job.Deletion!.RemoteId)];

    private void New(string name, string? directory = "root", bool isHeld = false) =>
        Add(new JournalEntry { Sequence = ++_last, Since = default, IsNew = true }, name, directory, isHeld, [], []);

    private void Move(
        string name, string from, string fromDirectory = "root", bool isHeld = false, string? directory = "root",
        ulong? mustLeave = null, ulong? parent = null, params NodePlace[] tried) => Add(
            new JournalEntry { Sequence = ++_last, Since = default, RemoteParent = fromDirectory, RemoteName = from },
            name, directory, isHeld, mustLeave is { } inode ? [new InodeNumber(inode)] : [], tried, parent);

    private void Add(
        JournalEntry entry, string name, string? directory, bool isHeld, IReadOnlyList<InodeNumber> mustLeave, IReadOnlyList<NodePlace> tried,
        ulong? parent = null) =>
        _entries.Add(new PlannedEntry(
            entry with { Inode = new InodeNumber((ulong)_last) },
            new NodeRow
            {
                Inode = new InodeNumber((ulong)_last),
                Parent = parent is { } above ? new InodeNumber(above) : InodeNumber.Root,
                Name = name,
                Kind = "kind",
                RemoteId = entry.IsNew ? "" : "id" + name,
                Modified = default,
                Created = default,
            },
            directory, mustLeave, IsDirectory: true, isHeld, IsToComplete: false, tried));

    private void Delete(string id, string parent, string name, bool isDirectory = false, bool isHeld = false, params NodePlace[] tried) =>
        _deletions.Add(new PlannedDeletion(
            new DeletionEntry
            {
                RemoteId = id,
                Kind = "kind",
                IsDirectory = isDirectory,
                Sequence = ++_last,
                Since = default,
                Parent = InodeNumber.Root,
                RemoteParent = parent,
                Name = name,
            },
            isHeld, tried));
}

using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>A change of names and journal while it is being put together; the last word on each row and entry counts.</summary>
internal sealed class Draft(Journal journal)
{
    private readonly Dictionary<InodeNumber, NodeRow> _rows = [];
    private readonly Dictionary<InodeNumber, JournalEntry?> _entries = [];
    private readonly Dictionary<string, DeletionEntry> _deletions = [];
    private readonly List<string> _undeleted = [];
    private readonly List<string> _answered = [];
    private readonly List<InodeNumber> _deleted = [];
    private readonly List<InodeNumber> _detached = [];
    private readonly List<StagedRow> _staged = [];
    private readonly List<long> _unstaged = [];
    private readonly List<long> _forgotten = [];
    private NodeRow? _inserted;

    /// <summary>Staged contents that nothing refers to afterwards.</summary>
    public IReadOnlyList<long> Unstaged => _unstaged;

    /// <summary>A row as it will be.</summary>
    public NodeRow Now(NodeRow row) => _rows.GetValueOrDefault(row.Inode, row);

    /// <summary>A node's entry as it will be; null when it has none.</summary>
    public JournalEntry? EntryOf(NodeRow row) => _entries.TryGetValue(row.Inode, out var entry) ? entry : journal.Find(row.Inode);

    public JournalEntry EntryOrNew(NodeRow row) => EntryOf(row) ?? journal.NewEntry(row.Inode);

    public void Put(NodeRow row) => _rows[row.Inode] = row;

    public void Put(JournalEntry entry) => _entries[entry.Inode] = entry;

    /// <summary>The one row that is new; its entry has inode 0.</summary>
    public void Insert(NodeRow row, JournalEntry? entry)
    {
        _inserted = row;
        if (entry is not null)
            _entries[default] = entry;
    }

    public void Settle(NodeRow row) => _entries[row.Inode] = null;

    public void Delete(DeletionEntry deletion) => _deletions[deletion.RemoteId] = deletion;

    public void Undelete(string remoteId)
    {
        _deletions.Remove(remoteId);
        _undeleted.Add(remoteId);
    }

    /// <summary>An answer came: what was made of the thing is known.</summary>
    public void Answer(string remoteId) => _answered.Add(remoteId);

    public void Stage(StagedRow staged) => _staged.Add(staged);

    public void Unstage(IEnumerable<long> numbers) => _unstaged.AddRange(numbers);

    /// <summary>The journal no longer names it; its file has a user that sees to it.</summary>
    public void Forget(long number) => _forgotten.Add(number);

    /// <summary>The row goes, or stays nameless for as long as the kernel holds it.</summary>
    public void Drop(NodeRow row, bool isHeld)
    {
        _rows.Remove(row.Inode);
        (isHeld ? _detached : _deleted).Add(row.Inode);
        if (journal.Find(row.Inode) is not null)
            Settle(row);
    }

    public StateChange ToChange() => new()
    {
        Deleted = _deleted,
        Detached = _detached,
        Updated = [.. _rows.Values],
        Inserted = _inserted is null ? [] : [_inserted],
        Entries = [.. _entries.Values.OfType<JournalEntry>()],
        Settled = [.. _entries.Where(entry => entry.Value is null).Select(entry => entry.Key)],
        Deletions = [.. _deletions.Values],
        Undeleted = _undeleted,
        Answered = _answered,
        Staged = _staged,
        Unstaged = [.. _unstaged, .. _forgotten],
    };
}

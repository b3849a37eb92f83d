using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// What is still to be done remotely: the journal's table with all of it in memory beside it, so that asking costs nothing. Its lock is
/// a leaf but for the store; who changes an entry holds <see cref="LocalChanges"/>' lock of names.
/// </summary>
internal sealed class Journal
{
    private readonly Lock _lock = new();
    private readonly MountParts _parts;
    private readonly Dictionary<InodeNumber, JournalEntry> _entries;
    private readonly SortedDictionary<long, InodeNumber> _order = [];
    private readonly Dictionary<long, string> _baseNodes = [];
    private readonly Dictionary<string, DeletionEntry> _deletions;
    private readonly Dictionary<string, List<UnansweredCall>> _unanswered;
    private readonly HashSet<InodeNumber> _written = [];
    // Remote ids, and whether they are being deleted.
    private readonly Dictionary<string, bool> _sending = new(StringComparer.Ordinal);
    private long _lastSequence;

    public Journal(MountParts parts)
    {
        _parts = parts;
        _entries = parts.Cache.Journal.ReadEntries().ToDictionary(entry => entry.Inode);
        _deletions = parts.Cache.Journal.ReadDeletions().ToDictionary(deletion => deletion.RemoteId, StringComparer.Ordinal);
        _unanswered = parts.Cache.Journal.ReadUnanswered().GroupBy(call => call.RemoteId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        foreach (var entry in _entries.Values)
        {
            _order[entry.Sequence] = entry.Inode;
            if (entry.Staged is { } number && parts.Cache.Journal.FindStaged(number)?.BaseNode is { } node)
                _baseNodes[number] = node;
        }

        ForgetAnswers();
        _lastSequence = _entries.Values.Select(entry => entry.Sequence)
            .Concat(_deletions.Values.Select(deletion => deletion.Sequence)).DefaultIfEmpty(0).Max();
    }

    /// <summary>Called after each change, under no lock of the journal's.</summary>
    public Action? Changed { get; set; }

    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_lock)
                return [.. _order.Values.Select(inode => _entries[inode])];
        }
    }

    public IReadOnlyList<DeletionEntry> Deletions
    {
        get
        {
            lock (_lock)
                return [.. _deletions.Values.OrderBy(deletion => deletion.Sequence)];
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _entries.Count == 0 && _deletions.Count == 0;
        }
    }

    public JournalEntry? Find(InodeNumber inode)
    {
        lock (_lock)
            return _entries.GetValueOrDefault(inode);
    }

    public DeletionEntry? FindDeletion(string remoteId)
    {
        lock (_lock)
            return _deletions.GetValueOrDefault(remoteId);
    }

    /// <summary>What was deleted of that name in that directory, newest first, and not yet remotely.</summary>
    public IReadOnlyList<DeletionEntry> DeletedAt(InodeNumber parent, string name)
    {
        lock (_lock)
        {
            return _deletions.Count == 0
                ? []
                : [.. _deletions.Values.Where(deletion => deletion.Parent == parent && deletion.Name == name)
                    .OrderByDescending(deletion => deletion.Sequence)];
        }
    }

    /// <summary>Entries of nodes that the remote side still has in that directory, under whatever name.</summary>
    public IReadOnlyList<JournalEntry> MovedFrom(string remoteParent)
    {
        lock (_lock)
            return _entries.Count == 0 ? [] : [.. _entries.Values.Where(entry => entry.RemoteParent == remoteParent)];
    }

    /// <summary>Entries of nodes whose place differs remotely.</summary>
    public IReadOnlyList<JournalEntry> Moved
    {
        get
        {
            lock (_lock)
                return _entries.Count == 0 ? [] : [.. _entries.Values.Where(entry => entry.RemoteParent is not null)];
        }
    }

    /// <summary>Whether the remote side still has another node there, which is to leave it or to be deleted.</summary>
    /// <param name="inode">Whoever wants the place.</param>
    public bool IsStillTaken(NodePlace place, InodeNumber inode)
    {
        lock (_lock)
        {
            return _deletions.Values.Any(deletion => deletion.RemoteParent == place.Parent && deletion.Name == place.Name)
                || _entries.Values.Any(entry =>
                    entry.RemoteParent == place.Parent && entry.RemoteName == place.Name && entry.Inode != inode);
        }
    }

    /// <summary>The remote node whose content an entry's staged content shows; null when it shows none.</summary>
    public string? BaseNodeOf(JournalEntry entry)
    {
        lock (_lock)
            return entry.Staged is { } number ? _baseNodes.GetValueOrDefault(number) : null;
    }

    /// <summary>Entries whose place differs remotely, and the remote nodes that staged contents show: what others have to wait for.</summary>
    public (IReadOnlyList<JournalEntry> Moved, IReadOnlySet<string> Needed) Ahead()
    {
        lock (_lock)
        {
            return (
                [.. _entries.Values.Where(entry => entry.RemoteParent is not null)],
                _deletions.Count == 0 ? [] : _baseNodes.Values.ToHashSet(StringComparer.Ordinal));
        }
    }

    /// <summary>What calls about a remote thing may have made of it, though no answer came.</summary>
    public IReadOnlyList<UnansweredCall> UnansweredAbout(string remoteId)
    {
        lock (_lock)
            return _unanswered.TryGetValue(remoteId, out var calls) ? [.. calls] : [];
    }

    /// <summary>Places where such calls may have put it.</summary>
    public IReadOnlyList<NodePlace> PlacesTried(string remoteId) =>
        [.. UnansweredAbout(remoteId).Where(call => call.Parent is not null).Select(call => new NodePlace(call.Parent!, call.Name!)).Distinct()];

    /// <summary>Whether a call of ours may put it elsewhere, or may have done so without an answer.</summary>
    public bool MayBeElsewhere(string remoteId) => IsSending(remoteId) || PlacesTried(remoteId).Count > 0;

    /// <summary>Contents that such calls may have given it: their remote ids.</summary>
    public IReadOnlyList<string> ContentsTried(string remoteId) =>
        [.. UnansweredAbout(remoteId).Select(call => call.Content).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the node's content is what was written here, saved or not yet.</summary>
    public bool IsWritten(NodeRow row)
    {
        if (row.IsLocal || row.LocalLength is not null)
            return true;
        lock (_lock)
            return _written.Contains(row.Inode);
    }

    /// <summary>A program has begun to write into the node, or has none open any more.</summary>
    public void SetWritten(InodeNumber inode, bool isWritten)
    {
        lock (_lock)
        {
            if (isWritten)
                _written.Add(inode);
            else
                _written.Remove(inode);
        }
    }

    /// <summary>Whether a call about this remote thing is under way: the next one has to wait for it.</summary>
    public bool IsSending(string remoteId)
    {
        lock (_lock)
            return _sending.ContainsKey(remoteId);
    }

    /// <summary>Whether a call that deletes this remote thing is under way: it cannot be taken back.</summary>
    public bool IsDeleting(string remoteId)
    {
        lock (_lock)
            return _sending.GetValueOrDefault(remoteId);
    }

    public void SetSending(string remoteId, bool isDeletion)
    {
        lock (_lock)
            _sending[remoteId] = isDeletion;
    }

    public void EndSending(string remoteId)
    {
        lock (_lock)
            _sending.Remove(remoteId);
    }

    public long NextSequence() => Interlocked.Increment(ref _lastSequence);

    /// <summary>A fresh entry of now.</summary>
    public JournalEntry NewEntry(InodeNumber inode) =>
        new() { Inode = inode, Sequence = NextSequence(), Since = _parts.Time.GetUtcNow() };

    /// <summary>Carries out one transaction; the inserted rows with their inodes. What it took survives this process.</summary>
    /// <exception cref="FsException">NoSpace, InputOutput: nothing has changed.</exception>
    public IReadOnlyList<NodeRow> Apply(StateChange change)
    {
        IReadOnlyList<NodeRow> inserted;
        lock (_lock)
        {
            Pass(JournalPoint.BeforeAccepted);
            inserted = StoreFailures.Translated(() => _parts.Cache.Journal.Apply(change));
            Pass(JournalPoint.AfterAccepted);
            RememberLocked(change, inserted);
        }

        Changed?.Invoke();
        return inserted;
    }

    /// <summary>What was accepted before survives a power failure.</summary>
    /// <exception cref="FsException">InputOutput.</exception>
    public async ValueTask SyncAsync()
    {
        try
        {
            await _parts.Cache.Journal.SyncAsync();
        }
        catch (StoreException failure)
        {
            throw StoreFailures.Translate(failure);
        }

        Pass(JournalPoint.AfterAcceptedSynced);
    }

    public void Pass(JournalPoint point) => _parts.Options.Passing?.Invoke(point);

    // About things that no longer have anything to be sent: whatever came of them shows in listings.
    private void ForgetAnswers()
    {
        if (_unanswered.Count == 0)
            return;
        var waiting = _entries.Keys.Select(_parts.Cache.Nodes.Get).OfType<NodeRow>().Select(row => row.RemoteId).ToHashSet(StringComparer.Ordinal);
        var rest = _unanswered.Keys.Where(remoteId => !waiting.Contains(remoteId) && !_deletions.ContainsKey(remoteId)).ToList();
        foreach (var remoteId in rest)
            _unanswered.Remove(remoteId);
        if (rest.Count > 0)
            _parts.Cache.Journal.Apply(new StateChange { Answered = rest });
    }

    private void RememberLocked(StateChange change, IReadOnlyList<NodeRow> inserted)
    {
        foreach (var inode in change.Settled)
        {
            if (_entries.Remove(inode, out var settled))
                _order.Remove(settled.Sequence);
        }

        foreach (var entry in change.Entries)
        {
            var inode = entry.Inode == default ? inserted[0].Inode : entry.Inode;
            if (_entries.TryGetValue(inode, out var before))
                _order.Remove(before.Sequence);
            _entries[inode] = entry with { Inode = inode };
            _order[entry.Sequence] = inode;
        }

        foreach (var remoteId in change.Answered)
            _unanswered.Remove(remoteId);
        foreach (var call in change.Unanswered)
        {
            if (!_unanswered.TryGetValue(call.RemoteId, out var calls))
                _unanswered[call.RemoteId] = calls = [];
            if (!calls.Contains(call))
                calls.Add(call);
        }

        foreach (var number in change.Unstaged)
            _baseNodes.Remove(number);
        foreach (var staged in change.Staged)
        {
            if (staged.BaseNode is { } node)
                _baseNodes[staged.Number] = node;
            else
                _baseNodes.Remove(staged.Number);
        }

        foreach (var remoteId in change.Undeleted)
            _deletions.Remove(remoteId);
        foreach (var deletion in change.Deletions)
            _deletions[deletion.RemoteId] = deletion;
    }
}

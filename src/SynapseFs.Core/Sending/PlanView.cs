using System.Collections.Concurrent;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>Gathers what waits from journal, rows and open files.</summary>
internal sealed class PlanView(
    MountParts parts, TreeChanges changes, Journal journal, LocalChanges local, FilesInUse files, WaitingTexts texts, Attempts attempts)
{
    private readonly NodeTable _nodes = parts.Cache.Nodes;
    private readonly NewLinks _links = new(parts.Cache.Nodes);
    private readonly ConcurrentDictionary<InodeNumber, int> _demanded = new();
    private readonly ConcurrentDictionary<InodeNumber, int> _hastened = new();
    private readonly ConcurrentDictionary<object, IReadOnlySet<string>> _first = new();

    /// <summary>The node is to be sent though it is open.</summary>
    public void Demand(InodeNumber inode) => _demanded.AddOrUpdate(inode, 1, (_, times) => times + 1);

    public bool IsDemanded(InodeNumber inode) => _demanded.ContainsKey(inode);

    public void DemandNoMore(InodeNumber inode)
    {
        if (_demanded.AddOrUpdate(inode, 0, (_, times) => times - 1) <= 0)
            _demanded.TryRemove(inode, out _);
    }

    /// <summary>The node's extended attributes, or the text that it is, are to be sent without a rest: a program waits for that.</summary>
    public void Hasten(InodeNumber inode) => _hastened.AddOrUpdate(inode, 1, (_, times) => times + 1);

    public void HastenNoMore(InodeNumber inode)
    {
        if (_hastened.AddOrUpdate(inode, 0, (_, times) => times - 1) <= 0)
            _hastened.TryRemove(inode, out _);
    }

    /// <summary>Changes that go before older ones, as somebody waits for just them, until <see cref="NotFirst"/>.</summary>
    /// <param name="waiter">Whoever waits; what he named before no longer counts.</param>
    /// <param name="keys">Of the drainer's.</param>
    public void First(object waiter, IReadOnlySet<string> keys) => _first[waiter] = keys;

    public void NotFirst(object waiter) => _first.TryRemove(waiter, out _);

    /// <summary>Whether nothing of the node, or of a directory above it, waits to be sent; also when it never will be.</summary>
    public bool IsRemote(InodeNumber inode) =>
        _nodes.Get(inode) is not { IsDetached: false } row || journal.Find(inode) is not { } entry || IsNeverSent(entry, row);

    /// <summary>Never to be sent as it is: without bytes, leading to nothing, or by its name.</summary>
    public bool IsNeverSent(JournalEntry entry, NodeRow row) => IsNeverSent(entry, row, followed: null);

    /// <param name="followed">Links that led here; null: none.</param>
    private bool IsNeverSent(JournalEntry entry, NodeRow row, HashSet<InodeNumber>? followed) =>
        local.IsLocalOnly(row) || changes.ProviderOf(row).Type switch
        {
            NodeType.File => entry.Staged is null && (entry.IsNew || entry.IsDone),
            NodeType.SymbolicLink => entry.IsNew && LeadsNowhere(entry, row, followed ?? []),
            _ => false,
        };

    // Also through other new links, which may lead back here, and to what stays here itself.
    private bool LeadsNowhere(JournalEntry entry, NodeRow link, HashSet<InodeNumber> followed) =>
        !followed.Add(link.Inode) || _links.TargetOf(entry, link) is not { } target
        || (journal.Find(target.Inode) is { IsNew: true } next && IsNeverSent(next, target, followed));

    /// <summary>What can be sent now, in order; looked for only as far as it is asked for.</summary>
    /// <param name="isHurried">Whether nothing rests for the sake of what may still come.</param>
    /// <param name="isHeld">Whether the change of that key is on its way, or rests after a failure.</param>
    /// <param name="isTaken">Whether something of ours is on its way to that place.</param>
    /// <param name="underWay">Places to which something is on its way already.</param>
    /// <param name="settles">Told how long each of those looked at that only rest for a moment will still do so.</param>
    public IEnumerable<PlannedJob> Look(
        bool isHurried, Func<string, bool> isHeld, Func<NodePlace, bool> isTaken, IReadOnlyList<NodePlace> underWay,
        Action<TimeSpan> settles)
    {
        var (moved, needed) = journal.Ahead();
        var first = _first.Values.SelectMany(keys => keys).Concat(_hastened.Keys.Select(Drainer.KeyOf)).ToHashSet();
        var deletions = InOrder(journal.Deletions, Drainer.KeyOf)
            .Select(deletion => new PlannedDeletion(
                deletion,
                IsResting(Drainer.KeyOf(deletion), deletion.Since) || journal.IsSending(deletion.RemoteId)
                    || (deletion.IsGuess && isTaken(new NodePlace(deletion.RemoteParent, deletion.Name))),
                journal.PlacesTried(deletion.RemoteId))
            {
                IsFirst = first.Contains(Drainer.KeyOf(deletion)),
            }).ToList();
        return JournalPlan.Ready(
            InOrder(journal.Entries, entry => Drainer.KeyOf(entry.Inode)).Select(Planned).OfType<PlannedEntry>(), [.. moved.Select(Planned).OfType<PlannedEntry>()], deletions, needed,
            underWay);

        PlannedEntry? Planned(JournalEntry entry)
        {
            if (_nodes.Get(entry.Inode) is not { IsDetached: false } row)
                return null;
            var directory = _nodes.Get(row.Parent);
            var remote = directory is { IsLocal: false } ? directory.RemoteId : null;
            var isHeldNow = IsHeld(entry, row) || (remote is not null && isTaken(new NodePlace(remote, row.Name)));
            return new PlannedEntry(
                entry, row, remote, MustLeave(row), changes.ProviderOf(row).Type == NodeType.Directory, isHeldNow, IsToComplete(entry, row), row.IsLocal ? [] : journal.PlacesTried(row.RemoteId))
            {
                IsFirst = first.Contains(Drainer.KeyOf(entry.Inode)),
            };
        }

        IEnumerable<T> InOrder<T>(IReadOnlyList<T> changes, Func<T, string> keyOf) =>
            first.Count == 0 ? changes : changes.OrderByDescending(change => first.Contains(keyOf(change)));

        bool IsToComplete(JournalEntry entry, NodeRow row) =>
            deletions.Count > 0 && journal.BaseNodeOf(entry) is { } node && journal.FindDeletion(node) is not null
            && (IsNeverSent(entry, row) || IsWaitingForDeletion(row)) && !isHeld(Drainer.KeyOf(row.Inode));

        // That deletion, or one above it, may in turn wait for the bytes.
        bool IsWaitingForDeletion(NodeRow row) => _nodes.Get(row.Parent) is { IsLocal: false } directory
            && deletions.Exists(deletion => deletion.Entry.RemoteParent == directory.RemoteId && deletion.Entry.Name == row.Name);

        bool IsHeld(JournalEntry entry, NodeRow row) =>
            IsResting(Drainer.KeyOf(row.Inode), _hastened.ContainsKey(row.Inode) && (entry.IsXattrsOnly || changes.ProviderOf(row).IsUnderstood) ? default : entry.Since)
            || IsNeverSent(entry, row)
            // What was said of the thing as a text goes first: made from a text that was older, it could no longer be sent afterwards.
            || (entry.IsXattrsOnly && texts.About(row).Any())
            // By the node that had the thing before: each call has to know what the one before it did.
            || (!row.IsLocal && journal.IsSending(row.RemoteId))
            || (files.IsOpenForWriting(row.Inode) && !IsDemanded(row.Inode) && !(entry.IsXattrsOnly && !IsUnsaved(row.Inode)))
            || IsMadeFromUnsent(entry)
            || (entry.IsNew && changes.ProviderOf(row).Type == NodeType.SymbolicLink && _links.TargetOf(entry, row) is { IsLocal: true });

        bool IsResting(string key, DateTimeOffset since)
        {
            if (isHeld(key))
                return true;
            var left = since + parts.Options.SettleTime - parts.Time.GetUtcNow();
            if (isHurried || left <= TimeSpan.Zero)
                return false;
            settles(left);
            return true;
        }
    }

    // Only when it is remote is it known which version it is. Whoever may never come, or waits for this one in turn, is not waited for.
    private bool IsMadeFromUnsent(JournalEntry entry) =>
        local.Notes.Awaits(entry) is { Count: > 0 } sources && sources.Any(source => IsComing(source) && !IsWaitingFor(source, entry.Inode, []));

    private bool IsComing(InodeNumber inode) =>
        journal.Find(inode) is { Staged: not null } entry && _nodes.Get(inode) is { IsDetached: false } row && !IsNeverSent(entry, row)
        && attempts.Of(Drainer.KeyOf(inode)) is not { IsRefused: true } && !files.IsOpenForWriting(inode);

    private bool IsWaitingFor(InodeNumber inode, InodeNumber other, HashSet<InodeNumber> seen) =>
        journal.Find(inode) is { } entry && seen.Add(inode)
        && local.Notes.Awaits(entry).Any(source => source == other || IsWaitingFor(source, other, seen));

    private bool IsUnsaved(InodeNumber inode) => files.Find(inode) is { IsUnsaved: true };

    private List<InodeNumber> MustLeave(NodeRow row)
    {
        if (row.IsLocal || changes.ProviderOf(row).Type != NodeType.Directory)
            return [];
        var moved = new List<InodeNumber>();
        // Upwards as the remote side has it.
        for (var id = _nodes.Get(row.Parent)?.RemoteId; !string.IsNullOrEmpty(id) && id != row.RemoteId;)
        {
            if (journal.FindDeletion(id) is { } deletion)
            {
                id = deletion.RemoteParent;
                continue;
            }

            var at = _nodes.FindRemote(id).FirstOrDefault(found => !found.IsDetached && changes.ProviderOf(found).RemoteIdOf(RowMapping.ToNode(found)) is not null);
            if (at is null || at.Inode == InodeNumber.Root || moved.Contains(at.Inode))
                return [];
            var elsewhere = journal.Find(at.Inode)?.RemoteParent;
            if (elsewhere is not null)
                moved.Add(at.Inode);
            id = elsewhere ?? _nodes.Get(at.Parent)?.RemoteId;
            if (id == row.RemoteId)
                return moved;
        }

        return [];
    }
}

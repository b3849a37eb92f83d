using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>What waits, in words for a person.</summary>
internal sealed class PendingView(
    MountParts parts, TreeChanges changes, Journal journal, LocalChanges local, PlanView view, FilesInUse files, Drainer drainer, Sender sender,
    Attempts attempts, Obstacles obstacles)
{
    private readonly NodeTable _nodes = parts.Cache.Nodes;

    public IReadOnlyList<PendingItem> List(int most) => [.. Keyed().Take(most).Select(pending => pending.Item)];

    public PendingSummary Sum()
    {
        if (journal.IsEmpty)
            return PendingSummary.None;
        // Asked often and of much: no path, no words.
        var (waiting, blocked, localOnly, bytes) = (0, 0, 0, 0L);
        foreach (var entry in journal.Entries)
        {
            if (_nodes.Get(entry.Inode) is { IsDetached: false } row)
                Add(StateOf(entry, row).State, entry.Staged is null ? 0 : (row.LocalLength ?? 0) - (sender.SentBytes(row.Inode) ?? 0));
        }

        foreach (var deletion in journal.Deletions)
            Add(StateOf(deletion).State, 0);
        return new PendingSummary(waiting, blocked, localOnly, bytes);

        void Add(PendingState state, long left)
        {
            waiting += IsWaiting(state) ? 1 : 0;
            blocked += state == PendingState.Blocked ? 1 : 0;
            localOnly += state == PendingState.LocalOnly ? 1 : 0;
            bytes += state == PendingState.LocalOnly ? 0 : left;
        }
    }

    /// <summary>One word, or a few, for the node's own attribute.</summary>
    public string StateOf(NodeRow row)
    {
        if (journal.Find(row.Inode) is not { } entry)
            return files.Find(row.Inode) is { IsUnsaved: true } ? "open" : "synced";
        var item = ItemOf(entry, row);
        return item.State switch
        {
            PendingState.Open => "open",
            PendingState.Sending when item.Bytes > 0 =>
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"uploading {100 * item.SentBytes / item.Bytes}%"),
            PendingState.Sending => "uploading",
            PendingState.Blocked => $"blocked: {item.Reason}",
            PendingState.LocalOnly => $"local: {item.Reason}",
            _ => item.Reason is null ? "queued" : $"queued: {item.Reason}",
        };
    }

    /// <summary>Waits until nothing at or below the path waits to be sent, which goes before all else meanwhile; what is left blocked there.</summary>
    public Task<IReadOnlyList<PendingItem>> WaitAsync(string path, IProgress<PendingSummary>? progress, CancellationToken cancellationToken) =>
        WaitAsync(path is "/" or "" ? null : at => IsAtOrBelow(at, path), progress, cancellationToken);

    /// <param name="isMeant">Which paths; null: all.</param>
    public async Task<IReadOnlyList<PendingItem>> WaitAsync(
        Func<string, bool>? isMeant, IProgress<PendingSummary>? progress, CancellationToken cancellationToken)
    {
        // What was refused before is tried once more by hurrying: its old refusal does not count yet.
        var before = attempts.Failures();
        using var hurry = drainer.Hurry();
        var waiter = new object();
        try
        {
            return await WaitAsync(waiter, isMeant, before, progress, cancellationToken);
        }
        finally
        {
            view.NotFirst(waiter);
        }
    }

    private async Task<IReadOnlyList<PendingItem>> WaitAsync(
        object waiter, Func<string, bool>? isMeant, IReadOnlyDictionary<string, int> before, IProgress<PendingSummary>? progress,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var news = drainer.NextNewsAsync();
            var items = Keyed().Where(pending => isMeant is null || pending.Paths.Any(isMeant)).ToList();
            var waiting = items.Where(pending => IsWaiting(pending.Item.State) || IsRefusedBefore(pending, before)).ToList();
            // A call about what was deleted or taken back since may still leave something behind.
            if (waiting.Count == 0 && !(isMeant is null && drainer.IsBusy))
                return [.. items.Select(pending => pending.Item).Where(item => item.State == PendingState.Blocked)];
            if (isMeant is not null)
                view.First(waiter, WithDirectories(waiting));
            progress?.Report(new PendingSummary(
                waiting.Count, items.Count(pending => pending.Item.State == PendingState.Blocked), 0,
                waiting.Sum(pending => pending.Item.Bytes - pending.Item.SentBytes)));
            drainer.Wake();
            // Where much waits, not every step of it is worth a look at all of it.
            var tick = Task.Delay(TimeSpan.FromMilliseconds(500), parts.Time, cancellationToken);
            for (var steps = waiting.Count / 64; steps >= 0 && !tick.IsCompleted; steps--, news = drainer.NextNewsAsync())
                await Task.WhenAny(news, tick);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // Nothing can be sent into a directory that is itself still to be.
    private HashSet<string> WithDirectories(List<Pending> waiting)
    {
        HashSet<string> keys = [];
        foreach (var pending in waiting)
        {
            keys.Add(pending.Own);
            for (var at = pending.Directory; journal.Find(at) is not null && keys.Add(Drainer.KeyOf(at));)
                at = _nodes.Get(at)?.Parent ?? default;
        }

        return keys;
    }

    private bool IsRefusedBefore(Pending pending, IReadOnlyDictionary<string, int> before) =>
        pending.Item.State == PendingState.Blocked && before.TryGetValue(pending.Key, out var failures)
        && attempts.Of(pending.Key)?.Failures == failures;

    private IEnumerable<Pending> Keyed()
    {
        var entries = journal.Entries.Select(entry => (Row: _nodes.Get(entry.Inode), Entry: entry))
            .Where(waiting => waiting.Row is { IsDetached: false })
            .Select(waiting => new Pending(
                waiting.Entry.Sequence, obstacles.Of(waiting.Entry, waiting.Row!)?.Key ?? Drainer.KeyOf(waiting.Entry.Inode),
                Drainer.KeyOf(waiting.Entry.Inode), waiting.Row!.Parent, PathsOf(waiting.Row), ItemOf(waiting.Entry, waiting.Row)));
        var deletions = journal.Deletions
            .Select(deletion => new Pending(
                deletion.Sequence, Drainer.KeyOf(deletion), Drainer.KeyOf(deletion), deletion.Parent, [PathOf(deletion)], ItemOf(deletion)));
        return entries.Concat(deletions).OrderBy(pending => pending.Sequence);
    }

    private static bool IsWaiting(PendingState state) => state is PendingState.Open or PendingState.Queued or PendingState.Sending;

    private static bool IsAtOrBelow(string path, string top) =>
        path == top || path.StartsWith(top.TrimEnd('/') + "/", StringComparison.Ordinal);

    private (PendingState State, string? Reason) StateOf(JournalEntry entry, NodeRow row)
    {
        var key = Drainer.KeyOf(row.Inode);
        return view.IsNeverSent(entry, row) && !files.IsOpenForWriting(row.Inode)
            ? (PendingState.LocalOnly, WhyLocal(row))
            : drainer.IsRunning(key) ? (PendingState.Sending, null)
            : obstacles.Of(entry, row) is { } obstacle ? (PendingState.Blocked, obstacle.Reason)
            : files.IsOpenForWriting(row.Inode) ? (PendingState.Open, null)
            : (PendingState.Queued, attempts.Of(key)?.Reason);
    }

    private string WhyLocal(NodeRow row) => local.IsLocalOnly(row) ? "by its name"
        : changes.ProviderOf(row).Type == NodeType.SymbolicLink ? "what it leads to stays here, or is not there"
        : "empty, sent with its first byte";

    private (PendingState State, string? Reason) StateOf(DeletionEntry deletion)
    {
        var key = Drainer.KeyOf(deletion);
        var attempt = attempts.Of(key);
        return drainer.IsRunning(key) ? (PendingState.Sending, null)
            : (attempt is { IsRefused: true } ? PendingState.Blocked : PendingState.Queued, attempt?.Reason);
    }

    private PendingItem ItemOf(JournalEntry entry, NodeRow row)
    {
        var (state, reason) = StateOf(entry, row);
        return new PendingItem
        {
            Path = changes.PathOf(row),
            What = WhatOf(entry, row),
            State = state,
            Reason = reason,
            Bytes = entry.Staged is null ? 0 : row.LocalLength ?? 0,
            SentBytes = sender.SentBytes(row.Inode) ?? 0,
            Since = entry.Since,
            Note = entry.Note,
        };
    }

    private PendingItem ItemOf(DeletionEntry deletion)
    {
        var (state, reason) = StateOf(deletion);
        return new PendingItem
        {
            Path = PathOf(deletion),
            What = "delete",
            State = state,
            Reason = reason,
            Since = deletion.Since,
        };
    }

    private string PathOf(DeletionEntry deletion) =>
        _nodes.Get(deletion.Parent) is { } parent ? $"{changes.PathOf(parent).TrimEnd('/')}/{deletion.Name}" : "/" + deletion.Name;

    // What is said of a file as a text elsewhere waits at the file, too.
    private List<string> PathsOf(NodeRow row)
    {
        var paths = new List<string> { changes.PathOf(row) };
        if (!row.IsLocal && changes.ProviderOf(row) is { IsUnderstood: true } provider)
            paths.AddRange(provider.NodesOf(RowMapping.ToNode(row)).SelectMany(_nodes.FindRemote).Where(other => !other.IsDetached).Select(changes.PathOf));
        return paths;
    }

    private string WhatOf(JournalEntry entry, NodeRow row) => changes.ProviderOf(row).Type switch
    {
        _ when entry.IsXattrsOnly => "extended attributes",
        NodeType.Directory => entry.IsNew ? "new folder" : "move",
        NodeType.SymbolicLink => entry.IsNew ? "new link" : "move",
        _ when entry is { IsNew: false, Staged: null, RemoteParent: null } => "emptied file",
        _ => entry.IsNew ? "new file" : entry.Staged is null ? "move" : entry.RemoteParent is null ? "new version" : "new version and move",
    };

    /// <param name="Key">Of what it fails by: its own, or that of something above it.</param>
    private sealed record Pending(long Sequence, string Key, string Own, InodeNumber Directory, IReadOnlyList<string> Paths, PendingItem Item);
}

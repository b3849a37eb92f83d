using System.Collections.Concurrent;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Watching;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// The rows as they are, and the only road by which what was learnt remotely reaches them. A directory's rows change under its
/// gate, together with the question whether the kernel holds them; the kernel is told afterwards.
/// </summary>
internal sealed class TreeChanges(
    MountParts parts, ListingFilter filter, InodeReferences references, KernelNews news, Journal journal)
{
    private readonly ConcurrentDictionary<InodeNumber, DirectoryState> _states = new();
    private readonly NodeTable _nodes = parts.Cache.Nodes;
    private readonly LocalView _local = new(journal, parts.Cache.Nodes);

    /// <summary>Told, under no lock, of nodes that are gone remotely and hold what exists here only.</summary>
    public Action<InodeNumber>? Orphaned { get; set; }

    /// <summary>Told, under no lock, of nodes with a change that waits which have lost their name: to another inode, or for good.</summary>
    public Action<NodeRow>? Replaced { get; set; }

    public IEnumerable<KeyValuePair<InodeNumber, DirectoryState>> States => _states;

    public DirectoryState StateOf(InodeNumber directory) => _states.GetOrAdd(directory, _ => new DirectoryState());

    /// <exception cref="FsException">Stale: the inode is gone.</exception>
    public NodeRow Require(InodeNumber inode) =>
        _nodes.Get(inode) ?? throw new FsException(FsError.Stale, $"Inode {inode} is gone.");

    public NodeProvider ProviderOf(NodeRow row) => parts.Providers[new NodeKind(row.Kind)];

    public NodeRow? Find(InodeNumber directory, string name) => _nodes.Find(directory, name);

    public bool IsUndescribed(NodeRow row) => RowMapping.IsUndescribed(row, ProviderOf(row).Type);

    /// <summary>Whether a contributor keeps this name in the directory for itself.</summary>
    public bool IsContributed(NodeRow directory, string name) => filter.Contributed(directory, name) is not null;

    /// <summary>From the mount's root, beginning with '/'.</summary>
    public string PathOf(NodeRow row)
    {
        var path = string.Empty;
        for (NodeRow? at = row; at is not null && at.Inode != InodeNumber.Root; at = _nodes.Get(at.Parent))
            path = "/" + at.Name + path;
        return path.Length == 0 ? "/" : path;
    }

    /// <summary>The children that a listing shows, by name, a page at a time (<see cref="NodeTable.EnumerateChildren"/>).</summary>
    public IEnumerable<NodeRow> ListedChildren(NodeRow directory)
    {
        var isListed = ListingOf(directory);
        return _nodes.EnumerateChildren(directory.Inode).Where(row => isListed(row.Name, row.Kind));
    }

    /// <summary>Tells of names and kinds of the directory's children whether a listing shows them.</summary>
    public Func<string, string, bool> ListingOf(NodeRow directory)
    {
        if (ProviderOf(directory).ListsEveryChild)
            return filter.Of(directory);
        var listed = StateOf(directory.Inode).ListedNames;
        return (name, _) => listed.Contains(name);
    }

    /// <summary>What the remote side was known to have in the directory, whatever was changed here since.</summary>
    public IReadOnlyList<KnownChild> KnownChildren(NodeRow directory) =>
        [.. ListedChildren(directory).Where(row => !row.IsLocal).Select(row => (Row: row, Entry: journal.Find(row.Inode)))
            .Where(child => child.Entry?.RemoteParent is null || child.Entry.RemoteParent == directory.RemoteId)
            .Select(child => RowMapping.ToKnown(child.Row) with { Name = child.Entry?.RemoteName ?? child.Row.Name })];

    /// <summary>News of the directory that are under way are older than what is known from now on. Called at its gate.</summary>
    /// <param name="left">What is no longer in it; null: that is not known.</param>
    public void OutdateNews(InodeNumber directory, string? left) => StateOf(directory).CountOwnChange(left);

    /// <param name="asOf">The directory's <see cref="DirectoryState.OwnChanges"/> when it was asked.</param>
    /// <param name="isLastTry">Whether an outdated listing is to be taken for what it has beyond what is known.</param>
    /// <returns>False: the listing is outdated, and nothing was done.</returns>
    public bool ApplyListing(NodeRow directory, IReadOnlyList<RemoteChild> listed, int asOf, bool isLastTry)
    {
        var children = filter.Shown(directory, listed);
        var state = StateOf(directory.Inode);
        var after = new Aftermath();
        lock (state.Gate)
        {
            var isOutdated = state.OwnChanges != asOf;
            if (isOutdated && !isLastTry)
                return false;
            var everyChild = ProviderOf(directory).ListsEveryChild;
            var rows = everyChild ? ListedChildren(directory) : _nodes.EnumerateChildren(directory.Inode);
            var seen = _local.Of(directory, rows, children);
            var diff = DirectoryDiff.Between(seen.Rows, seen.Children);
            // What a listing of some does not name is not gone.
            diff = everyChild ? diff : diff.ForListingOfSome(children);
            var kept = diff.Gone.Where(_local.HoldsOurs).ToList();
            diff = isOutdated ? diff with { Gone = [], Changed = [] } : diff with { Gone = [.. diff.Gone.Except(kept)] };
            if (diff.Added.Count > 0)
            {
                var names = diff.NamesAfter(rows);
                diff = diff with { Added = [.. diff.Added.Where(child => !state.HasLeft(child.RemoteId, asOf) && names.Add(child.Name))] };
            }

            if (!isOutdated)
                after.Orphaned.AddRange(kept.Select(row => row.Inode));
            if (!everyChild)
                state.ListedNames = [.. children.Select(child => child.Name)];
            StoreLocked(directory, state, diff, after);
            state.Listing = Lease.For(parts.Options.MetadataTtl, parts.Time);
            state.LastChecked = parts.Time.GetTimestamp();
            (state.Siblings, state.Misses) = (null, 0);
            (state.ContentsAhead, state.LastMissing) = (null, null);
        }

        Tell(directory, after);
        return true;
    }

    /// <summary>A single name was asked for: what stands there now, stored; null when nothing does.</summary>
    /// <param name="asOf">The directory's <see cref="DirectoryState.OwnChanges"/> when it was asked; null: it is not outdated.</param>
    public NodeRow? ApplyFound(NodeRow directory, string name, RemoteChild? child, TimeSpan believed, int? asOf)
    {
        var state = StateOf(directory.Inode);
        var after = new Aftermath();
        NodeRow? result;
        lock (state.Gate)
        {
            if (asOf is { } before && state.OwnChanges != before)
                return _nodes.Find(directory.Inode, name);
            result = FoundLocked(directory, name, child, after);
            state.SetFound(name, Lease.For(believed, parts.Time), parts.Time);
        }

        Tell(directory, after);
        return result;
    }

    /// <summary>Details arrived. The row that the name leads to afterwards: another inode when the content is another.</summary>
    /// <param name="asOf">The directory's <see cref="DirectoryState.OwnChanges"/> when it was asked; null: it is not outdated.</param>
    public NodeRow ApplyDetails(InodeNumber inode, RemoteDetails details, int? asOf)
    {
        var fresh = RowMapping.ToDetails(details, parts.Time.GetUtcNow());
        var after = new Aftermath();
        var directory = Require(Require(inode).Parent);
        NodeRow result;
        bool isPermittedOtherwise;
        lock (StateOf(directory.Inode).Gate)
        {
            var row = Require(inode);
            if (row.IsDetached || row.IsLocal || (asOf is { } before && row.Details is not null && StateOf(directory.Inode).OwnChanges != before))
                return row;
            result = RowMapping.Updated(row, fresh);
            isPermittedOtherwise = !IsUndescribed(row) && row.Details?.Permissions != fresh.Permissions;
            if (!journal.IsWritten(row) && RowMapping.ReplacesContent(row.Details, fresh))
                result = ReplaceLocked(directory, row, result, after);
            else
                _nodes.Update(result);
        }

        Tell(directory, after);
        // A directory was shown before anything was known of it.
        if (isPermittedOtherwise && references.Holds(inode))
            news.AttributesChanged(inode);
        return result;
    }

    /// <summary>Details that came in bulk, by remote id: given to those of the rows that stand at the revision described and are not described.</summary>
    /// <param name="rows">Some of the directory's children, as they were a moment ago.</param>
    /// <returns>Which ones were given some.</returns>
    public IReadOnlyCollection<InodeNumber> ApplyAhead(
        NodeRow directory, IEnumerable<NodeRow> rows, IReadOnlyDictionary<string, NodeDetails> known)
    {
        var given = new Dictionary<InodeNumber, NodeDetails>();
        if (known.Count == 0)
            return given.Keys;
        var now = parts.Time.GetUtcNow();
        var after = new Aftermath();
        lock (StateOf(directory.Inode).Gate)
        {
            foreach (var row in rows.Select(row => _nodes.Get(row.Inode)).OfType<NodeRow>())
            {
                if (row.Parent != directory.Inode || row.IsDetached || row.IsLocal || row.Details?.Revision == row.Revision
                    || !known.TryGetValue(row.RemoteId, out var details) || details.Revision != row.Revision || journal.Find(row.Inode) is not null)
                    continue;
                var fresh = details with { Created = row.Created, DescribedOn = now };
                if (RowMapping.ReplacesContent(row.Details, fresh))
                    ReplaceLocked(directory, row, row with { Details = fresh }, after);
                else
                    given[row.Inode] = fresh;
            }

            _nodes.SetDetails([.. given]);
        }

        Tell(directory, after);
        return given.Keys;
    }

    /// <summary>A length became known by reading to the end; it belongs to this content only.</summary>
    public void SetLength(NodeRow row, ContentKey content, long length)
    {
        lock (StateOf(row.Parent).Gate)
        {
            if (_nodes.Get(row.Inode)?.Details is { } details && details.Content == content && details.Length != length)
                _nodes.SetDetails(row.Inode, details with { Length = length });
        }

        if (references.Holds(row.Inode))
            news.AttributesChanged(row.Inode);
    }

    /// <summary>The remote thing was changed through one node: what is known of others that show it is outdated.</summary>
    public void OutdateOthers(NodeRow changed)
    {
        var others = ProviderOf(changed).NodesOf(RowMapping.ToNode(changed)).SelectMany(_nodes.FindRemote);
        foreach (var row in others.Where(row => !row.IsDetached && row.Inode != changed.Inode))
        {
            EndLeases(row.Parent);
            if (ProviderOf(row).Type == NodeType.Directory)
                EndLeases(row.Inode);
            else
                news.EntryChanged(row.Parent, row.Name);
            if (!IsUndescribed(row))
                news.AttributesChanged(row.Inode);
        }
    }

    private void EndLeases(InodeNumber directory)
    {
        var state = StateOf(directory);
        lock (state.Gate)
        {
            state.CountOwnChange(left: null);
            state.EndLeases();
        }
    }

    /// <summary>Counts one reference for the kernel, unless the row lost its name in the meantime: then look again.</summary>
    public bool TryReference(NodeRow row)
    {
        lock (StateOf(row.Parent).Gate)
        {
            if (_nodes.Get(row.Inode) is not { IsDetached: false } now || now.Parent != row.Parent || now.Name != row.Name)
                return false;
            references.Add(row.Inode);
            return true;
        }
    }

    /// <summary>As the other, for a row that was read when <see cref="NodeTable.Version"/> was this.</summary>
    public bool TryReference(NodeRow row, long version)
    {
        // Rows of a directory change under its gate.
        lock (StateOf(row.Parent).Gate)
        {
            if (_nodes.Version != version)
                return false;
            references.Add(row.Inode);
            return true;
        }
    }

    public void Forget(InodeNumber inode, ulong lookups)
    {
        if (references.Forget(inode, lookups))
            _nodes.Delete(inode);
    }

    private void StoreLocked(NodeRow directory, DirectoryState state, DirectoryDiff diff, Aftermath after)
    {
        var now = parts.Time.GetUtcNow();
        var replaced = diff.Changed.Where(change => !journal.IsWritten(change.Row) && RowMapping.ReplacesContent(
            change.Row.Details, change.Child.Details is null ? null : RowMapping.ToDetails(change.Child.Details, now))).ToList();
        var gone = diff.Gone.Concat(replaced.Select(change => change.Row)).ToList();
        var added = diff.Added.Concat(replaced.Select(change => change.Child)).ToList();
        var changed = diff.Changed.Except(replaced).ToList();
        var detached = gone.Where(row => KeepsChange(row, after) | references.TryDetach(row.Inode)).ToList();
        _nodes.ApplyListing(
            directory.Inode,
            [.. added.Select(child => RowMapping.ToRow(directory.Inode, child, now))],
            [.. changed.Select(change => RowMapping.Updated(change.Row, change.Child, now))],
            [.. gone.Except(detached).Select(row => row.Inode)],
            [.. detached.Select(row => row.Inode)],
            now);

        foreach (var row in detached)
            after.Told.Add(() => news.Deleted(directory.Inode, row.Inode, row.Name));
        foreach (var child in added.Where(child => directory.ListedOn is not null || state.WasLookedUp(child.Name)))
            after.Told.Add(() => news.EntryAppeared(directory.Inode, child.Name, () => IsHeld(directory.Inode, child.Name)));
        foreach (var change in changed)
            TellChanged(directory, change, after);
    }

    private void TellChanged(NodeRow directory, ChangedChild change, Aftermath after)
    {
        if (change.Row.Name != change.Child.Name)
            after.Told.Add(() => news.EntryChanged(directory.Inode, change.Child.Name));
        if (!references.Holds(change.Row.Inode))
            return;
        // A directory stays what its name leads to; a program that works in one would lose its place (getcwd).
        if (ProviderOf(change.Row).Type != NodeType.Directory || change.Row.Name != change.Child.Name)
            after.Told.Add(() => news.EntryChanged(directory.Inode, change.Row.Name));
        if (!IsUndescribed(change.Row))
            after.Told.Add(() => news.AttributesChanged(change.Row.Inode));
    }

    private bool IsHeld(InodeNumber directory, string name) => _nodes.Find(directory, name) is { } row && references.Holds(row.Inode);

    private NodeRow? FoundLocked(
        NodeRow directory, string name, RemoteChild? child, Aftermath after)
    {
        var now = parts.Time.GetUtcNow();
        var there = _nodes.Find(directory.Inode, name);
        child = _local.Seen(directory, name, child);
        if (there is not null && _local.StandsByUs(there))
            return there;
        if (there is not null && there.RemoteId != child?.RemoteId && _local.HoldsOurs(there))
        {
            after.Orphaned.Add(there.Inode);
            return there;
        }

        if (there is not null && (child is null || there.Kind != child.Kind.Name || there.RemoteId != child.RemoteId))
        {
            RemoveLocked(directory, there, after);
            there = null;
        }

        if (child is null)
            return null;
        there ??= FindRenamedLocked(directory, child);
        if (there is null)
            return _nodes.Insert(RowMapping.ToRow(directory.Inode, child with { Name = name }, now));
        var updated = RowMapping.Updated(there, child with { Name = name }, now);
        if (!journal.IsWritten(there) && RowMapping.ReplacesContent(there.Details, updated.Details))
            return ReplaceLocked(directory, there, updated, after);
        if (there.Name != name && references.Holds(there.Inode))
            after.Told.Add(() => news.EntryChanged(directory.Inode, there.Name));
        _nodes.Update(updated);
        return updated;
    }

    // The same thing under the name that it had before. Only a directory of all ids may show one thing under two names.
    private NodeRow? FindRenamedLocked(NodeRow directory, RemoteChild child) =>
        ProviderOf(directory).ListsEveryChild
            ? _nodes.FindRemote(child.Kind.Name, child.RemoteId).FirstOrDefault(row => row.Parent == directory.Inode && !row.IsDetached)
            : null;

    private void RemoveLocked(NodeRow directory, NodeRow row, Aftermath after)
    {
        if (!(KeepsChange(row, after) | references.TryDetach(row.Inode)))
        {
            _nodes.Delete(row.Inode);
            return;
        }

        _nodes.Detach(row.Inode);
        after.Told.Add(() => news.Deleted(directory.Inode, row.Inode, row.Name));
    }

    private NodeRow ReplaceLocked(NodeRow directory, NodeRow old, NodeRow fresh, Aftermath after)
    {
        fresh = fresh with { LocalLength = null, LocalModified = null };
        var held = KeepsChange(old, after) | references.TryDetach(old.Inode);
        if (held)
            after.Told.Add(() => news.EntryChanged(directory.Inode, old.Name));
        if (directory.ListedOn is { } listedOn)
            return _nodes.ApplyListing(directory.Inode, [fresh], [], held ? [] : [old.Inode], held ? [old.Inode] : [], listedOn)[0];
        if (held)
            _nodes.Detach(old.Inode);
        else
            _nodes.Delete(old.Inode);
        return _nodes.Insert(fresh);
    }

    // Its change is for whatever the name leads to now; until that has it, the row must not go.
    private bool KeepsChange(NodeRow row, Aftermath after)
    {
        if (journal.Find(row.Inode) is null)
            return false;
        after.Left.Add(row);
        return true;
    }

    private void Tell(NodeRow directory, Aftermath after)
    {
        foreach (var inode in after.Orphaned)
            Orphaned?.Invoke(inode);
        foreach (var row in after.Left)
            Replaced?.Invoke(row);
        if (!references.Holds(directory.Inode))
            return;
        foreach (var tell in after.Told)
            tell();
    }
}

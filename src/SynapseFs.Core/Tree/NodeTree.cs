using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// Names to nodes: answered from the rows while a lease lasts, otherwise by asking the provider once for all who wait. What is
/// known is served when the service is out of reach.
/// </summary>
internal sealed class NodeTree(
    MountParts parts, TreeChanges changes, ListingFilter filter, RemoteCalls calls, BulkDetails bulk, CancellationToken ended)
{
    // After a failed attempt what is known is believed this long before the next one, so that an unplugged machine stays quick; where no
    // attempt is ever made, as long as anything.
    private readonly TimeSpan _grace = parts.Options.Offline ? parts.Options.MetadataTtl : TimeSpan.FromSeconds(2);

    private const int MostListings = 3;

    // A program that waits never joins a call that has the patience of one for which nobody does.
    private readonly SharedCalls<(InodeNumber Directory, bool IsAwaited), NodeRow> _refreshes = new(ended);
    private readonly SharedCalls<(InodeNumber Directory, string Name), NodeRow?> _finds = new(ended);

    /// <summary>The row of that name, as fresh as a lease asks, or null.</summary>
    public ValueTask<NodeRow?> FindAsync(NodeRow directory, string name, CancellationToken cancellationToken)
    {
        var state = changes.StateOf(directory.Inode);
        state.LastUsed = parts.Time.GetTimestamp();
        if (filter.Contributed(directory, name) is { } hidden)
            return new ValueTask<NodeRow?>(FindHidden(directory, hidden));
        return IsBelieved(directory, state, name)
            ? new ValueTask<NodeRow?>(changes.Find(directory.Inode, name))
            : new ValueTask<NodeRow?>(AskAsync(directory, state, name, cancellationToken));
    }

    /// <summary>All listed children, by name.</summary>
    public async ValueTask<IReadOnlyList<NodeRow>> ListAsync(NodeRow directory, CancellationToken cancellationToken) =>
        [.. changes.ListedChildren(await ListedAsync(directory, cancellationToken))];

    /// <summary>The directory, its listing as fresh as a lease asks.</summary>
    public ValueTask<NodeRow> ListedAsync(NodeRow directory, CancellationToken cancellationToken)
    {
        var state = changes.StateOf(directory.Inode);
        state.LastUsed = parts.Time.GetTimestamp();
        return !directory.IsLocal && (directory.ListedOn is null || IsOver(state))
            ? new ValueTask<NodeRow>(RefreshAsync(directory, Urgency.Waiting, cancellationToken))
            : new ValueTask<NodeRow>(directory);
    }

    /// <summary>The row of an inode as fresh as a lease asks; it may have lost its name meanwhile. Stale when it is gone.</summary>
    public async ValueTask<NodeRow> RenewAsync(NodeRow row, CancellationToken cancellationToken)
    {
        await FindAsync(changes.Require(row.Parent), row.Name, cancellationToken);
        return changes.Require(row.Inode);
    }

    /// <summary>Whether the row may be used without asking.</summary>
    public bool IsFresh(NodeRow row)
    {
        if (row.Inode == InodeNumber.Root || row.IsDetached)
            return true;
        return parts.Cache.Nodes.Get(row.Parent) is { } directory
            && (filter.Contributed(directory, row.Name) is not null || IsBelieved(directory, changes.StateOf(directory.Inode), row.Name));
    }

    /// <summary>How long the kernel may believe this row. What stands in no listing is asked for again after one lease.</summary>
    public TimeSpan RestOf(NodeRow row)
    {
        if (row.Inode == InodeNumber.Root || row.IsDetached || row.IsLocal)
            return parts.Options.MetadataTtl;
        var state = changes.StateOf(row.Parent);
        TimeSpan rest;
        lock (state.Gate)
            rest = Lease.Longer(state.Listing, state.FoundLease(row.Name)).Rest(parts.Time);
        if (row.Details?.BelievedUntil is not { } until)
            return rest;
        var believed = until - parts.Time.GetUtcNow();
        return believed >= rest ? rest : believed > TimeSpan.Zero ? believed : TimeSpan.Zero;
    }

    /// <summary>Something in the directory turned out to be gone: the next look asks.</summary>
    public void EndLeases(InodeNumber directory)
    {
        var state = changes.StateOf(directory);
        lock (state.Gate)
            state.EndLeases();
    }

    /// <summary>
    /// Brings a directory's rows up to date: one probe if it was listed before, else the list. The directory's row afterwards.
    /// </summary>
    public Task<NodeRow> RefreshAsync(NodeRow directory, Urgency urgency, CancellationToken cancellationToken) =>
        _refreshes.JoinAsync((directory.Inode, urgency == Urgency.Waiting), call => RefreshOnceAsync(directory.Inode, urgency, call), cancellationToken);

    /// <summary>Waits for the calls that still run; for the end of the mount.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_refreshes.WhenIdleAsync(), _finds.WhenIdleAsync());

    private bool IsOver(DirectoryState state)
    {
        lock (state.Gate)
            return state.Listing.IsOver(parts.Time);
    }

    private bool IsBelieved(NodeRow directory, DirectoryState state, string name)
    {
        // Nobody else knows of what exists here only.
        if (directory.IsLocal)
            return true;
        lock (state.Gate)
        {
            if (!state.FoundLease(name).IsOver(parts.Time))
                return true;
            return directory.ListedOn is not null && !state.Listing.IsOver(parts.Time)
                && (changes.ProviderOf(directory).ListsEveryChild || state.ListedNames.Contains(name));
        }
    }

    private NodeRow? FindHidden(NodeRow directory, RemoteChild hidden) =>
        changes.Find(directory.Inode, hidden.Name) is { } row && row.Kind == hidden.Kind.Name && row.RemoteId == hidden.RemoteId
        && IsFresh(row) && !IsFoundOver(row)
            ? row
            : changes.ApplyFound(directory, hidden.Name, hidden, parts.Options.MetadataTtl, null);

    private bool IsFoundOver(NodeRow row)
    {
        var state = changes.StateOf(row.Parent);
        lock (state.Gate)
            return state.FoundLease(row.Name).IsOver(parts.Time);
    }

    private async Task<NodeRow?> AskAsync(
        NodeRow directory, DirectoryState state, string name, CancellationToken cancellationToken)
    {
        try
        {
            if (changes.ProviderOf(directory).ListsEveryChild && (directory.ListedOn is not null || IsWorthListing(state, name)))
            {
                await RefreshAsync(directory, Urgency.Waiting, cancellationToken);
                return changes.Find(directory.Inode, name);
            }

            return await _finds.JoinAsync(
                (directory.Inode, name), call => FindOnceAsync(directory.Inode, name, call), cancellationToken);
        }
        catch (FsException failure) when (failure.Error == FsError.Offline && changes.Find(directory.Inode, name) is { })
        {
            lock (state.Gate)
                state.SetFound(name, Lease.For(_grace, parts.Time), parts.Time);
            return changes.Find(directory.Inode, name);
        }
    }

    private bool IsWorthListing(DirectoryState state, string name)
    {
        lock (state.Gate)
            return state.CountLookup(name, parts.Options.LookupsBeforeListing) > parts.Options.LookupsBeforeListing;
    }

    private async Task<NodeRow?> FindOnceAsync(InodeNumber inode, string name, CancellationToken cancellationToken)
    {
        var directory = changes.Require(inode);
        var provider = changes.ProviderOf(directory);
        try
        {
            if (await TryListAtOnceAsync(directory, provider, cancellationToken))
                return changes.Find(inode, name);
            var asOf = changes.StateOf(inode).OwnChanges;
            var child = await calls.AskAsync(
                provider, call => provider.FindAsync(RowMapping.ToNode(directory), name, Urgency.Waiting, call), cancellationToken);
            var believed = child is null && !provider.RemembersMissing ? TimeSpan.Zero : parts.Options.MetadataTtl;
            return changes.ApplyFound(directory, name, child, believed, asOf);
        }
        catch (FsException failure) when (failure.Error == FsError.NotFound)
        {
            throw Gone(directory, failure);
        }
    }

    private async Task<bool> TryListAtOnceAsync(NodeRow directory, NodeProvider provider, CancellationToken cancellationToken)
    {
        var state = changes.StateOf(directory.Inode);
        lock (state.Gate)
        {
            if (state.WasTriedAtOnce || directory.ListedOn is not null || !provider.ListsEveryChild)
                return false;
            state.WasTriedAtOnce = true;
        }

        var asOf = state.OwnChanges;
        var listed = await calls.AskAsync(
            provider, call => provider.TryListAtOnceAsync(RowMapping.ToNode(directory), Urgency.Waiting, call), cancellationToken);
        return listed is not null && changes.ApplyListing(directory, bulk.Complete(listed), asOf, isLastTry: false);
    }

    private async Task<NodeRow> RefreshOnceAsync(InodeNumber inode, Urgency urgency, CancellationToken cancellationToken)
    {
        var directory = changes.Require(inode);
        var state = changes.StateOf(inode);
        if (directory.IsLocal || (directory.ListedOn is not null && !IsOver(state)))
            return directory;
        state.LastChecked = parts.Time.GetTimestamp();
        try
        {
            if (directory.ListedOn is null || !await IsUnchangedAsync(directory, urgency, cancellationToken))
                return await ListAsync(directory, urgency, cancellationToken);

            Believe(state, parts.Options.MetadataTtl);
        }
        catch (FsException failure) when (failure.Error == FsError.Offline && directory.ListedOn is not null)
        {
            Believe(state, _grace);
        }
        catch (FsException failure) when (failure.Error == FsError.NotFound)
        {
            throw Gone(directory, failure);
        }

        return directory;
    }

    // Changes of ours that are confirmed while it is asked make a listing outdated: then it is asked again, a few times.
    private async Task<NodeRow> ListAsync(NodeRow directory, Urgency urgency, CancellationToken cancellationToken)
    {
        var state = changes.StateOf(directory.Inode);
        var provider = changes.ProviderOf(directory);
        for (var attempt = 1; ; attempt++)
        {
            var asOf = state.OwnChanges;
            var listed = await calls.AskAsync(
                provider, call => provider.ListAsync(RowMapping.ToNode(directory), ListingHint.NamesOnly, urgency, call), cancellationToken);
            if (!changes.ApplyListing(directory, bulk.Complete(listed), asOf, isLastTry: attempt == MostListings))
                continue;
            bulk.CompleteLong(directory, listed.Count);
            return changes.Require(directory.Inode);
        }
    }

    private Task<bool> IsUnchangedAsync(NodeRow directory, Urgency urgency, CancellationToken cancellationToken)
    {
        var provider = changes.ProviderOf(directory);
        var known = changes.KnownChildren(directory);
        return calls.AskAsync(
            provider, call => provider.IsUnchangedAsync(RowMapping.ToNode(directory), known, urgency, call), cancellationToken);
    }

    private void Believe(DirectoryState state, TimeSpan length)
    {
        lock (state.Gate)
            state.Listing = Lease.For(length, parts.Time);
    }

    // The directory itself is gone: whoever led here has to look again in the one above.
    private FsException Gone(NodeRow directory, FsException failure)
    {
        if (directory.Inode != InodeNumber.Root)
            EndLeases(directory.Parent);
        return new FsException(FsError.Stale, failure.Message, failure);
    }
}

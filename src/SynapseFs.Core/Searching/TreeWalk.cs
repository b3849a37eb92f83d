using System.Runtime.CompilerServices;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Searching;

/// <summary>
/// Goes through the tree at and below one node and tells all whose attributes are known, from the rows. What is not known is asked for
/// if wanted; out of reach, or where it is refused, it is counted instead. Names that no listing shows are not entered.
/// </summary>
public sealed class TreeWalk
{
    // One of the calls that an account may have under way is left to programs, and by their urgency a part of its rate.
    private const int AtOnce = 2;

    // What was found is told after at most so many calls.
    private const int Batch = 64;

    private readonly TreeChanges _changes;
    private readonly NodeTree _tree;
    private readonly Describer _describer;
    private readonly Journal _journal;
    private readonly WalkReach _reach;
    private readonly Func<CancellationToken, ValueTask<NodeRow>> _findTop;
    private readonly Lock _lock = new();
    private WalkStanding _standing = WalkStanding.Beginning;
    private bool _isOffline;

    internal TreeWalk(
        TreeChanges changes, NodeTree tree, Describer describer, Journal journal, WalkReach reach,
        Func<CancellationToken, ValueTask<NodeRow>> findTop)
    {
        (_changes, _tree, _describer, _journal, _reach, _findTop) = (changes, tree, describer, journal, reach, findTop);
    }

    /// <summary>How far it is; may be asked while it runs.</summary>
    public WalkStanding Standing
    {
        get
        {
            lock (_lock)
                return _standing;
        }
    }

    /// <summary>The top first, then each directory's children by name before those of the next.</summary>
    /// <exception cref="FsException">The top itself is not there, or not known out of reach.</exception>
    public async IAsyncEnumerable<KnownNode> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is known is read without waiting, and whoever asked has a thread to give back.
        await Task.Yield();
        var top = await _findTop(cancellationToken);
        var open = new Stack<(NodeRow Row, string Path)>();
        var path = _changes.PathOf(top);
        await foreach (var row in DescribeAsync([top], cancellationToken))
        {
            if (NodeOf(row, path) is { } node)
                yield return node;
            if (IsDirectory(row))
                open.Push((row, path));
        }

        while (open.TryPop(out var directory))
        {
            var below = new List<(NodeRow Row, string Path)>();
            await foreach (var row in DescribeAsync(await ChildrenAsync(directory.Row, cancellationToken), cancellationToken))
            {
                var place = directory.Path == "/" ? "/" + row.Name : $"{directory.Path}/{row.Name}";
                if (NodeOf(row, place) is { } node)
                    yield return node;
                if (IsDirectory(row))
                    below.Add((row, place));
            }

            foreach (var next in Enumerable.Reverse(below))
                open.Push(next);
        }
    }

    private bool IsDirectory(NodeRow row) => _changes.ProviderOf(row).Type == NodeType.Directory;

    private KnownNode? NodeOf(NodeRow row, string path)
    {
        var wanted = _journal.Find(row.Inode)?.Xattrs ?? XattrChanges.None;
        if (!IsKnown(row))
        {
            Count(undescribed: 1);
            return null;
        }

        Count(seen: 1);
        var xattrs = wanted.IsEmpty && row.Details is { } details ? details.Xattrs : OwnXattrs.Shown(row.Details, wanted);
        return new KnownNode(path, _changes.ProviderOf(row).Type, row.RemoteId, xattrs);
    }

    // The attributes belong to the revision, however long other details are believed. The root stands in no listing.
    private static bool IsKnown(NodeRow row) => row.IsLocal
        || (row.Details is { Depth: not DetailsDepth.Outline } details && (row.Inode == InodeNumber.Root || details.Revision == row.Revision));

    private async ValueTask<IReadOnlyList<NodeRow>> ChildrenAsync(NodeRow directory, CancellationToken cancellationToken)
    {
        var isUnlisted = directory.ListedOn is null && !directory.IsLocal;
        if (MayAsk && (isUnlisted || _reach == WalkReach.Fresh))
        {
            Count(asked: isUnlisted ? 1 : 0);
            try
            {
                if (await AskAsync(() => _tree.ListAsync(directory, cancellationToken).AsTask()) is { } children)
                    return children;
                isUnlisted = true;
            }
            catch (FsException failure) when (failure.Error == FsError.Stale)
            {
                return [];
            }
        }

        if (isUnlisted)
            Count(unlisted: 1);
        return [.. _changes.ListedChildren(directory)];
    }

    private async IAsyncEnumerable<NodeRow> DescribeAsync(
        IReadOnlyList<NodeRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in rows.Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            NodeRow?[] described = [.. batch];
            if (MayAsk && batch.Any(row => !IsKnown(row)))
            {
                var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
                await Parallel.ForAsync(0, batch.Length, options, async (index, token) =>
                {
                    if (!IsKnown(batch[index]) && MayAsk)
                        described[index] = await DescribeAsync(batch[index], token);
                });
            }

            foreach (var row in described.OfType<NodeRow>())
                yield return row;
        }
    }

    /// <summary>The row as it is then; null when the node has gone.</summary>
    private async Task<NodeRow?> DescribeAsync(NodeRow row, CancellationToken cancellationToken)
    {
        Count(asked: 1);
        try
        {
            return await AskAsync(() => _describer.AskAsync(row.Inode, Urgency.Ahead, cancellationToken)) ?? row;
        }
        catch (FsException failure) when (failure.Error == FsError.Stale)
        {
            return null;
        }
    }

    private bool MayAsk => _reach != WalkReach.Known && !Volatile.Read(ref _isOffline);

    private async Task<T?> AskAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (FsException failure) when (failure.Error != FsError.Stale)
        {
            // One that cannot be reached is not asked for each of a hundred thousand names.
            if (failure.Error == FsError.Offline)
                Volatile.Write(ref _isOffline, true);
            lock (_lock)
                _standing = _standing with { Problem = failure.Message };
            return null;
        }
    }

    private void Count(int seen = 0, int asked = 0, int unlisted = 0, int undescribed = 0)
    {
        lock (_lock)
            _standing = _standing with
            {
                Seen = _standing.Seen + seen,
                Asked = _standing.Asked + asked,
                Unlisted = _standing.Unlisted + unlisted,
                Undescribed = _standing.Undescribed + undescribed,
            };
    }
}

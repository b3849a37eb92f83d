using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// Details of nodes: from the row while they describe its revision, otherwise one call for all who wait. Programs that go through a
/// directory find the next siblings already described.
/// </summary>
internal sealed class Describer(
    MountParts parts, TreeChanges changes, NodeTree tree, RemoteCalls calls, BulkDetails bulk, CancellationToken ended)
{
    // A refusal can end without anything changing in the thing itself: somebody was given access.
    private static readonly TimeSpan RefusalBelieved = TimeSpan.FromMinutes(1);

    private readonly SharedCalls<InodeNumber, NodeRow> _describes = new(ended);
    private readonly SiblingsAhead _ahead = new(parts, changes, ended);

    /// <summary>Whether the row's details may be used without asking.</summary>
    public bool IsDescribed(NodeRow row)
    {
        // What was written here is shown by what is known here.
        if (row.IsLocal || row is { LocalLength: not null, Details: null })
            return true;
        if (row.Details is not { } details)
            return false;
        if (row.IsDetached)
            return true;
        var now = parts.Time.GetUtcNow();
        if (row.Inode == InodeNumber.Root)
            return details.DescribedOn + parts.Options.MetadataTtl > now;
        return details.Revision == row.Revision && !(details.BelievedUntil <= now)
            && (details.Denied is null || details.DescribedOn + RefusalBelieved > now);
    }

    /// <summary>
    /// The row with its details. Another inode than asked for when the content turned out to be another: the old row has lost its
    /// name then and keeps what it had.
    /// </summary>
    public ValueTask<NodeRow> DescribeAsync(NodeRow row, CancellationToken cancellationToken)
    {
        if (!IsDescribed(row))
            return new ValueTask<NodeRow>(DescribeSlowAsync(row, cancellationToken));
        _ahead.Asked(row, wasMissing: false, this);
        return new ValueTask<NodeRow>(row);
    }

    /// <summary>As <see cref="DescribeAsync"/>, with all that the thing itself tells: what came in bulk says less.</summary>
    public ValueTask<NodeRow> DescribeFullyAsync(NodeRow row, CancellationToken cancellationToken) =>
        IsDescribed(row) && row.Details is not { Depth: DetailsDepth.Outline }
            ? DescribeAsync(row, cancellationToken)
            : new ValueTask<NodeRow>(AskAsync(row.Inode, Urgency.Waiting, cancellationToken));

    /// <summary>A program was answered from details at hand: what was described ahead of it is being used.</summary>
    public void Noticed(NodeRow row) => _ahead.Asked(row, wasMissing: false, this);

    public Task<NodeRow> AskAsync(InodeNumber inode, Urgency urgency, CancellationToken cancellationToken) =>
        _describes.JoinAsync(inode, call => DescribeOnceAsync(inode, urgency, call), cancellationToken);

    public Task WhenIdleAsync() => Task.WhenAll(_ahead.WhenIdleAsync(), _describes.WhenIdleAsync(), bulk.WhenIdleAsync());

    private async Task<NodeRow> DescribeSlowAsync(NodeRow row, CancellationToken cancellationToken)
    {
        // One file looked at is no pattern, two are.
        var isPattern = changes.StateOf(row.Parent).Misses > 0;
        if (await bulk.TryAsync(row, isPattern, cancellationToken) && changes.Require(row.Inode) is { } known && IsDescribed(known))
        {
            _ahead.Asked(known, wasMissing: false, this);
            return known;
        }

        _ahead.Asked(row, wasMissing: true, this);
        return await AskAsync(row.Inode, Urgency.Waiting, cancellationToken);
    }

    private async Task<NodeRow> DescribeOnceAsync(InodeNumber inode, Urgency urgency, CancellationToken cancellationToken)
    {
        var row = changes.Require(inode);
        if (IsDescribed(row) && row.Details is not { Depth: DetailsDepth.Outline })
            return row;
        if (row.IsDetached)
            throw new FsException(FsError.Stale, $"'{row.Name}' has gone.");
        var provider = changes.ProviderOf(row);
        var asOf = changes.StateOf(row.Parent).OwnChanges;
        try
        {
            var details = await calls.AskAsync(
                provider, call => provider.DescribeAsync(RowMapping.ToNode(row), urgency, call), cancellationToken);
            return changes.ApplyDetails(inode, details, asOf);
        }
        catch (FsException failure) when (failure.Error == FsError.Offline && row.Details is not null)
        {
            return row;
        }
        catch (FsException failure) when (failure.Error == FsError.NotFound && inode != InodeNumber.Root)
        {
            tree.EndLeases(row.Parent);
            throw new FsException(FsError.Stale, failure.Message, failure);
        }
    }
}

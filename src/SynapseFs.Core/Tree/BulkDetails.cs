using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// Details that come in bulk: what a source told is kept by remote id and given to rows when their revision is the one described. The
/// source is read when a program goes through a directory whose details are not known, one reading at a time, and seldom again where
/// that did not help.
/// </summary>
internal sealed class BulkDetails(MountParts parts, TreeChanges changes, RemoteCalls calls, CancellationToken ended)
{
    // A program waits so long for a reading; it then asks for itself, while the reading goes on.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(15);

    // Details are some 3 KiB each, and all of a listing's would be held at once.
    private const int MostCompleted = 8 * NodeTable.ChildrenPage;

    private readonly Lock _lock = new();
    private readonly DetailsSource? _source = parts.Providers.Details;

    // Guarded by _lock.
    private readonly Dictionary<string, Reading> _readings = [];
    private Task _running = Task.CompletedTask;

    // How many readings there have been; what an earlier process read is the first.
    private int _round = 1;

    /// <summary>A listing with what is known of its children; a long one as it is, for <see cref="CompleteLong"/>.</summary>
    public IReadOnlyList<RemoteChild> Complete(IReadOnlyList<RemoteChild> listed)
    {
        if (_source is null || listed.Count is 0 or > MostCompleted)
            return listed;
        var known = parts.Cache.Ahead.Find(listed.Where(child => child.Kind == _source.Kind && child.Details is null).Select(child => child.RemoteId));
        return known.Count == 0 ? listed : [.. listed.Select(child =>
            child.Details is null && child.Kind == _source.Kind && known.GetValueOrDefault(child.RemoteId) is { } details
            && details.Revision == child.Revision
                ? child with { Details = RowMapping.ToRemote(details with { Created = child.Created }) }
                : child)];
    }

    /// <summary>Gives the rows of a long listing what is known of them, a page at a time.</summary>
    public void CompleteLong(NodeRow directory, int listed)
    {
        if (_source is not null && listed > MostCompleted)
            Give(directory, wanted: null);
    }

    /// <summary>Details of a row for which a program waits, if they can be had with those of many.</summary>
    /// <param name="isPattern">Whether the program goes through the directory, so that its other children are wanted, too.</param>
    /// <returns>Whether the row was given details.</returns>
    public async Task<bool> TryAsync(NodeRow row, bool isPattern, CancellationToken cancellationToken)
    {
        if (_source is null || row.Kind != _source.Kind.Name)
            return false;
        try
        {
            if (Apply(row))
                return true;
            if (parts.Options.Offline || await FindAsync(row, isPattern, cancellationToken) is not { } index)
                return false;
            await WaitForReadingAsync(index, cancellationToken);
            return Apply(row);
        }
        catch (Exception failure) when (failure is FsException or StoreException)
        {
            // The row is asked for by itself, and whoever waits hears what comes of that.
            Log.BulkFailed(parts.Log, failure.Message);
            return false;
        }
    }

    public async Task WhenIdleAsync()
    {
        Task running;
        lock (_lock)
            running = _running;
        await running;
    }

    /// <summary>Gives all rows beside this one what is known of them, once after each reading.</summary>
    private bool Apply(NodeRow row)
    {
        var directory = changes.Require(row.Parent);
        var state = changes.StateOf(directory.Inode);
        var round = Volatile.Read(ref _round);
        lock (state.Gate)
        {
            if (state.BulkRound == round)
                return false;
            state.BulkRound = round;
        }

        return Give(directory, row.Inode);
    }

    private bool Give(NodeRow directory, InodeNumber? wanted)
    {
        var isGiven = false;
        var lacking = changes.ListedChildren(directory).Where(child => child.Kind == _source!.Kind.Name && child.Details?.Revision != child.Revision);
        foreach (var page in lacking.Chunk(NodeTable.ChildrenPage))
        {
            var given = changes.ApplyAhead(directory, page, parts.Cache.Ahead.Find(page.Select(child => child.RemoteId)));
            isGiven |= wanted is { } inode && given.Contains(inode);
        }

        return isGiven;
    }

    private async Task<DetailsIndex?> FindAsync(NodeRow row, bool isPattern, CancellationToken cancellationToken)
    {
        var above = new List<RemoteNode>();
        for (var at = changes.Require(row.Parent); ; at = changes.Require(at.Parent))
        {
            above.Add(RowMapping.ToNode(at));
            if (at.Inode == InodeNumber.Root)
                break;
        }

        if (_source!.FindWished(above) is { } wished)
            return wished;
        return isPattern ? await calls.AskAsync(call => _source.FindAsync(above, Urgency.Waiting, call), cancellationToken) : null;
    }

    private async Task WaitForReadingAsync(DetailsIndex index, CancellationToken cancellationToken)
    {
        Reading reading;
        lock (_lock)
        {
            if (!_readings.TryGetValue(index.Name, out reading!))
                _readings[index.Name] = reading = new Reading();
            if (reading.Task.IsCompleted && parts.Time.GetTimestamp() >= reading.NotBefore)
            {
                reading.Begun = parts.Time.GetTimestamp();
                reading.Task = ReadAsync(index, reading, _running);
                _running = reading.Task;
            }
        }

        var rest = Patience - parts.Time.GetElapsedTime(reading.Begun);
        if (reading.Task.IsCompleted || rest <= TimeSpan.Zero)
            return;
        await Task.WhenAny(reading.Task, Task.Delay(rest, parts.Time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    // Never fails.
    private async Task ReadAsync(DetailsIndex index, Reading reading, Task before)
    {
        await Task.Yield();
        await before;
        var found = 0;
        try
        {
            found = await ReadOnceAsync(index);
            Interlocked.Increment(ref _round);
        }
        catch (FsException failure) when (failure.Error == FsError.NotFound)
        {
            parts.Cache.Ahead.Forget(index.Name);
            Log.BulkFailed(parts.Log, failure.Message);
        }
        catch (Exception failure) when (failure is FsException or StoreException)
        {
            Log.BulkFailed(parts.Log, failure.Message);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The mount ends.
        }

        lock (_lock)
        {
            reading.Rest = found > 0 ? ShortestRest : reading.Rest * 2 < LongestRest ? reading.Rest * 2 : LongestRest;
            reading.NotBefore = Lease.For(reading.Rest, parts.Time).EndsAt;
        }
    }

    private async Task<int> ReadOnceAsync(DetailsIndex index)
    {
        var ahead = parts.Cache.Ahead;
        var (round, found) = (ahead.Begin(index.Name), 0);
        var mark = await calls.AskAsync(
            call => _source!.ReadAsync(index, ahead.MarkOf(index.Name), Keep, Urgency.Waiting, call), ended);
        ahead.End(index.Name, round, mark.Text, mark.IsWhole);
        Log.BulkRead(parts.Log, found, index.Name);
        return found;

        void Keep(IReadOnlyList<DescribedNode> batch)
        {
            var now = parts.Time.GetUtcNow();
            ahead.Put(index.Name, round, [.. batch.Select(one => new AheadDetails(one.RemoteId, RowMapping.ToDetails(one.Details, now)))]);
            found += batch.Count;
        }
    }

    /// <summary>Readings of one index.</summary>
    private sealed class Reading
    {
        public Task Task { get; set; } = Task.CompletedTask;

        /// <summary>Monotonic.</summary>
        public long Begun { get; set; }

        /// <summary>Monotonic; the next one begins no earlier.</summary>
        public long NotBefore { get; set; }

        public TimeSpan Rest { get; set; } = ShortestRest;
    }
}

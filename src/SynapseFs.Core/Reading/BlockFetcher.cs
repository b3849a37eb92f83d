using System.Buffers;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Fetches runs of blocks of one content, each block at most once at a time. A reader waits only for its own blocks and is woken as
/// each lands. A run that nobody waits for any more because its readers were interrupted stops; one that runs ahead of a reader goes
/// on to its (bounded) end.
/// </summary>
internal sealed class BlockFetcher(StoredContent stored, FetchDoor door, CancellationToken closed)
{
    // A long gap is fetched as several runs side by side; at most so many are started at once.
    private const int MostRunsAtOnce = 16;

    private readonly long _longestRun = Math.Max(1, ReadAhead.Step / stored.BlockSize);

    private readonly Lock _lock = new();
    private readonly List<FetchRun> _runs = [];
    private readonly Dictionary<long, BlockWait> _waits = [];
    private readonly RunningTasks _tasks = new();

    /// <summary>Where the bytes come from; the latest opener's association is the one in force.</summary>
    public RemoteContent? Source { get; set; }

    /// <summary>Called after each block that was cached.</summary>
    public Action? Landed { get; set; }

    /// <summary>Whether a download that nobody waits for may begin.</summary>
    public bool HasRoom => door.HasRoom;

    /// <summary>
    /// Waits until the block is cached and answers null, or its bytes when they could not be kept. What is missing of
    /// <paramref name="wanted"/> is fetched along with it.
    /// </summary>
    public async ValueTask<byte[]?> GetAsync(long block, BlockRange wanted, CancellationToken cancellationToken)
    {
        BlockWait? wait;
        List<FetchRun> started;
        lock (_lock)
        {
            if (stored.IsPresent(block))
                return null;
            closed.ThrowIfCancellationRequested();
            started = AddRunsLocked(wanted.Contains(block) ? wanted with { First = block } : new BlockRange(block, block + 1));
            // Just adopted from what was written here: no download brings it, and nobody would be woken.
            var isComing = _runs.Exists(run => run.WillBring(block));
            wait = isComing ? _waits.GetValueOrDefault(block) ?? (_waits[block] = new BlockWait()) : null;
            if (wait is not null)
                wait.Readers++;
        }

        foreach (var run in started)
            Start(run, Urgency.Waiting);
        if (wait is null)
            return null;
        try
        {
            return await wait.Landed.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(block, wait);
        }
    }

    /// <summary>Fetches what is missing of these blocks though nobody waits for it, if there is room for one more download.</summary>
    public void Prefetch(BlockRange blocks)
    {
        List<FetchRun> started;
        lock (_lock)
        {
            if (closed.IsCancellationRequested || !door.HasRoom)
                return;
            started = AddRunsLocked(blocks);
        }

        foreach (var run in started)
            Start(run, Urgency.Ahead);
    }

    /// <summary>Waits until every run has ended; after <c>closed</c> was cancelled that is soon.</summary>
    public Task WhenIdleAsync() => _tasks.WhenIdleAsync();

    private List<FetchRun> AddRunsLocked(BlockRange wanted)
    {
        var started = new List<FetchRun>();
        var block = wanted.First;
        while (block < wanted.End && started.Count < MostRunsAtOnce)
        {
            if (!IsMissingLocked(block))
            {
                block++;
                continue;
            }

            var first = block;
            while (block < wanted.End && block - first < _longestRun && IsMissingLocked(block))
                block++;
            var run = new FetchRun(new BlockRange(first, block), CancellationTokenSource.CreateLinkedTokenSource(closed));
            _runs.Add(run);
            started.Add(run);
        }

        return started;
    }

    private bool IsMissingLocked(long block) => !stored.IsPresent(block) && !_runs.Exists(run => run.WillBring(block));

    private void Start(FetchRun run, Urgency urgency) =>
        _tasks.Add(Task.Run(() => RunAsync(run, urgency), CancellationToken.None));

    // Never fails: failures go to those who wait for its blocks.
    private async Task RunAsync(FetchRun run, Urgency urgency)
    {
        try
        {
            await door.PassAsync(slot => BringAsync(run, urgency, slot), run.Token);
            End(run, null);
        }
#pragma warning disable CA1031 // whatever it is, it is handed to those who wait
        catch (Exception failure)
#pragma warning restore CA1031
        {
            End(run, failure is OperationCanceledException ? failure : door.Translate(failure, stored.Key));
        }
    }

    private async Task BringAsync(FetchRun run, Urgency urgency, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(stored.BlockSize);
        try
        {
            var second = false;
            while (run.Next < run.End)
            {
                await using var stream = await OpenAsync(run, urgency, cancellationToken);
                if (await LandAllAsync(run, stream, buffer, cancellationToken))
                    return;
                // Bytes other than those once verified: the fetch was bad, not the cache. Once more, then give up.
                Log.BlockMismatch(door.Logger, stored.Key.Id, run.Next);
                if (second)
                    throw new FsException(FsError.InputOutput, $"Content {stored.Key.Id} comes with other bytes than before.");
                second = true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Task<Stream> OpenAsync(FetchRun run, Urgency urgency, CancellationToken cancellationToken)
    {
        var rest = new BlockRange(run.Next, run.End);
        var source = Source ?? throw new FsException(FsError.InputOutput, $"Content {stored.Key.Id} has no source.");
        return door.OpenAsync(
            source, rest.Offset(stored.BlockSize), rest.Length(stored.BlockSize, stored.Length), urgency, cancellationToken);
    }

    private async Task<bool> LandAllAsync(FetchRun run, Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        while (run.Next < run.End)
        {
            var block = buffer.AsMemory(0, stored.BlockLength(run.Next));
            if (await stream.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken) < block.Length)
                throw new FsException(FsError.InputOutput, $"Content {stored.Key.Id} ended early, in block {run.Next}.");
            cancellationToken.ThrowIfCancellationRequested();
            var result = stored.Write(run.Next, block.Span);
            if (result == BlockWriteResult.Mismatch)
                return false;
            Land(run, result == BlockWriteResult.NoSpace ? block : default);
            if (result == BlockWriteResult.Stored)
                Landed?.Invoke();
        }

        return true;
    }

    private void Land(FetchRun run, ReadOnlyMemory<byte> unkept)
    {
        lock (_lock)
        {
            if (_waits.Remove(run.Next, out var wait))
                wait.Landed.TrySetResult(unkept.IsEmpty ? null : unkept.ToArray());
            run.Next++;
        }
    }

    private void End(FetchRun run, Exception? failure)
    {
        lock (_lock)
        {
            // An abandoned run was taken out before; waiters that came since belong to another.
            if (!_runs.Remove(run))
                return;
            for (var block = run.Next; failure is not null && block < run.End; block++)
            {
                if (_waits.Remove(block, out var wait))
                    Fail(wait, failure);
            }
        }

        run.Cancellation.Dispose();
    }

    private static void Fail(BlockWait wait, Exception failure)
    {
        if (failure is OperationCanceledException)
            wait.Landed.TrySetCanceled();
        else if (wait.Landed.TrySetException(failure))
            _ = wait.Landed.Task.Exception; // seen, even if its last reader has just left
    }

    private void Leave(long block, BlockWait wait)
    {
        FetchRun? abandoned;
        lock (_lock)
        {
            if (--wait.Readers > 0 || !_waits.TryGetValue(block, out var current) || current != wait)
                return;
            _waits.Remove(block);
            abandoned = _runs.Find(run => run.WillBring(block));
            if (abandoned is null || IsAwaitedLocked(abandoned))
                return;
            _runs.Remove(abandoned);
        }

        abandoned.Cancellation.Cancel();
        abandoned.Cancellation.Dispose();
    }

    private bool IsAwaitedLocked(FetchRun run) => _waits.Keys.Any(run.WillBring);
}

namespace SynapseFs.Store.Contents;

/// <summary>
/// Collects news for the index until there is a batch of it or half a second has passed. What a crash takes away is only knowledge of
/// blocks, which are then fetched again.
/// </summary>
internal sealed class IndexQueue : IDisposable
{
    public const int BatchSize = 256;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    private readonly Lock _flushing = new();
    private readonly Lock _lock = new();
    private readonly Action<IndexBatch> _save;
    private readonly ITimer _timer;
    private IndexBatch _batch = new();
    private long _unsavedBytes;

    /// <param name="time">Drives the delay.</param>
    /// <param name="save">Saves one batch; must not throw.</param>
    public IndexQueue(TimeProvider time, Action<IndexBatch> save)
    {
        _save = save;
        _timer = time.CreateTimer(static queue => ((IndexQueue)queue!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the news not yet saved will change the total by.</summary>
    public long UnsavedBytes => Interlocked.Read(ref _unsavedBytes);

    public void Add(BlockChange change)
    {
        bool isFull;
        lock (_lock)
        {
            StartTimerLocked();
            _batch.Blocks.Add(change);
            isFull = _batch.Blocks.Count >= BatchSize;
        }
        Interlocked.Add(ref _unsavedBytes, change.ByteChange);
        if (isFull)
            Flush();
    }

    public void Touch(long content, long unixSeconds)
    {
        lock (_lock)
        {
            StartTimerLocked();
            _batch.Used[content] = unixSeconds;
        }
    }

    /// <summary>Saves all that was added before the call.</summary>
    public void Flush()
    {
        // One batch at a time, so that later news of a block never comes before earlier.
        lock (_flushing)
        {
            IndexBatch batch;
            lock (_lock)
            {
                if (_batch.IsEmpty)
                    return;
                (batch, _batch) = (_batch, new IndexBatch());
            }
            _save(batch);
            foreach (var change in batch.Blocks)
                Interlocked.Add(ref _unsavedBytes, -change.ByteChange);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Flush();
    }

    private void StartTimerLocked()
    {
        if (_batch.IsEmpty)
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
    }
}

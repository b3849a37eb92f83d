namespace SynapseFs.Fuse.Session;

/// <summary>
/// The requests that are being worked on, each with the means to cancel it. An interrupt may come before its request, when
/// another reader took that one, or after its answer; both are remembered for a while and otherwise harmless, because the
/// kernel never uses a request's number twice.
/// </summary>
internal sealed class RequestsInFlight : IDisposable
{
    /// <summary>Interrupts without a request that are remembered. Each reader can be behind by one; the rest came too late.</summary>
    private const int RememberedInterrupts = 256;

    private const int PooledSources = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, CancellationTokenSource> _sources = [];
    private readonly Stack<CancellationTokenSource> _pool = new();
    private readonly Queue<ulong> _earlyOrder = new();
    private readonly HashSet<ulong> _early = [];
    private TaskCompletionSource? _drained;

    public int Count
    {
        get
        {
            lock (_lock)
                return _sources.Count;
        }
    }

    /// <summary>Registers a request; its token is cancelled by an interrupt, also by one that was here first.</summary>
    public CancellationToken Begin(ulong unique)
    {
        lock (_lock)
        {
            if (!_pool.TryPop(out var source))
                source = new CancellationTokenSource();
            _sources[unique] = source;
            if (_early.Remove(unique) || _drained is not null)
                _ = source.CancelAsync();
            return source.Token;
        }
    }

    /// <summary>The request is answered, or about to be.</summary>
    public void End(ulong unique)
    {
        lock (_lock)
        {
            if (!_sources.Remove(unique, out var source))
                return;
            if (_pool.Count < PooledSources && source.TryReset())
                _pool.Push(source);
            else
                source.Dispose();
            if (_sources.Count == 0)
                _drained?.TrySetResult();
        }
    }

    /// <summary>The kernel gave up waiting for a request.</summary>
    public void Interrupt(ulong unique)
    {
        lock (_lock)
        {
            // Under the lock, so that the source cannot change hands in between; the callbacks run on the pool.
            if (_sources.TryGetValue(unique, out var source))
                _ = source.CancelAsync();
            else if (_early.Add(unique))
                RememberLocked(unique);
        }
    }

    /// <summary>Nobody waits for any answer any more: cancels everything and completes when the last request has ended.</summary>
    public Task CancelAllAsync()
    {
        lock (_lock)
        {
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            foreach (var source in _sources.Values)
                _ = source.CancelAsync();
            if (_sources.Count == 0)
                _drained.TrySetResult();
            return _drained.Task;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            while (_pool.TryPop(out var source))
                source.Dispose();
        }
    }

    private void RememberLocked(ulong unique)
    {
        _earlyOrder.Enqueue(unique);
        if (_earlyOrder.Count > RememberedInterrupts)
            _early.Remove(_earlyOrder.Dequeue());
    }
}

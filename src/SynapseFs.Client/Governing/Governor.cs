namespace SynapseFs.Client.Governing;

/// <summary>
/// Lets work start in the order and the number that its limits allow, whoever asks. The service counts calls for each account, so one
/// governor stands before all of them. A waiter that is cancelled leaves the queue at once; a slot is held only while work is under
/// way, never between two tries.
/// </summary>
internal sealed class Governor : IDisposable
{
    private readonly Lock _lock = new();
    private readonly AdmissionQueue<Waiter> _queue;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly long _origin;
    private bool _disposed;

    public Governor(AdmissionLimits limits, TimeProvider time)
    {
        _queue = new AdmissionQueue<Waiter>(limits);
        _time = time;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Admit(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int InFlight
    {
        get { lock (_lock) return _queue.InFlight; }
    }

    public int Waiting
    {
        get { lock (_lock) return _queue.Waiting; }
    }

    /// <summary>Waits for a slot; give it back by disposing it.</summary>
    public async Task<GovernorSlot> EnterAsync(RequestPriority priority, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(priority);
        LinkedListNode<Waiter> place;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            place = _queue.Enqueue(waiter, priority);
        }
        Admit();
        await using var registration = cancellationToken.Register(() => Withdraw(place, cancellationToken));
        return await waiter.Admitted.Task;
    }

    internal void Leave(RequestPriority priority)
    {
        lock (_lock)
            _queue.Finish(NowLocked(), priority);
        Admit();
    }

    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        _timer.Dispose();
    }

    private void Withdraw(LinkedListNode<Waiter> place, CancellationToken cancellationToken)
    {
        bool waited;
        lock (_lock)
        {
            waited = place.List is not null;
            AdmissionQueue<Waiter>.Withdraw(place);
        }
        if (waited)
        {
            place.Value.Admitted.TrySetCanceled(cancellationToken);
            // The one behind may be bound by other limits.
            Admit();
        }
    }

    private void Admit()
    {
        lock (_lock)
        {
            TimeSpan? retryAt;
            while (_queue.TryAdmit(NowLocked(), out var waiter, out retryAt))
                waiter.Admitted.SetResult(new GovernorSlot(this, waiter.Priority));
            // A millisecond more: timers may fire early by less than that.
            if (retryAt is { } moment && !_disposed)
                _timer.Change(moment - NowLocked() + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    // Not the wall clock: setting it back must not stop the world.
    private TimeSpan NowLocked() => _time.GetElapsedTime(_origin);

    private sealed class Waiter(RequestPriority priority)
    {
        public RequestPriority Priority => priority;

        // Asynchronous continuations: the result is set under the lock.
        public TaskCompletionSource<GovernorSlot> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

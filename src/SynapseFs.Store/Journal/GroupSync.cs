using System.Diagnostics.CodeAnalysis;

namespace SynapseFs.Store.Journal;

/// <summary>
/// One write to the disk for all who wait for one: a flush covers every change noted before it began, and whoever comes while it runs
/// waits for the next. Once it failed it fails for ever: the system forgets what it could not write, so asking again proves nothing.
/// </summary>
internal sealed class GroupSync(Action flush) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(long Noted, Action Action)> _then = [];
    private long _noted;
    private long _synced;
    private long _covered;
    private TaskCompletionSource? _running;
    private TaskCompletionSource? _next;
    private Task _loop = Task.CompletedTask;
    private StoreException? _failure;

    /// <summary>Something is to be made durable.</summary>
    public void Note()
    {
        lock (_lock)
            _noted++;
    }

    /// <summary>Completes when all that was noted before is on the disk.</summary>
    /// <exception cref="StoreException">This flush failed, or an earlier one.</exception>
    public ValueTask SyncAsync()
    {
        lock (_lock)
        {
            if (_failure is not null)
                return ValueTask.FromException(new StoreException(_failure.Failure, _failure.Message, _failure));
            return _synced == _noted ? ValueTask.CompletedTask : new ValueTask(JoinLocked());
        }
    }

    /// <summary>
    /// Runs an action as soon as all that was noted before is on the disk, and sees to it that this is soon: here, or on the thread that
    /// flushes, before those who wait for it go on. Never, when the disk fails. It must not throw.
    /// </summary>
    public void Then(Action action)
    {
        lock (_lock)
        {
            if (_failure is not null)
                return;
            if (_synced != _noted)
            {
                _then.Add((_noted, action));
                JoinLocked();
                return;
            }
        }
        action();
    }

    /// <summary>What is noted and not yet on the disk will never get there.</summary>
    public void Lose(StoreException reason)
    {
        lock (_lock)
        {
            if (_noted > _synced)
                FailLocked(reason);
        }
    }

    /// <summary>Waits for a flush that runs.</summary>
    public void Dispose()
    {
        Task loop;
        lock (_lock)
            loop = _loop;
        loop.GetAwaiter().GetResult();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, those who wait must hear of it.")]
    private void Run(TaskCompletionSource? current)
    {
        while (current is not null)
        {
            try
            {
                flush();
            }
            catch (Exception exception)
            {
                lock (_lock)
                    FailLocked(exception as StoreException ?? new StoreException(StoreFailure.InputOutput, exception.Message, exception));
                return;
            }
            var done = current;
            while (TakeReady() is { Count: > 0 } ready)
                ready.ForEach(waiting => waiting.Action());
            lock (_lock)
            {
                if (_failure is not null)
                    return;
                _synced = _covered;
                current = StartNextLocked();
            }
            done.SetResult();
        }
    }

    private List<(long Noted, Action Action)> TakeReady()
    {
        lock (_lock)
        {
            var ready = _then.FindAll(waiting => waiting.Noted <= _covered);
            _then.RemoveAll(waiting => waiting.Noted <= _covered);
            return ready;
        }
    }

    /// <summary>The flush that covers all that is noted.</summary>
    private Task JoinLocked()
    {
        if (_running is not null && _covered == _noted)
            return _running.Task;
        // Continuations elsewhere: the next flush must not wait for what this one's callers do then.
        var mine = _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_running is null)
        {
            StartNextLocked();
            _loop = Task.Run(() => Run(mine));
        }
        return mine.Task;
    }

    private TaskCompletionSource? StartNextLocked()
    {
        (_running, _next) = (_next, null);
        _covered = _noted;
        return _running;
    }

    private void FailLocked(StoreException reason)
    {
        _failure ??= reason;
        _running?.TrySetException(_failure);
        _next?.TrySetException(_failure);
        _running = _next = null;
        _then.Clear();
    }
}

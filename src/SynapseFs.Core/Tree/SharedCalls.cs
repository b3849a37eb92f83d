namespace SynapseFs.Core.Tree;

/// <summary>
/// Joins all who ask the same at the same time into one call. One asker's cancellation ends only his own waiting; the call itself
/// is cancelled when nobody waits any more, or at the end of the mount.
/// </summary>
internal sealed class SharedCalls<TKey, TResult>(CancellationToken ended)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Call> _running = [];
    private readonly RunningTasks _tasks = new();

    public async Task<TResult> JoinAsync(
        TKey key, Func<CancellationToken, Task<TResult>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Call? call;
        bool isNew;
        lock (_lock)
        {
            isNew = !_running.TryGetValue(key, out call);
            if (isNew)
                _running[key] = call = new Call(CancellationTokenSource.CreateLinkedTokenSource(ended));
            call!.Waiters++;
        }

        if (isNew)
            _tasks.Add(RunAsync(key, call, ask));
        try
        {
            return await call.Result.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, call);
        }
    }

    /// <summary>Waits until every call has ended, however it ends.</summary>
    public Task WhenIdleAsync() => _tasks.WhenIdleAsync();

    // Never fails: the outcome goes to the waiters.
    private async Task RunAsync(TKey key, Call call, Func<CancellationToken, Task<TResult>> ask)
    {
        try
        {
            var result = await ask(call.Abandoned.Token);
            Remove(key, call);
            call.Result.SetResult(result);
        }
        catch (OperationCanceledException canceled)
        {
            Remove(key, call);
            call.Result.SetCanceled(canceled.CancellationToken);
        }
#pragma warning disable CA1031 // whatever it is, it is handed to those who asked
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Remove(key, call);
            call.Result.SetException(failure);
            _ = call.Result.Task.Exception; // seen, even if nobody waits any more
        }
    }

    private void Leave(TKey key, Call call)
    {
        lock (_lock)
        {
            if (--call.Waiters > 0)
                return;
            RemoveLocked(key, call);
        }

        call.Abandoned.Cancel();
    }

    private void Remove(TKey key, Call call)
    {
        lock (_lock)
            RemoveLocked(key, call);
    }

    private void RemoveLocked(TKey key, Call call)
    {
        if (_running.TryGetValue(key, out var running) && running == call)
            _running.Remove(key);
    }

    private sealed class Call(CancellationTokenSource abandoned)
    {
        public CancellationTokenSource Abandoned { get; } = abandoned;

        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }
}

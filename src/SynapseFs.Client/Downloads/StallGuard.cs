namespace SynapseFs.Client.Downloads;

/// <summary>Ends waiting for bytes when none came for too long, or when the caller gives up. One for each connection.</summary>
internal sealed class StallGuard(TimeSpan limit, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);

    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public async ValueTask<T> WatchAsync<T>(Func<CancellationToken, ValueTask<T>> wait, CancellationToken cancellationToken)
    {
        var pending = wait(_source.Token);
        // Bytes that are here already need no timer.
        if (pending.IsCompletedSuccessfully)
            return pending.Result;
        _source.CancelAfter(limit);
        await using var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(),
            _source);
        try
        {
            return await pending;
        }
        catch (OperationCanceledException e) when (_source.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException("nothing came for too long", e);
        }
        finally
        {
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _source.Dispose();
}

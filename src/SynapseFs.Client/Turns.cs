namespace SynapseFs.Client;

/// <summary>Work about the same thing one after the other, about different things side by side. Thread-safe.</summary>
public sealed class Turns<TKey>
    where TKey : notnull
{
    private readonly Lock _lock = new();

    // Guarded by _lock; gone with the last who wants it.
    private readonly Dictionary<TKey, Turn> _turns = [];

    /// <summary>Does the work when nobody else is at work about the same.</summary>
    public async Task<T> TakeAsync<T>(TKey key, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var turn = Enter(key);
        try
        {
            await turn.Free.WaitAsync(cancellationToken);
            try
            {
                return await work();
            }
            finally
            {
                turn.Free.Release();
            }
        }
        finally
        {
            Leave(key, turn);
        }
    }

    private Turn Enter(TKey key)
    {
        lock (_lock)
        {
            if (!_turns.TryGetValue(key, out var turn))
                _turns.Add(key, turn = new Turn());
            turn.Users++;
            return turn;
        }
    }

    private void Leave(TKey key, Turn turn)
    {
        lock (_lock)
        {
            if (--turn.Users > 0)
                return;
            _turns.Remove(key);
        }

        turn.Free.Dispose();
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        public int Users { get; set; }
    }
}

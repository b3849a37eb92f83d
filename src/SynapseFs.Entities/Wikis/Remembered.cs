namespace SynapseFs.Entities.Wikis;

/// <summary>Answers that are asked for once and shared for a while by all who ask. Thread-safe.</summary>
internal sealed class Remembered<T>(TimeProvider time, TimeSpan belief)
{
    private const int MostRemembered = 1_000;

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    /// <param name="ask">Not ended by one asker's patience: others may have joined.</param>
    public async Task<T> GetAsync(string key, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var asked = Ask(key, ask);
        try
        {
            return await asked.Answer.WaitAsync(cancellationToken);
        }
        catch when (asked.Answer.IsFaulted)
        {
            Forget(key, asked);
            throw;
        }
    }

    /// <summary>What was answered is not so any more.</summary>
    public void Forget(string key)
    {
        lock (_lock)
            _asked.Remove(key);
    }

    private Asked Ask(string key, Func<Task<T>> ask)
    {
        lock (_lock)
        {
            if (_asked.TryGetValue(key, out var known) && time.GetElapsedTime(known.At) <= belief)
                return known;
            if (_asked.Count >= MostRemembered)
                _asked.Clear();
            return _asked[key] = new Asked(Task.Run(ask), time.GetTimestamp());
        }
    }

    private void Forget(string key, Asked asked)
    {
        lock (_lock)
        {
            if (_asked.TryGetValue(key, out var known) && ReferenceEquals(known, asked))
                _asked.Remove(key);
        }
    }

    private sealed record Asked(Task<T> Answer, long At);
}

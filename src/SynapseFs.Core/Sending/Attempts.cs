using System.Collections.Concurrent;

namespace SynapseFs.Core.Sending;

/// <summary>How sending each change went so far, in this process. A new process tries everything at once.</summary>
internal sealed class Attempts(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Attempt> _failed = new();

    /// <summary>Whether nothing has failed.</summary>
    public bool IsEmpty => _failed.IsEmpty;

    public Attempt? Of(string key) => _failed.GetValueOrDefault(key);

    /// <summary>How often each has failed so far.</summary>
    public IReadOnlyDictionary<string, int> Failures() => _failed.ToDictionary(failed => failed.Key, failed => failed.Value.Failures);

    /// <summary>Whether it failed lately and rests.</summary>
    public bool IsResting(string key) => _failed.TryGetValue(key, out var attempt) && attempt.NotBefore > time.GetTimestamp();

    /// <summary>When the first resting one may be tried again; null when none rests.</summary>
    public TimeSpan? UntilNext()
    {
        var now = time.GetTimestamp();
        var waiting = _failed.Values.Where(attempt => attempt.NotBefore > now).Select(attempt => attempt.NotBefore).ToList();
        return waiting.Count == 0 ? null : time.GetElapsedTime(now, waiting.Min());
    }

    /// <summary>How long it is to rest now.</summary>
    public TimeSpan Failed(string key, string reason, bool isRefused)
    {
        var failures = Of(key) is { } before && before.IsRefused == isRefused ? before.Failures + 1 : 1;
        var rest = Backoff.After(failures, isRefused, Random.Shared.NextDouble());
        var now = time.GetTimestamp();
        _failed[key] = new Attempt(failures, reason, isRefused, now + (long)(rest.TotalSeconds * time.TimestampFrequency));
        return rest;
    }

    public void Succeeded(string key) => _failed.TryRemove(key, out _);

    /// <summary>It may be tried at once.</summary>
    public void EndRest(string key)
    {
        if (Of(key) is { } attempt)
            _failed.TryUpdate(key, attempt with { NotBefore = 0 }, attempt);
    }

    /// <summary>Nothing rests any more: somebody waits, or the way is clear again.</summary>
    public void EndRests()
    {
        foreach (var (key, attempt) in _failed)
            _failed[key] = attempt with { NotBefore = 0 };
    }
}

/// <summary>How the last tries of one change ended.</summary>
internal sealed record Attempt(int Failures, string Reason, bool IsRefused, long NotBefore);

using System.Globalization;

namespace SynapseFs.Crash.Tests.Working;

/// <summary>The last calls of a worker, for whoever has to find out what went wrong. Thread-safe.</summary>
internal sealed class CallTrace(string name, TimeProvider time)
{
    private const int Most = 80;

    private readonly Lock _lock = new();
    private readonly Queue<string> _calls = new();

    /// <summary>A call that has just ended.</summary>
    public void Add(string call)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss.fff} {name} {call}");
        lock (_lock)
        {
            _calls.Enqueue(line);
            if (_calls.Count > Most)
                _calls.Dequeue();
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }
}

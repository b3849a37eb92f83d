using SynapseFs.Crash.Tests.Ledgers;
using SynapseFs.Crash.Tests.Working;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>Several workers at once, each in a directory and with a ledger of its own, through all lives of a mount.</summary>
internal sealed class Workload : IDisposable
{
    // What the kernel tells whoever waited for a program that was killed; the first when it was killed within an answer.
    private const int InputOutput = 5;
    private const int ConnectionAborted = 103;
    private const int NotConnected = 107;

    private readonly ManualResetEventSlim _stop = new();
    private readonly List<Thread> _threads = [];
    private readonly List<Exception> _failures = [];
    private readonly IReadOnlyList<CallTrace> _traces;
    private readonly Lock _lock = new();

    public Workload(int workers)
    {
        Ledgers = [.. Enumerable.Range(0, workers).Select(_ => new Ledger(Contents))];
        _traces = [.. Folders.Select(folder => new CallTrace(folder, TimeProvider.System))];
    }

    public WholeContents Contents { get; } = new();

    /// <summary>In the order of <see cref="Folders"/>.</summary>
    public IReadOnlyList<Ledger> Ledgers { get; }

    public IReadOnlyList<string> Folders => [.. Ledgers.Select((_, at) => $"w{at}")];

    public long Acknowledged => Ledgers.Sum(ledger => ledger.Acknowledged);

    public bool HasFailed
    {
        get
        {
            lock (_lock)
                return _failures.Count > 0;
        }
    }

    /// <summary>The last calls of all workers.</summary>
    public IEnumerable<string> Trace => _traces.SelectMany(trace => trace.Lines);

    public bool HasEnded => _threads.TrueForAll(thread => !thread.IsAlive);

    /// <summary>Each does so many acts, with pauses of up to so many milliseconds between them, until one fails.</summary>
    public void Start(string root, int seed, int acts, int longestPause)
    {
        _stop.Reset();
        for (var at = 0; at < Ledgers.Count; at++)
        {
            var (ledger, trace, folder, own) = (Ledgers[at], _traces[at], Path.Combine(root, Folders[at]), (seed * 31) + at);
            var thread = new Thread(() => Run(folder, ledger, trace, own, acts, longestPause)) { IsBackground = true, Name = Folders[at] };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Lets everybody finish the act at hand; what failed in a way that a killed mount does not explain.</summary>
    public IReadOnlyList<string> Join(bool wasKilled)
    {
        _stop.Set();
        foreach (var thread in _threads)
            thread.Join();
        _threads.Clear();
        lock (_lock)
        {
            var strange = _failures.Where(failure => !(wasKilled && failure is CallFailedException { Errno: InputOutput or ConnectionAborted or NotConnected }));
            var sentences = strange.Select(failure => failure.Message).ToList();
            _failures.Clear();
            return sentences;
        }
    }

    public void Dispose() => _stop.Dispose();

    private void Run(string folder, Ledger ledger, CallTrace trace, int seed, int acts, int longestPause)
    {
        var pauses = new Random(seed);
        using var worker = new Worker(folder, ledger, trace, seed);
        try
        {
            for (var act = 0; act < acts && !_stop.Wait(pauses.Next(longestPause + 1)); act++)
                worker.Act();
        }
        catch (Exception failure) when (failure is CallFailedException or WrongBytesException)
        {
            lock (_lock)
                _failures.Add(failure);
        }
    }
}

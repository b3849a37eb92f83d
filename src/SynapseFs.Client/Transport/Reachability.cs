using Microsoft.Extensions.Logging;

namespace SynapseFs.Client.Transport;

/// <summary>Remembers which services are out of reach and tells when that changes as a whole.</summary>
internal sealed class Reachability(TimeProvider time, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SynapseService, string> _problems = [];
    private DateTimeOffset? _since;

    public event EventHandler<ReachabilityEventArgs>? Changed;

    public bool IsReachable
    {
        get { lock (_lock) return _problems.Count == 0; }
    }

    public DateTimeOffset? UnreachableSince
    {
        get { lock (_lock) return _since; }
    }

    public string? Problem
    {
        get { lock (_lock) return _problems.Count == 0 ? null : _problems.Values.First(); }
    }

    public void Set(SynapseService service, string? problem)
    {
        bool changed;
        lock (_lock)
        {
            var before = _problems.Count == 0;
            if (problem is null)
                _problems.Remove(service);
            else
                _problems[service] = problem;
            changed = before != (_problems.Count == 0);
            if (changed)
                _since = problem is null ? null : time.GetUtcNow();
        }
        if (problem is null)
            Log.WithinReach(log, service.ToString());
        else
            Log.OutOfReach(log, service.ToString(), problem);
        if (changed)
            Changed?.Invoke(this, new ReachabilityEventArgs(problem is null, problem));
    }
}

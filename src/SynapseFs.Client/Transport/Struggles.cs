namespace SynapseFs.Client.Transport;

/// <summary>
/// Calls that failed and are tried again, with what went wrong last: nobody has heard of it yet, because they may still succeed. Waiting for
/// the service's window to open (429) is no trouble and stands not here.
/// </summary>
internal sealed class Struggles
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CallProgress, string> _problems = [];

    /// <summary>What one of them failed with last, or null when there is none.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
                return _problems.Count == 0 ? null : _problems.Values.First();
        }
    }

    public void Set(CallProgress call, string problem)
    {
        lock (_lock)
            _problems[call] = problem;
    }

    /// <summary>It succeeded, or was given up.</summary>
    public void End(CallProgress call)
    {
        lock (_lock)
            _problems.Remove(call);
    }
}

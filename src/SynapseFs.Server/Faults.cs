using SynapseFs.Server.Faulting;

namespace SynapseFs.Server;

/// <summary>
/// Faults on demand. The first rule that fits a request and is neither used up nor still skipping applies; later rules do not see
/// that request.
/// </summary>
public sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<Armed> _rules = [];
    private int _lastId;

    internal Faults()
    {
    }

    /// <summary>Arms a rule and returns its number.</summary>
    public int Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        lock (_lock)
        {
            _rules.Add(new Armed(++_lastId, rule));
            return _lastId;
        }
    }

    /// <summary>Removes a rule; false when there is none of this number.</summary>
    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _rules.RemoveAll(armed => armed.Id == id) > 0;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
        }
    }

    /// <summary>Requests that the rule has harmed; 0 for an unknown number.</summary>
    public int TimesApplied(int id)
    {
        lock (_lock)
        {
            return _rules.Find(armed => armed.Id == id)?.Applied ?? 0;
        }
    }

    /// <summary>All armed rules by number, used-up ones included.</summary>
    public IReadOnlyDictionary<int, FaultRule> Rules
    {
        get
        {
            lock (_lock)
            {
                return _rules.ToDictionary(armed => armed.Id, armed => armed.Rule);
            }
        }
    }

    internal FaultRule? Take(FaultTarget side, string method, string path)
    {
        lock (_lock)
        {
            foreach (var armed in _rules)
            {
                if (armed.IsUsedUp || !FaultMatch.Fits(armed.Rule, side, method, path))
                {
                    continue;
                }

                if (++armed.Seen > armed.Rule.Skip)
                {
                    armed.Applied++;
                    return armed.Rule;
                }
            }

            return null;
        }
    }

    private sealed class Armed(int id, FaultRule rule)
    {
        public int Id { get; } = id;
        public FaultRule Rule { get; } = rule;
        public int Seen { get; set; }
        public int Applied { get; set; }
        public bool IsUsedUp => Rule.Count is { } count && Applied >= count;
    }
}

using Microsoft.AspNetCore.Http;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Http;

/// <summary>
/// Synapse's two limits for each user, session cookie and address. Source: UserConcurrentConnectionThrottler and
/// UserRequestFrequencyThrottler. A refused request does not count against the frequency.
/// </summary>
internal sealed class Throttle(ServerOptions options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Usage> _usages = new(StringComparer.Ordinal);
    private int _forgetAt = 1000;

    /// <summary>Lets the request in, or throws; the result lets it out again.</summary>
    public IDisposable Enter(ServiceCall call)
    {
        var http = call.Http;
        var key = $"{call.Caller.Id}|{http.Request.Cookies["sessionID"]}|{http.Connection.RemoteIpAddress}";
        lock (_lock)
        {
            if (!_usages.TryGetValue(key, out var usage))
            {
                Forget(time.GetUtcNow());
                _usages.Add(key, usage = new Usage());
            }

            var now = time.GetUtcNow();
            while (usage.Recent.TryPeek(out var oldest) && now - oldest >= Window)
            {
                usage.Recent.Dequeue();
            }

            if (usage.UnderWay >= options.MaxConcurrentRequests)
            {
                throw Refuse($"Too many concurrent requests. Allowed {options.MaxConcurrentRequests} concurrent connections at any time.");
            }

            if (usage.Recent.Count >= options.MaxRequestsPerMinute)
            {
                throw Refuse($"Requests are too frequent. Allowed {options.MaxRequestsPerMinute} requests every 60 seconds.");
            }

            usage.UnderWay++;
            usage.Recent.Enqueue(now);
            usage.Last = now;
            return new Exit(this, usage);
        }
    }

    private static ServiceException Refuse(string reason) => new(ServiceError.Throttled, reason);

    // Whoever sends no cookie gets a new key with every call: the idle ones go, each time their number has doubled.
    private void Forget(DateTimeOffset now)
    {
        if (_usages.Count < _forgetAt)
        {
            return;
        }

        foreach (var (key, usage) in _usages.Where(pair => pair.Value.UnderWay == 0 && now - pair.Value.Last >= Window).ToList())
        {
            _usages.Remove(key);
        }

        _forgetAt = Math.Max(1000, 2 * _usages.Count);
    }

    private void Leave(Usage usage)
    {
        lock (_lock)
        {
            usage.UnderWay--;
        }
    }

    private sealed class Usage
    {
        public int UnderWay { get; set; }
        public Queue<DateTimeOffset> Recent { get; } = new();
        public DateTimeOffset Last { get; set; }
    }

    private sealed class Exit(Throttle throttle, Usage usage) : IDisposable
    {
        private int _isOut;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOut, 1) == 0)
            {
                throttle.Leave(usage);
            }
        }
    }
}

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

    /// <summary>Lets the request in, or throws; the result lets it out again.</summary>
    public IDisposable Enter(ServiceCall call)
    {
        var http = call.Http;
        var key = $"{call.Caller.Id}|{http.Request.Cookies["sessionID"]}|{http.Connection.RemoteIpAddress}";
        lock (_lock)
        {
            if (!_usages.TryGetValue(key, out var usage))
            {
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
            return new Exit(this, usage);
        }
    }

    private static ServiceException Refuse(string reason) => new(ServiceError.Throttled, reason);

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

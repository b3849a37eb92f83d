using System.Globalization;

namespace SynapseFs.Server;

/// <summary>
/// Every request the server answered: the last 100,000 in full, all of them in the totals. A request stands here once its last
/// byte has left, so who has read an answer to its end may find it here a moment later: <see cref="WaitAsync"/>,
/// <see cref="QuietAsync"/>.
/// </summary>
public sealed class RequestLog
{
    private const int Capacity = 100_000;
    private const int MaxRoutes = 2_000;
    private const string OtherRoutes = "other";

    private readonly Lock _lock = new();
    private readonly Queue<LoggedRequest> _requests = new();
    private readonly Dictionary<string, long> _routes = new(StringComparer.Ordinal);
    private readonly List<Waiter> _waiters = [];
    private RequestTotals _totals = new();
    private long _lastNumber;
    private int _underWay;
    private TaskCompletionSource? _quiet;

    internal RequestLog()
    {
    }

    /// <summary>A copy, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public RequestTotals Totals
    {
        get
        {
            lock (_lock)
            {
                return _totals with { Routes = new Dictionary<string, long>(_routes) };
            }
        }
    }

    /// <summary>Forgets all requests and sets the totals to zero.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _requests.Clear();
            _routes.Clear();
            _totals = new RequestTotals();
        }
    }

    /// <summary>The first request, past or to come, that fits.</summary>
    public Task<LoggedRequest> WaitAsync(Func<LoggedRequest, bool> fits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fits);
        Waiter waiter;
        lock (_lock)
        {
            if (_requests.FirstOrDefault(fits) is { } past)
            {
                return Task.FromResult(past);
            }

            waiter = new Waiter(fits, new TaskCompletionSource<LoggedRequest>(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiters.Add(waiter);
        }

        return AwaitAsync(waiter, cancellationToken);
    }

    /// <summary>Ends when no request is under way: whoever has all answers then finds all its requests here.</summary>
    public Task QuietAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_underWay == 0)
            {
                return Task.CompletedTask;
            }

            _quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _quiet.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Every one is followed by <see cref="Add(LoggedRequest)"/>.</summary>
    internal void Begin()
    {
        lock (_lock)
        {
            _underWay++;
        }
    }

    internal long NextNumber() => Interlocked.Increment(ref _lastNumber);

    internal void Add(LoggedRequest request)
    {
        lock (_lock)
        {
            if (_requests.Count == Capacity)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(request);
            var key = string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Route}");
            if (!_routes.ContainsKey(key) && _routes.Count >= MaxRoutes)
            {
                // Paths without a route are whatever callers make up.
                key = OtherRoutes;
            }

            _routes[key] = _routes.GetValueOrDefault(key) + 1;
            _totals = Add(_totals, request);
            foreach (var waiter in _waiters.Where(waiter => waiter.Fits(request)).ToList())
            {
                _waiters.Remove(waiter);
                waiter.Source.TrySetResult(request);
            }

            if (--_underWay == 0)
            {
                _quiet?.SetResult();
                _quiet = null;
            }
        }
    }

    private static RequestTotals Add(RequestTotals totals, LoggedRequest request)
    {
        var storage = request.Service == ServerService.Storage;
        return totals with
        {
            ApiRequests = totals.ApiRequests + (storage ? 0 : 1),
            StorageRequests = totals.StorageRequests + (storage ? 1 : 0),
            DownloadEvents = totals.DownloadEvents + request.DownloadEvents,
            StorageBytesSent = totals.StorageBytesSent + (storage ? request.BytesSent : 0),
            StorageBytesReceived = totals.StorageBytesReceived + (storage ? request.BytesReceived : 0),
            ApiBytesSent = totals.ApiBytesSent + (storage ? 0 : request.BytesSent),
            Throttled = totals.Throttled + (request.Status == 429 ? 1 : 0),
        };
    }

    private async Task<LoggedRequest> AwaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            return await waiter.Source.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    private sealed record Waiter(Func<LoggedRequest, bool> Fits, TaskCompletionSource<LoggedRequest> Source);
}

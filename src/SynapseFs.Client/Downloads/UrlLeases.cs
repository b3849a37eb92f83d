using SynapseFs.Api;
using SynapseFs.Client.Governing;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Downloads;

/// <summary>
/// Leases on pre-signed addresses. Each one handed out counts as a download in Synapse's statistics, so there is at most one request
/// under way for a file, a lease is shared until shortly before it ends, and whatever is wanted at the same time goes into one call.
/// </summary>
internal sealed class UrlLeases(ApiTransport transport, TransportParts parts) : IAsyncDisposable
{
    private const int LargestBatch = 100;
    private const int PruneAbove = 256;

    // Nobody waits for what is asked for ahead: a moment later all that was asked for with it goes into the same call.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<FileHandleAssociation, UrlLease> _leases = [];
    private readonly Dictionary<FileHandleAssociation, WantedLease> _wanted = [];
    // Two lanes, each with one call under way: one for those who wait, so that they never stand behind the others' call.
    private readonly Task[] _lanes = [Task.CompletedTask, Task.CompletedTask];
    private readonly bool[] _running = [false, false];
    private readonly CancellationTokenSource _end = new();

    /// <exception cref="SynapseException">Not found, not permitted, of a kind that has no address, or the call failed.</exception>
    public Task<UrlLease> GetAsync(FileHandleAssociation association, RequestPriority priority, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_leases.TryGetValue(association, out var lease))
            {
                if (lease.IsFresh(parts.Time))
                    return Task.FromResult(lease);
                _leases.Remove(association);
            }
            if (!_wanted.TryGetValue(association, out var wanted))
                _wanted.Add(association, wanted = new WantedLease(association, priority));
            else if (priority < wanted.Priority)
                wanted.Priority = priority;
            if (!wanted.Taken)
                RunLocked(LaneOf(wanted.Priority));
            return wanted.Completion.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The storage refused it; the next who asks gets another. One that was replaced already stays.</summary>
    public void Drop(FileHandleAssociation association, UrlLease refused)
    {
        lock (_lock)
        {
            if (_leases.TryGetValue(association, out var current) && ReferenceEquals(current, refused))
                _leases.Remove(association);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task[] lanes;
        lock (_lock)
            lanes = [.. _lanes];
        await Task.WhenAll(lanes);
        _end.Dispose();
    }

    private static int LaneOf(RequestPriority priority) => AdmissionQueue<WantedLease>.IsAwaited(priority) ? 0 : 1;

    private void RunLocked(int lane)
    {
        if (_running[lane])
            return;
        _running[lane] = true;
        _lanes[lane] = Task.Run(() => RunAsync(lane));
    }

    private async Task RunAsync(int lane)
    {
        if (lane > 0)
            await Task.Delay(Gathering, CancellationToken.None);
        while (NextPriority(lane) is { } priority)
            await AskAsync(lane, priority);
    }

    private RequestPriority? NextPriority(int lane)
    {
        lock (_lock)
        {
            var waiting = _wanted.Values.Where(wanted => !wanted.Taken && LaneOf(wanted.Priority) == lane).ToList();
            if (waiting.Count > 0 && !_end.IsCancellationRequested)
                return waiting.Min(wanted => wanted.Priority);
            foreach (var wanted in waiting)
                FinishLocked(wanted).SetCanceled();
            _running[lane] = false;
            return null;
        }
    }

    private async Task AskAsync(int lane, RequestPriority priority)
    {
        List<WantedLease> batch = [];
        var call = new ApiCall(HttpMethod.Post, SynapseService.File, "/fileHandle/batch", "/fileHandle/batch", priority)
        {
            Body = () => (batch = Take(lane)).Count == 0 ? null : BatchBody(batch),
        };
        try
        {
            var answer = await transport.SendAsync(call, _end.Token);
            if (batch.Count > 0)
                Settle(batch, LeaseBatch.Read(call, answer, batch.Count), parts.Time.GetTimestamp());
        }
        catch (Exception e)
        {
            // Whatever it is belongs to those who wait; the lane goes on.
            Fail(batch.Count > 0 ? batch : Take(lane), e);
        }
    }

    // Called when the call may start: takes what has come up by then, the lane's own first.
    private List<WantedLease> Take(int lane)
    {
        lock (_lock)
        {
            var batch = _wanted.Values.Where(wanted => !wanted.Taken && (lane == 0 || LaneOf(wanted.Priority) == lane))
                .OrderBy(wanted => wanted.Priority).Take(LargestBatch).ToList();
            batch.ForEach(wanted => wanted.Taken = true);
            return batch;
        }
    }

    private byte[] BatchBody(List<WantedLease> batch)
    {
        Log.LeasesAsked(parts.Log, batch.Count);
        return LeaseBatch.Write([.. batch.Select(wanted => wanted.Association)]);
    }

    private void Settle(List<WantedLease> batch, IReadOnlyList<LeaseResult> results, long received)
    {
        lock (_lock)
        {
            if (_leases.Count > PruneAbove)
                foreach (var (key, _) in _leases.Where(pair => !pair.Value.IsFresh(parts.Time)).ToList())
                    _leases.Remove(key);
            foreach (var (wanted, result) in batch.Zip(results))
            {
                var completion = FinishLocked(wanted);
                if (result.Place is { } place)
                {
                    var lease = new UrlLease(place, result.Length, received, result.Lifetime) { Md5 = result.Md5 };
                    _leases[wanted.Association] = lease;
                    completion.SetResult(lease);
                    parts.Meter.Leased(1);
                }
                else
                {
                    Refuse(completion, result.Failure!(wanted.Association));
                }
            }
        }
    }

    private void Fail(List<WantedLease> batch, Exception exception)
    {
        lock (_lock)
            foreach (var wanted in batch)
                Refuse(FinishLocked(wanted), exception);
    }

    private TaskCompletionSource<UrlLease> FinishLocked(WantedLease wanted)
    {
        _wanted.Remove(wanted.Association);
        return wanted.Completion;
    }

    private static void Refuse(TaskCompletionSource<UrlLease> completion, Exception exception)
    {
        completion.SetException(exception);
        // Those who waited may have left; that is no fault to report.
        _ = completion.Task.Exception;
    }
}

using SynapseFs.Client.Governing;

namespace SynapseFs.Client.Tests.Governing;

/// <summary>
/// Somebody always has another call to make, and a call arrives on the other side at any moment between its start and its end: mostly soon,
/// now and then seconds later. Time is only counted.
/// </summary>
internal sealed class OtherSide(AdmissionLimits limits, Random random)
{
    private readonly AdmissionQueue<string> _queue = new(limits);
    private readonly PriorityQueue<RequestPriority, TimeSpan> _underWay = new();
    private readonly List<TimeSpan> _arrivals = [];

    public IReadOnlyList<TimeSpan> Arrivals => _arrivals;

    public void Run(TimeSpan length)
    {
        for (var now = TimeSpan.Zero; now < length;)
        {
            while (_underWay.TryPeek(out _, out var end) && end <= now)
                _queue.Finish(end, _underWay.Dequeue());
            var retryAt = StartAll(now) ?? TimeSpan.MaxValue;
            now = _underWay.TryPeek(out _, out var nextEnd) && nextEnd < retryAt ? nextEnd : retryAt;
        }
    }

    private TimeSpan? StartAll(TimeSpan now)
    {
        while (true)
        {
            while (_queue.Waiting < 4)
                _queue.Enqueue("call", RequestPriority.AwaitedUpload);
            if (!_queue.TryAdmit(now, out _, out var retryAt))
                return retryAt;
            var lasting = TimeSpan.FromMilliseconds(random.Next(100) == 0 ? random.Next(3000) : random.Next(10, 150));
            _arrivals.Add(now + random.NextDouble() * lasting);
            _underWay.Enqueue(RequestPriority.AwaitedUpload, now + lasting);
        }
    }
}

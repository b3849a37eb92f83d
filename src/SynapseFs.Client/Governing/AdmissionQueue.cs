using System.Diagnostics.CodeAnalysis;

namespace SynapseFs.Client.Governing;

/// <summary>
/// Decides who goes next, and nothing else: no clock, no lock, no waiting. Strictly by priority, first come first served within one;
/// a lower priority passes a higher one only where a limit holds back the higher one alone.
/// </summary>
/// <typeparam name="T">Whatever waits.</typeparam>
internal sealed class AdmissionQueue<T>(AdmissionLimits limits)
    where T : class
{
    private static readonly RequestPriority[] Order = Enum.GetValues<RequestPriority>();

    private readonly LinkedList<T>[] _waiting = [.. Order.Select(_ => new LinkedList<T>())];
    private readonly Queue<TimeSpan> _ends = new();
    private int _inFlight;
    private int _backgroundInFlight;

    public int InFlight => _inFlight;

    public int Waiting => _waiting.Sum(queue => queue.Count);

    /// <summary>Someone waits: a system call, or a person behind an upload.</summary>
    public static bool IsAwaited(RequestPriority priority) => priority is RequestPriority.Interactive or RequestPriority.AwaitedUpload;

    public LinkedListNode<T> Enqueue(T item, RequestPriority priority) => _waiting[(int)priority].AddLast(item);

    /// <summary>Takes back one that was not admitted yet.</summary>
    public static void Withdraw(LinkedListNode<T> node) => node.List?.Remove(node);

    /// <summary>
    /// The next that may start now (<paramref name="now"/> on any clock that only goes forward); it then counts as under way. If only
    /// the rate holds the next one back, <paramref name="retryAt"/> says when to ask again.
    /// </summary>
    public bool TryAdmit(TimeSpan now, [NotNullWhen(true)] out T? item, out TimeSpan? retryAt)
    {
        Forget(now);
        item = null;
        retryAt = null;
        foreach (var priority in Order)
        {
            var queue = _waiting[(int)priority];
            if (queue.First is not { } first || !HasSlot(priority))
                continue;
            if (!RateIsOpen(priority, out var opensAt))
            {
                retryAt = retryAt < opensAt ? retryAt : opensAt ?? retryAt;
                continue;
            }
            queue.RemoveFirst();
            Start(priority);
            item = first.Value;
            return true;
        }
        return false;
    }

    public void Finish(TimeSpan now, RequestPriority priority)
    {
        _inFlight--;
        if (!IsAwaited(priority))
            _backgroundInFlight--;
        if (limits.PerWindow is not null)
            _ends.Enqueue(now);
    }

    private bool HasSlot(RequestPriority priority) =>
        _inFlight < limits.Slots && (IsAwaited(priority) || _backgroundInFlight < limits.BackgroundSlots);

    // One counts from its start until a window after its end: the other side sees it at some moment in between, on the way there or held up
    // at the door, so only what ended a window ago has surely left its count. If it is closed by what is under way alone, nobody knows until when.
    private bool RateIsOpen(RequestPriority priority, out TimeSpan? opensAt)
    {
        opensAt = null;
        if (limits.PerWindow is not { } perWindow)
            return true;
        var allowed = IsAwaited(priority) ? perWindow : perWindow - limits.Reserve;
        var tooMany = _inFlight + _ends.Count - allowed;
        if (tooMany >= 0 && tooMany < _ends.Count)
            opensAt = _ends.ElementAt(tooMany) + limits.Window;
        return tooMany < 0;
    }

    private void Start(RequestPriority priority)
    {
        _inFlight++;
        if (!IsAwaited(priority))
            _backgroundInFlight++;
    }

    private void Forget(TimeSpan now)
    {
        while (_ends.TryPeek(out var oldest) && oldest + limits.Window <= now)
            _ends.Dequeue();
    }
}

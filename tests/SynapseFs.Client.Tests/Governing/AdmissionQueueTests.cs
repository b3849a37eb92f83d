using SynapseFs.Client.Governing;

namespace SynapseFs.Client.Tests.Governing;

internal sealed class AdmissionQueueTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Test]
    public void The_most_urgent_goes_first_and_the_earliest_within_one_urgency()
    {
        var queue = Queue(slots: 9, background: 9);
        foreach (var (name, priority) in new[]
        {
            ("b", RequestPriority.Background), ("u", RequestPriority.Upload), ("r1", RequestPriority.ReadAhead),
                ("i1", RequestPriority.Interactive),
            ("a", RequestPriority.AwaitedUpload), ("r2", RequestPriority.ReadAhead), ("i2", RequestPriority.Interactive),
        })
            queue.Enqueue(name, priority);

        Assert.That(AdmitAll(queue), Is.EqualTo(new[] { "i1", "i2", "r1", "r2", "a", "u", "b" }));
    }

    [Test]
    public void Unawaited_work_leaves_a_slot_for_those_who_wait()
    {
        var queue = Queue(slots: 3, background: 2);
        for (var i = 0; i < 5; i++)
            queue.Enqueue($"b{i}", RequestPriority.Background);

        Assert.That(AdmitAll(queue), Is.EqualTo(new[] { "b0", "b1" }));
        queue.Enqueue("i", RequestPriority.Interactive);
        Assert.That(AdmitAll(queue), Is.EqualTo(new[] { "i" }));
        Assert.That(queue.InFlight, Is.EqualTo(3));
    }

    [Test]
    public void Awaited_work_may_fill_all_slots_and_nothing_passes_it()
    {
        var queue = Queue(slots: 3, background: 2);
        for (var i = 0; i < 4; i++)
            queue.Enqueue($"i{i}", RequestPriority.Interactive);
        queue.Enqueue("b", RequestPriority.Background);

        Assert.That(AdmitAll(queue), Is.EqualTo(new[] { "i0", "i1", "i2" }));
        queue.Finish(TimeSpan.Zero, RequestPriority.Interactive);
        Assert.That(AdmitAll(queue), Is.EqualTo(new[] { "i3" }));
    }

    [TestCase(1), TestCase(2), TestCase(3), TestCase(4), TestCase(5)]
    public void No_minute_of_the_other_side_holds_more_than_its_number_however_late_calls_arrive_and_hardly_one_is_wasted(int seed)
    {
        const int PerMinute = 600;
        const int Minutes = 10;
        var other = new OtherSide(new AdmissionLimits(Slots: 3, BackgroundSlots: 2, PerMinute, Minute, Reserve: 30), new Random(seed));

        other.Run(Minutes * Minute);

        var arrivals = other.Arrivals.Order().ToList();
        Assert.That(arrivals.Skip(PerMinute).Zip(arrivals, (later, earlier) => later - earlier), Has.All.GreaterThanOrEqualTo(Minute));
        Assert.That(arrivals, Has.Count.GreaterThan(0.99 * PerMinute * Minutes));
    }

    [Test]
    public void A_call_counts_until_a_window_after_its_end_for_it_may_have_arrived_that_late()
    {
        var queue = Queue(slots: 2, background: 2, perWindow: 1);
        queue.Enqueue("late", RequestPriority.Interactive);
        queue.Enqueue("next", RequestPriority.Interactive);
        queue.TryAdmit(TimeSpan.Zero, out _, out _);

        Assert.That(queue.TryAdmit(TimeSpan.FromSeconds(70), out _, out var unknown), Is.False);
        queue.Finish(TimeSpan.FromSeconds(80), RequestPriority.Interactive);
        Assert.That(queue.TryAdmit(TimeSpan.FromSeconds(90), out _, out var known), Is.False);

        Assert.That((unknown, known), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)TimeSpan.FromSeconds(140))));
        Assert.That(queue.TryAdmit(TimeSpan.FromSeconds(140), out var next, out _), Is.True);
        Assert.That(next, Is.EqualTo("next"));
    }

    [Test]
    public void The_reserve_is_for_awaited_work_and_the_rest_is_told_when_to_ask_again()
    {
        var queue = Queue(slots: 9, background: 9, perWindow: 3, reserve: 1);
        for (var i = 0; i < 3; i++)
            queue.Enqueue($"b{i}", RequestPriority.Background);
        queue.TryAdmit(TimeSpan.Zero, out _, out _);
        queue.TryAdmit(TimeSpan.Zero, out _, out _);
        queue.Finish(TimeSpan.FromSeconds(1), RequestPriority.Background);
        queue.Finish(TimeSpan.FromSeconds(5), RequestPriority.Background);

        Assert.That(queue.TryAdmit(TimeSpan.FromSeconds(6), out _, out var retryAt), Is.False);
        Assert.That(retryAt, Is.EqualTo(TimeSpan.FromSeconds(61)));
        queue.Enqueue("i", RequestPriority.Interactive);
        Assert.That(queue.TryAdmit(TimeSpan.FromSeconds(6), out var next, out _), Is.True);
        Assert.That(next, Is.EqualTo("i"));
    }

    [Test]
    public void Withdrawn_work_never_starts()
    {
        var queue = Queue(slots: 1, background: 1);
        var place = queue.Enqueue("gone", RequestPriority.Interactive);
        queue.Enqueue("next", RequestPriority.Background);

        AdmissionQueue<string>.Withdraw(place);

        Assert.That(AdmitAll(queue), Is.EqualTo(new[] { "next" }));
    }

    private static AdmissionQueue<string> Queue(int slots, int background, int? perWindow = null, int reserve = 0) =>
        new(new AdmissionLimits(slots, background, perWindow, Minute, reserve));

    private static List<string> AdmitAll(AdmissionQueue<string> queue)
    {
        var admitted = new List<string>();
        while (queue.TryAdmit(TimeSpan.Zero, out var item, out _))
            admitted.Add(item);
        return admitted;
    }
}

using SynapseFs.Fuse.Session;

namespace SynapseFs.Fuse.Tests.Session;

public sealed class RequestsInFlightTests
{
    [Test]
    public void An_interrupt_cancels_its_request_and_no_other()
    {
        using var requests = new RequestsInFlight();
        var first = requests.Begin(2);
        var second = requests.Begin(4);

        requests.Interrupt(2);

        Assert.That(first.IsCancellationRequested);
        Assert.That(second.IsCancellationRequested, Is.False);
    }

    [Test]
    public void An_interrupt_before_its_request_is_remembered()
    {
        using var requests = new RequestsInFlight();

        requests.Interrupt(2);

        Assert.That(requests.Begin(2).IsCancellationRequested);
        Assert.That(requests.Begin(4).IsCancellationRequested, Is.False);
    }

    [Test]
    public void An_interrupt_after_the_answer_reaches_nobody()
    {
        using var requests = new RequestsInFlight();
        requests.Begin(2);
        requests.End(2);
        var next = requests.Begin(4);

        requests.Interrupt(2);

        Assert.That(next.IsCancellationRequested, Is.False);
    }

    [Test]
    public void Interrupts_that_came_too_late_do_not_pile_up()
    {
        using var requests = new RequestsInFlight();
        for (ulong unique = 2; unique < 10_000; unique += 2)
            requests.Interrupt(unique);

        Assert.That(requests.Begin(2).IsCancellationRequested, Is.False);
        Assert.That(requests.Begin(9_998).IsCancellationRequested);
    }

    [Test]
    public void A_cancelled_source_is_not_used_again()
    {
        using var requests = new RequestsInFlight();
        requests.Begin(2);
        requests.Interrupt(2);
        requests.End(2);

        Assert.That(requests.Begin(4).IsCancellationRequested, Is.False);
    }

    [Test]
    public void The_end_cancels_everything_and_waits_for_the_last()
    {
        using var requests = new RequestsInFlight();
        var token = requests.Begin(2);

        var drained = requests.CancelAllAsync();

        Assert.That(token.IsCancellationRequested);
        Assert.That(drained.IsCompleted, Is.False);
        requests.End(2);
        Assert.That(drained.IsCompleted);
        Assert.That(requests.Count, Is.Zero);
    }

    [Test]
    public void The_end_of_nothing_is_there_at_once()
    {
        using var requests = new RequestsInFlight();

        Assert.That(requests.CancelAllAsync().IsCompleted);
    }
}

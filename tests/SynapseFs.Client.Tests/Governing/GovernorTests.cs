using Microsoft.Extensions.Time.Testing;
using SynapseFs.Client.Governing;

namespace SynapseFs.Client.Tests.Governing;

internal sealed class GovernorTests
{
    private readonly FakeTimeProvider _time = new();
    private Governor _governor = null!;

    [TearDown]
    public void TearDown() => _governor.Dispose();

    [Test]
    public async Task A_returned_slot_goes_to_the_most_urgent()
    {
        _governor = Create(slots: 1);
        var first = await Enter(RequestPriority.Background);
        var upload = Enter(RequestPriority.Upload);
        var person = Enter(RequestPriority.Interactive);

        first.Dispose();
        first.Dispose();

        using var slot = await person;
        Assert.That(upload.IsCompleted, Is.False);
        Assert.That((_governor.InFlight, _governor.Waiting), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Who_gives_up_leaves_the_queue_at_once()
    {
        _governor = Create(slots: 1);
        var holder = await Enter(RequestPriority.Interactive);
        using var giveUp = new CancellationTokenSource();
        var waiter = _governor.EnterAsync(RequestPriority.Interactive, giveUp.Token);

        await giveUp.CancelAsync();

        Assert.That(async () => await waiter, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_governor.Waiting, Is.Zero);
        holder.Dispose();
        using var next = await Enter(RequestPriority.Interactive);
        Assert.That(_governor.InFlight, Is.EqualTo(1));
    }

    [Test]
    public async Task What_the_rate_holds_back_starts_by_itself_when_the_window_has_moved_on()
    {
        _governor = Create(slots: 9, perWindow: 2);
        (await Enter(RequestPriority.Interactive)).Dispose();
        _time.Advance(TimeSpan.FromSeconds(30));
        (await Enter(RequestPriority.Interactive)).Dispose();
        var third = Enter(RequestPriority.Interactive);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(third.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(1.1));

        (await third).Dispose();
    }

    private Governor Create(int slots, int? perWindow = null) =>
        new(new AdmissionLimits(slots, slots, perWindow, TimeSpan.FromSeconds(60), 0), _time);

    private Task<GovernorSlot> Enter(RequestPriority priority) => _governor.EnterAsync(priority, CancellationToken.None);
}

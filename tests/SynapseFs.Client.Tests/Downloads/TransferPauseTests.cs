using SynapseFs.Client.Downloads;

namespace SynapseFs.Client.Tests.Downloads;

internal sealed class TransferPauseTests
{
    [Test]
    public void The_first_break_is_answered_at_once_and_later_ones_ever_slower_up_to_a_limit()
    {
        var patience = new RetryPatience { FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(5) };

        var pauses = Enumerable.Range(1, 20).Select(failures => TransferPause.After(failures, patience, 1).TotalSeconds).ToList();

        Assert.That(pauses.Take(4), Is.EqualTo(new[] { 0.0, 2, 4, 5 }));
        Assert.That(pauses, Is.Ordered.And.All.LessThanOrEqualTo(5));
        Assert.That(TransferPause.After(2, patience, 0).TotalSeconds, Is.EqualTo(1));
    }
}

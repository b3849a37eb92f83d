using SynapseFs.Core.Watching;

namespace SynapseFs.Core.Tests.Watching;

internal sealed class RoundScheduleTests
{
    [TestCase(9, 0, false)]
    [TestCase(10, 0, true)]
    [TestCase(10, 40, true)]
    [TestCase(10, 60, false)]
    [TestCase(15, 60, true)]
    [TestCase(600, 3600, false)]
    [TestCase(900, 3600, true)]
    public void A_directory_is_looked_at_less_often_the_longer_nobody_used_it(int checkedAgo, int usedAgo, bool due) =>
        Assert.That(
            RoundSchedule.IsDue(TimeSpan.FromSeconds(checkedAgo), TimeSpan.FromSeconds(usedAgo), TimeSpan.FromSeconds(10)),
            Is.EqualTo(due));

    [TestCase(0, 10, 1)]
    [TestCase(5, 60, 6)]
    [TestCase(0, 3600, 6)]
    public void Calls_are_earned_over_time_but_never_hoarded(double allowance, int seconds, double expected) =>
        Assert.That(RoundSchedule.Earn(allowance, TimeSpan.FromSeconds(seconds), 6), Is.EqualTo(expected).Within(1e-9));
}

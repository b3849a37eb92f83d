using SynapseFs.Client.Uploads;

namespace SynapseFs.Client.Tests.Uploads;

internal sealed class PartPlanTests
{
    private const long MiB = 1 << 20;

    [TestCase(1, 8 * MiB, 1)]
    [TestCase(8 * MiB, 8 * MiB, 1)]
    [TestCase((8 * MiB) + 1, 8 * MiB, 2)]
    [TestCase(80_000 * MiB, 8 * MiB, 10_000)]
    [TestCase((80_000 * MiB) + 1, (8 * MiB) + 1, 10_000)]
    [TestCase(PartPlan.Largest, 549_755_814, 10_000)]
    public void Parts_are_those_of_the_official_client(long length, long partSize, int count)
    {
        var plan = PartPlan.For(length);

        Assert.That((plan.PartSize, plan.Count), Is.EqualTo((partSize, count)));
        Assert.That(plan.OffsetOf(count) + plan.LengthOf(count), Is.EqualTo(length));
    }

    [TestCase("000", new[] { 1, 2, 3 })]
    [TestCase("010", new[] { 1, 3 })]
    [TestCase("111", new int[0])]
    [TestCase("1", new[] { 2, 3 })]
    [TestCase(null, new[] { 1, 2, 3 })]
    public void Missing_parts_are_read_from_the_state(string? state, int[] missing) =>
        Assert.That(PartPlan.For(20 * MiB).Missing(state), Is.EqualTo(missing));
}

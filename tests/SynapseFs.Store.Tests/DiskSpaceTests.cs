namespace SynapseFs.Store.Tests;

public sealed class DiskSpaceTests
{
    [TestCase(0, 0)]
    [TestCase(8L << 20, (8L << 20) / 20)]
    [TestCase(1L << 40, 64L << 20)]
    public void A_twentieth_is_left_free_and_at_most_64_mebibytes(long size, long reserve) =>
        Assert.That(DiskSpace.Reserve(size), Is.EqualTo(reserve));

    [TestCase(0, 0)]
    [TestCase(8L << 20, (8L << 20) / 40)]
    [TestCase(1L << 40, 4L << 20)]
    public void Changes_may_use_what_the_cache_leaves_but_for_a_rest(long size, long rest) =>
        Assert.That(DiskSpace.LeftByChanges(size), Is.EqualTo(rest));

    [Test]
    public void A_disk_that_does_not_exist_has_room() =>
        Assert.That(new DiskSpace("/nowhere/at/all").IsShortOf(int.MaxValue), Is.False);

    [Test]
    [Platform("Linux")]
    public void A_disk_without_any_space_is_short() => Assert.That(new DiskSpace("/proc").IsShortOf(1), Is.True);
}

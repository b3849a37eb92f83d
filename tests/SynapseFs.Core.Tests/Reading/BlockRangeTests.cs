using SynapseFs.Core.Reading;

namespace SynapseFs.Core.Tests.Reading;

internal sealed class BlockRangeTests
{
    [TestCase(0, 1, 0, 1)]
    [TestCase(0, 10, 0, 1)]
    [TestCase(0, 11, 0, 2)]
    [TestCase(9, 2, 0, 2)]
    [TestCase(10, 10, 1, 2)]
    [TestCase(34, 100, 3, 4)]
    [TestCase(35, 1, 0, 0)]
    [TestCase(5, 0, 0, 0)]
    public void Bytes_lie_in_these_blocks_of_ten_of_a_content_of_35(long offset, long count, long first, long end) =>
        Assert.That(BlockRange.Covering(offset, count, 10, 35), Is.EqualTo(new BlockRange(first, end)));

    [TestCase(0, 4, 35)]
    [TestCase(1, 3, 20)]
    [TestCase(3, 4, 5)]
    public void The_last_block_is_as_short_as_the_content_leaves_it(long first, long end, long length) =>
        Assert.That(new BlockRange(first, end).Length(10, 35), Is.EqualTo(length));

    [Test]
    public void A_hull_ignores_what_is_empty()
    {
        var range = new BlockRange(3, 5);

        Assert.That(range.Hull(BlockRange.Empty), Is.EqualTo(range));
        Assert.That(BlockRange.Empty.Hull(range), Is.EqualTo(range));
        Assert.That(range.Hull(new BlockRange(7, 8)), Is.EqualTo(new BlockRange(3, 8)));
    }
}

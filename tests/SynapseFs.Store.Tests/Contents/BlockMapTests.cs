using SynapseFs.Store.Contents;

namespace SynapseFs.Store.Tests.Contents;

public sealed class BlockMapTests
{
    [TestCase(1)]
    [TestCase(64)]
    [TestCase(1024)]
    [TestCase(1025)]
    [TestCase(5000)]
    public void A_map_is_complete_when_its_last_block_came(long count)
    {
        var map = new BlockMap(count);
        for (var block = count - 1; block > 0; block--)
            Assert.That(map.Add(block, (ulong)block), Is.True);
        Assert.That(map.IsComplete, Is.False);

        map.Add(0, 0);

        Assert.That(map.IsComplete, Is.True);
        Assert.That(map.Present(count - 1), Is.EqualTo((ulong)(count - 1)));
    }

    [Test]
    public void An_empty_content_is_complete() => Assert.That(new BlockMap(0).IsComplete, Is.True);

    [Test]
    public void A_block_that_comes_again_counts_once()
    {
        var map = new BlockMap(10);
        map.Add(3, 1);

        Assert.That(map.Add(3, 2), Is.False);
        Assert.That(map.PresentCount, Is.EqualTo(1));
        Assert.That(map.Present(3), Is.EqualTo(2));
    }

    [TestCase(true, 7UL)]
    [TestCase(false, null)]
    public void A_removed_block_leaves_its_checksum_only_when_asked_to(bool keepExpected, ulong? expected)
    {
        var map = new BlockMap(10);
        map.Add(3, 7);

        map.Remove(3, keepExpected);

        Assert.That(map.IsPresent(3), Is.False);
        Assert.That(map.Present(3), Is.Null);
        Assert.That(map.Known(3), Is.EqualTo(expected));
        Assert.That(map.KnownCount, Is.EqualTo(keepExpected ? 1 : 0));
        Assert.That(map.PresentCount, Is.Zero);
    }

    [Test]
    public void Clearing_forgets_everything()
    {
        var map = new BlockMap(3000);
        map.Add(2999, 1);
        map.Expect(5, 2);

        map.Clear();

        Assert.That(map.PresentCount, Is.Zero);
        Assert.That(map.Known(5), Is.Null);
        Assert.That(map.IsPresent(2999), Is.False);
    }

    [Test]
    public void Memory_grows_with_blocks_known_not_with_length()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var map = new BlockMap(5L << 40 >> 17);
        map.Add(40_000_000, 1);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }
}

using SynapseFs.Core.Reading;

namespace SynapseFs.Core.Tests.Reading;

internal sealed class ReadBackTests
{
    private const int Block = 64 * 1024;
    private const int Step = 8 * 1024;
    private const long Largest = 8L << 20;
    private const long Length = 64L << 20;

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(Block - 1)]
    public void Who_goes_backwards_finds_all_but_the_first_blocks_on_their_way(int beyond)
    {
        var back = new ReadBack(Block, Length + beyond, Largest);
        var fetched = new HashSet<long>();
        var waits = 0;
        for (var offset = Length + beyond - Step; offset >= 0; offset -= Step)
        {
            var block = offset / Block;
            waits += fetched.Add(block) ? 1 : 0;
            var last = (offset + Step - 1) / Block;
            waits += fetched.Add(last) ? 1 : 0;
            var ahead = back.Next(offset, Step);
            Assert.That(ahead.IsEmpty || ahead.End <= last);
            for (var next = ahead.First; next < ahead.End; next++)
                Assert.That(fetched.Add(next), "nothing is asked for twice");
        }

        Assert.That(waits, Is.LessThanOrEqualTo(3));
    }

    [Test]
    public void Chunks_that_follow_each_other_backwards_are_a_sequence_though_each_is_read_forwards()
    {
        const int Chunk = 512 * 1024;
        var back = new ReadBack(Block, Length, Largest);
        var ahead = 0L;
        for (var chunk = Length - Chunk; chunk >= Length / 2; chunk -= Chunk)
        {
            for (var piece = 0; piece < Chunk; piece += Chunk / 4)
                ahead += back.Next(chunk + piece, Chunk / 4).Count * Block;
        }

        Assert.That(ahead, Is.InRange(Length / 2 - 4 * Chunk, Length / 2 + Largest));
    }

    [Test]
    public void Who_goes_forwards_brings_nothing_along_also_when_neighbours_arrive_in_the_wrong_order()
    {
        foreach (var swap in new[] { 0, 1 })
        {
            var back = new ReadBack(Block, Length, Largest);

            Assert.That(Enumerable.Range(100, 400).Select(i => back.Next((i ^ swap) * (long)Block, Block)), Has.All.EqualTo(BlockRange.Empty));
        }
    }

    [Test]
    public void Who_jumps_brings_nothing_along()
    {
        var back = new ReadBack(Block, 1L << 40, Largest);
        var random = new Random(1);

        for (var i = 0; i < 1000; i++)
            Assert.That(back.Next(random.NextInt64(1L << 39), 4096).IsEmpty, Is.True);
    }

    [Test]
    public void Small_reads_at_random_cost_their_own_blocks_and_next_to_nothing_ahead()
    {
        var (forth, back) = (new ReadAhead(Block, 1L << 30, Largest), new ReadBack(Block, 1L << 30, Largest));
        var random = new Random(1);
        var ahead = 0L;

        for (var i = 0; i < 10_000; i++)
        {
            var offset = random.NextInt64(1L << 18) * 4096;
            ahead += forth.Next(offset, 4096).Count + back.Next(offset, 4096).Count;
        }

        Assert.That(ahead, Is.LessThan(10_000 / 200));
    }

    [Test]
    public void Nothing_is_fetched_before_the_beginning()
    {
        var back = new ReadBack(Block, 5 * Block + 5, Largest);
        var fetched = Enumerable.Range(1, 5).Select(i => back.Next((5 - i) * Block, Block)).ToList();

        Assert.That(fetched.Where(blocks => !blocks.IsEmpty).Min(blocks => blocks.First), Is.Zero);
    }
}

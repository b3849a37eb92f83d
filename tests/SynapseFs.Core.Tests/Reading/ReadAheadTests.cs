using SynapseFs.Core.Reading;

namespace SynapseFs.Core.Tests.Reading;

internal sealed class ReadAheadTests
{
    private const int Block = 128 * 1024;
    private const long Largest = 8L << 20;

    [Test]
    public void The_first_read_fetches_only_itself() =>
        Assert.That(new ReadAhead(Block, 1L << 30, Largest).Next(0, Block).IsEmpty, Is.True);

    [Test]
    public void A_sequence_is_trusted_as_far_as_it_was_read_up_to_the_limit()
    {
        var readAhead = new ReadAhead(Block, 1L << 30, Largest);
        var fetchedUntil = 0L;
        for (var offset = 0L; offset < 64L << 20; offset += Block)
        {
            var ahead = readAhead.Next(offset, Block);
            if (!ahead.IsEmpty)
                fetchedUntil = ahead.End * Block;
            var read = offset + Block;

            Assert.That(fetchedUntil, Is.LessThanOrEqualTo(Math.Min(read < 2 << 20 ? 2 * read : 5 * read, read + Largest) + Block));
            if (read > 16L << 20)
                Assert.That(fetchedUntil - read, Is.GreaterThanOrEqualTo(Largest / 2 - Block));
        }
    }

    [Test]
    public void Requests_ahead_are_few_and_large_once_the_sequence_is_long()
    {
        var readAhead = new ReadAhead(Block, 1L << 30, Largest);
        var requests = Enumerable.Range(0, 1600).Count(i => !readAhead.Next(i * (long)Block, Block).IsEmpty);

        Assert.That(requests, Is.LessThan(70));
    }

    [Test]
    public void Reads_that_jump_fetch_only_themselves()
    {
        var readAhead = new ReadAhead(Block, 1L << 40, Largest);
        var random = new Random(1);

        for (var i = 0; i < 1000; i++)
            Assert.That(readAhead.Next(random.NextInt64(1L << 39), 4096).IsEmpty, Is.True);
    }

    [Test]
    public void Several_sequences_at_once_are_told_apart()
    {
        var readAhead = new ReadAhead(Block, 1L << 40, Largest);
        var ahead = new int[4];
        for (var step = 0; step < 32; step++)
        {
            for (var reader = 0; reader < 4; reader++)
                ahead[reader] += readAhead.Next((reader << 30) + step * (long)Block, Block).IsEmpty ? 0 : 1;
        }

        Assert.That(ahead, Has.All.GreaterThan(2));
    }

    [Test]
    public void A_jump_within_what_is_on_its_way_keeps_it_and_one_beyond_does_not()
    {
        var readAhead = new ReadAhead(Block, 1L << 30, Largest);
        var fetchedUntil = Enumerable.Range(0, 64).Max(i => readAhead.Next(i * (long)Block, Block).End) * Block;

        Assert.That(readAhead.Next(fetchedUntil - Block, Block).IsEmpty, Is.False);
        Assert.That(readAhead.Next(fetchedUntil + (100 << 20), Block).IsEmpty, Is.True);
    }

    [Test]
    public void Reads_that_overtake_each_other_are_one_sequence()
    {
        const int Piece = 1 << 20;
        var (inOrder, swapped) = (new ReadAhead(Block, 1L << 30, Largest), new ReadAhead(Block, 1L << 30, Largest));

        var expected = Enumerable.Range(0, 32).Max(i => inOrder.Next(i * (long)Piece, Piece).End);

        Assert.That(Enumerable.Range(0, 32).Max(i => swapped.Next((i ^ 1) * (long)Piece, Piece).End), Is.EqualTo(expected).Within(16));
    }

    [Test]
    public void What_found_no_room_is_asked_for_by_a_later_read()
    {
        var readAhead = new ReadAhead(Block, 1L << 30, Largest);
        for (var i = 0; i < 64; i++)
            Assert.That(readAhead.Next(i * (long)Block, Block, mayFetch: false).IsEmpty, Is.True);

        Assert.That(readAhead.Next(64L * Block, Block), Is.EqualTo(new BlockRange(65, 65 + Largest / Block)));
    }

    [Test]
    public void Nothing_is_fetched_beyond_the_end()
    {
        var readAhead = new ReadAhead(Block, 10 * Block + 5, Largest);
        var ends = Enumerable.Range(0, 11).Select(i => readAhead.Next(i * (long)Block, Block).End).ToList();

        Assert.That(ends, Has.All.LessThanOrEqualTo(11));
        Assert.That(ends, Has.Some.EqualTo(11));
    }
}

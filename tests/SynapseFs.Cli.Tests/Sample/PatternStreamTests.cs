using SynapseFs.Cli.Sample;

namespace SynapseFs.Cli.Tests.Sample;

internal sealed class PatternStreamTests
{
    [Test]
    public async Task Any_piece_is_that_piece_of_the_whole()
    {
        using var whole = new MemoryStream();
        await using (var stream = new PatternStream(1_000, seed: 7))
            await stream.CopyToAsync(whole);
        await using var pieces = new PatternStream(1_000, seed: 7);

        foreach (var (offset, length) in new[] { (0, 1), (3, 5), (7, 2), (8, 8), (990, 10), (1, 998) })
        {
            var piece = new byte[length];
            pieces.Seek(offset, SeekOrigin.Begin);
            await pieces.ReadExactlyAsync(piece);
            Assert.That(piece, Is.EqualTo(whole.ToArray()[offset..(offset + length)]));
        }
    }

    [Test]
    public async Task It_ends_where_it_is_said_to_end()
    {
        await using var stream = new PatternStream(10, seed: 1);
        using var copy = new MemoryStream();

        await stream.CopyToAsync(copy);

        Assert.That(copy.Length, Is.EqualTo(10));
        Assert.That(await stream.ReadAsync(new byte[1]), Is.Zero);
    }

    [Test]
    public void Different_seeds_give_different_bytes()
    {
        var (first, second) = (new byte[64], new byte[64]);
        using var one = new PatternStream(64, seed: 1);
        using var two = new PatternStream(64, seed: 2);

        one.ReadExactly(first);
        two.ReadExactly(second);

        Assert.That(first, Is.Not.EqualTo(second));
    }
}

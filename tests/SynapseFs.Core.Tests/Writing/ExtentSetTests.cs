using SynapseFs.Core.Staging;

namespace SynapseFs.Core.Tests.Writing;

internal sealed class ExtentSetTests
{
    [TestCase("", 3, 5, "3-5")]
    [TestCase("", 3, 3, "")]
    [TestCase("0-2", 4, 6, "0-2,4-6")]
    [TestCase("4-6", 0, 2, "0-2,4-6")]
    [TestCase("0-2", 2, 4, "0-4", Description = "what touches becomes one")]
    [TestCase("2-4", 0, 2, "0-4")]
    [TestCase("0-2,4-6", 2, 4, "0-6")]
    [TestCase("0-2,4-6,8-9", 1, 8, "0-9")]
    [TestCase("0-10", 3, 5, "0-10")]
    [TestCase("3-5", 0, 10, "0-10")]
    public void Adding_joins_what_touches(string before, long from, long to, string after)
    {
        var set = ExtentSet.Parse(before);

        set.Add(from, to);

        Assert.That(set.ToText(), Is.EqualTo(after));
    }

    [TestCase("0-10", 3, 5, "0-3,5-10")]
    [TestCase("0-10", 0, 5, "5-10")]
    [TestCase("0-10", 5, 10, "0-5")]
    [TestCase("0-10", 0, 10, "")]
    [TestCase("0-10", 4, 4, "0-10")]
    [TestCase("0-2,4-6,8-10", 1, 9, "0-1,9-10")]
    [TestCase("0-2,4-6,8-10", 2, 8, "0-2,8-10")]
    [TestCase("4-6", 0, 4, "4-6")]
    [TestCase("4-6", 6, 9, "4-6")]
    [TestCase("", 0, 9, "")]
    public void Removing_splits_and_shortens(string before, long from, long to, string after)
    {
        var set = ExtentSet.Parse(before);

        set.Remove(from, to);

        Assert.That(set.ToText(), Is.EqualTo(after));
    }

    [TestCase("0-2,4-6", 5, "0-2,4-5")]
    [TestCase("0-2,4-6", 4, "0-2")]
    [TestCase("0-2,4-6", 0, "")]
    [TestCase("0-2,4-6", 9, "0-2,4-6")]
    public void Clipping_forgets_the_end(string before, long length, string after)
    {
        var set = ExtentSet.Parse(before);

        set.Clip(length);

        Assert.That(set.ToText(), Is.EqualTo(after));
    }

    [TestCase("2-4,6-8", 0, 10, "0-2,4-6,8-10")]
    [TestCase("2-4,6-8", 3, 7, "4-6")]
    [TestCase("2-4,6-8", 2, 4, "")]
    [TestCase("2-4,6-8", 4, 6, "4-6")]
    [TestCase("2-4,6-8", 5, 5, "")]
    [TestCase("", 1, 3, "1-3")]
    public void Gaps_are_what_was_not_written(string written, long from, long to, string gaps)
    {
        var found = ExtentSet.Parse(written).Gaps(from, to);

        Assert.That(string.Join(',', found.Select(gap => $"{gap.From}-{gap.To}")), Is.EqualTo(gaps));
    }

    [TestCase(0, 2, 0)]
    [TestCase(2, 2, 4)]
    [TestCase(3, 3, 4)]
    [TestCase(4, 6, 4)]
    [TestCase(7, 7, 8)]
    [TestCase(8, null, 8)]
    public void The_next_written_and_the_next_unwritten_offset_are_found(long offset, long? nextIn, long nextOut)
    {
        var set = ExtentSet.Parse("2-4,6-8");

        Assert.That((set.NextIn(offset), set.NextOut(offset)), Is.EqualTo((nextIn, nextOut)));
    }

    [TestCase("3")]
    [TestCase("3-")]
    [TestCase("-3")]
    [TestCase("5-3")]
    [TestCase("3-3")]
    [TestCase("0-2,2-4", Description = "touching ranges are written as one")]
    [TestCase("4-6,0-2")]
    [TestCase("0-2,")]
    [TestCase(",")]
    [TestCase(" 0-2")]
    [TestCase("0-99999999999999999999")]
    public void What_nobody_wrote_is_refused(string text) =>
        Assert.That(() => ExtentSet.Parse(text), Throws.InstanceOf<FormatException>());

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Random_changes_are_those_of_an_array(int seed)
    {
        const int size = 120;
        var random = new Random(seed);
        var set = new ExtentSet();
        var model = new bool[size];

        for (var step = 0; step < 5000; step++)
        {
            var from = random.Next(size);
            var to = random.Next(from, Math.Min(size, from + 25) + 1);
            switch (random.Next(9))
            {
                case < 4:
                    set.Add(from, to);
                    model.AsSpan(from, to - from).Fill(true);
                    break;
                case < 8:
                    set.Remove(from, to);
                    model.AsSpan(from, to - from).Clear();
                    break;
                default:
                    set.Clip(to + size / 2);
                    model.AsSpan(Math.Min(size, to + size / 2)).Clear();
                    break;
            }

            Assert.That(IsSame(set, model), $"seed {seed}, step {step}: {set.ToText()}");
            Assert.That(ExtentSet.Parse(set.ToText()).Ranges.SequenceEqual(set.Ranges), $"seed {seed}, step {step}: {set.ToText()}");
        }
    }

    private static bool IsSame(ExtentSet set, bool[] model)
    {
        var size = model.Length;
        var shown = new bool[size];
        foreach (var extent in set.Ranges)
            shown.AsSpan((int)extent.From, (int)extent.Length).Fill(true);
        var covered = shown.ToArray();
        foreach (var gap in set.Gaps(0, size))
            covered.AsSpan((int)gap.From, (int)gap.Length).Fill(true);
        var isSame = shown.SequenceEqual(model) && !covered.Contains(false);
        isSame &= set.Gaps(0, size).Sum(gap => gap.Length) == model.Count(on => !on);
        isSame &= set.End == Array.LastIndexOf(model, true) + 1;
        for (var offset = 0; offset <= size; offset++)
        {
            var nextIn = Array.IndexOf(model, true, offset);
            var nextOut = Array.IndexOf(model, false, offset);
            isSame &= set.NextIn(offset) == (nextIn < 0 ? null : nextIn);
            isSame &= set.NextOut(offset) == (nextOut < 0 ? size : nextOut);
            isSame &= set.Contains(offset, size) == (nextOut < 0 || offset == size);
        }

        return isSame;
    }
}

using SynapseFs.Core.Reading;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

/// <summary>Which siblings are fetched ahead of a program that opens file after file.</summary>
internal sealed class ContentWindowTests
{
    private static readonly InodeNumber[] Files = [.. Enumerable.Range(10, 1000).Select(number => new InodeNumber((ulong)number))];

    [Test]
    public void A_thousand_files_in_order_are_handed_out_once_each_in_a_dozen_parts()
    {
        var window = new ContentWindow(Files);
        var parts = new List<int>();
        var handedOut = new HashSet<InodeNumber>();
        foreach (var file in Files)
        {
            var next = window.Opened(file, wasMissing: !handedOut.Contains(file));
            Assert.That(next.All(handedOut.Add));
            if (next.Count > 0)
                parts.Add(next.Count);
        }

        Assert.That(handedOut, Has.Count.EqualTo(998));
        Assert.That(parts[0], Is.EqualTo(16));
        Assert.That(parts, Has.Count.LessThanOrEqualTo(13).And.All.LessThanOrEqualTo(125));
    }

    [Test]
    public void One_file_and_what_is_cached_bring_nothing_along()
    {
        var window = new ContentWindow(Files);

        Assert.That(window.Opened(Files[0], wasMissing: true), Is.Empty);
        Assert.That(Files[1..50].SelectMany(file => window.Opened(file, wasMissing: false)), Is.Empty);
    }

    [Test]
    public void Who_jumps_about_brings_nothing_along()
    {
        var window = new ContentWindow(Files);

        Assert.That(Enumerable.Range(0, 100).SelectMany(i => window.Opened(Files[i * 37 % 1000], wasMissing: true)), Is.Empty);
    }

    /// <summary>As the chunks of a zarr array are read: 0, 1, 2 … where the listing has 0, 1, 10, 11 …, 2.</summary>
    [TestCase(30)]
    [TestCase(120)]
    [TestCase(900)]
    public void Who_follows_numbers_that_are_not_padded_finds_most_of_them_ahead(int chunks)
    {
        var listed = Enumerable.Range(0, chunks).OrderBy(chunk => $"{chunk}", StringComparer.Ordinal).ToList();
        var window = new ContentWindow([.. listed.Select(chunk => Files[chunk])]);
        var ahead = new HashSet<InodeNumber>();
        var found = 0;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            found += ahead.Contains(Files[chunk]) ? 1 : 0;
            ahead.UnionWith(window.Opened(Files[chunk], wasMissing: !ahead.Contains(Files[chunk])));
        }

        Assert.That(found, Is.GreaterThanOrEqualTo(chunks * 3 / 4));
    }

    [Test]
    public void Who_goes_backwards_or_in_several_threads_is_followed()
    {
        var window = new ContentWindow(Files);
        int[] order = [1, 0, 3, 2];

        Assert.That(order.SelectMany(i => window.Opened(Files[i], wasMissing: true)).First(), Is.EqualTo(Files[2]));
    }

    [Test]
    public void What_is_taken_back_is_handed_out_again()
    {
        var window = new ContentWindow(Files);
        window.Opened(Files[0], wasMissing: true);
        var first = window.Opened(Files[1], wasMissing: true);
        window.TakeBack(first[3]);

        Assert.That(window.Opened(Files[2], wasMissing: true)[0], Is.EqualTo(first[3]));
    }
}

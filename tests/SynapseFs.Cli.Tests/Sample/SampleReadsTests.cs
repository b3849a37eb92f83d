using SynapseFs.Cli.Sample;

namespace SynapseFs.Cli.Tests.Sample;

internal sealed class SampleReadsTests
{
    [Test]
    public void The_text_is_sorted_and_the_same_every_time()
    {
        var text = Text(300);
        var reads = text.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith('@')).Select(line => line.Split('\t')).ToList();
        var places = reads.Select(fields => (fields[2], int.Parse(fields[3], System.Globalization.CultureInfo.InvariantCulture))).ToList();

        Assert.That(reads, Has.Count.EqualTo(300));
        Assert.That(places, Is.Ordered);
        Assert.That(places.Select(place => place.Item1).Distinct(), Is.EqualTo(new[] { "chr1", "chr2", "chr3" }));
        Assert.That(reads.Select(fields => (fields[9].Length, fields[10].Length)), Is.All.EqualTo((100, 100)));
        Assert.That(Text(300), Is.EqualTo(text));
    }

    [Test]
    public async Task A_missing_program_is_named_with_the_remedy()
    {
        var options = new SampleOptions { Samtools = "no-such-samtools" };

        var problem = await SampleReads.WriteAsync("reads.bam", options, CancellationToken.None);

        Assert.That(problem, Does.Contain("no-such-samtools").And.Contain("install samtools"));
    }

    [Test]
    public async Task A_program_that_fails_is_reported_with_its_exit()
    {
        var options = new SampleOptions { Samtools = "false", Reads = 3 };

        Assert.That(await SampleReads.WriteAsync("reads.bam", options, CancellationToken.None), Does.StartWith("false sort failed"));
    }

    private static string Text(int reads)
    {
        using var writer = new StringWriter();
        SampleReads.WriteText(writer, reads);
        return writer.ToString();
    }
}

using System.IO.Compression;
using SynapseFs.Cli.Sample;

namespace SynapseFs.Cli.Tests.Sample;

internal sealed class SampleTextsTests
{
    [Test]
    public void The_matrix_has_a_hundred_rows_of_four_columns()
    {
        var rows = SampleTexts.Matrix().TrimEnd('\n').Split('\n');

        Assert.That(rows, Has.Length.EqualTo(100));
        Assert.That(rows.Select(row => row.Split('\t').Length), Is.All.EqualTo(4));
    }

    [Test]
    public void Awkward_names_are_of_every_kind_that_Synapse_takes()
    {
        Assert.That(SampleTexts.AwkwardNames, Is.Unique);
        Assert.That(SampleTexts.AwkwardNames.Select(name => name.Length), Does.Contain(255).And.Contain(256));
        Assert.That(SampleTexts.AwkwardNames.Where(name => name.Length > 256), Is.Empty);
        Assert.That(SampleTexts.AwkwardNames.Distinct(StringComparer.OrdinalIgnoreCase).Count(), Is.EqualTo(SampleTexts.AwkwardNames.Count - 1));
        foreach (var sign in "'+(), ")
            Assert.That(SampleTexts.AwkwardNames.Any(name => name.Contains(sign)), $"a name with '{sign}'");
    }

    [Test]
    public void The_gzip_holds_a_table()
    {
        using var gzip = new GZipStream(new MemoryStream(SampleTexts.CompressedGenes()), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);

        Assert.That(reader.ReadLine(), Is.EqualTo("gene\tchromosome\tstart\tend"));
        Assert.That(reader.ReadToEnd().TrimEnd('\n').Split('\n'), Has.Length.EqualTo(20_000));
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SynapseFs.Cli.Sample;

/// <summary>Contents and names of the small files. Pure.</summary>
internal static class SampleTexts
{
    public const string Readme = """
        # A sample project

        Made by `synapsefs serve --sample` through Synapse's REST interface, like anyone's project.

        - `matrix_100_by_4.tsv`: the matrix that Synapse's guides open with (syn1899498 in a fresh server)
        - `sizes/`: files from one byte to 200 MB
        - `genomics/`: an alignment with its index, if samtools was there when this was made, and a gzip
        - `names/`: names that scripts trip over
        - `versions/`, `annotations/`, `links/`, `access/`, `tables/`: one of each
        - `many/`: two thousand files
        - `nested/`: folders in folders

        """;

    /// <summary>Names that scripts trip over. Two differ by case alone, two have the greatest lengths.</summary>
    public static IReadOnlyList<string> AwkwardNames { get; } =
    [
        "with spaces.txt",
        "two  spaces in a row.txt",
        "plus+sign.txt",
        "apostrophe's.txt",
        "(parentheses).txt",
        "comma, and more.txt",
        "-dash-first.txt",
        ".hidden.txt",
        "..dots at both ends..",
        "dot at the end.",
        "A.txt",
        "a.txt",
        new string('n', 251) + ".txt",
        new string('m', 252) + ".txt",
    ];

    /// <summary>A hundred rows of four numbers, tab-delimited.</summary>
    public static string Matrix()
    {
        var text = new StringBuilder();
        for (var row = 0; row < 100; row++)
        {
            var cells = Enumerable.Range(row * 4 + 1, 4).Select(number => Math.Sin(number).ToString("F6", CultureInfo.InvariantCulture));
            text.AppendJoin('\t', cells).Append('\n');
        }
        return text.ToString();
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A table of invented genes, compressed.</summary>
    public static byte[] CompressedGenes()
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        using (var writer = new StreamWriter(gzip))
        {
            writer.Write("gene\tchromosome\tstart\tend\n");
            for (var gene = 0; gene < 20_000; gene++)
            {
                var start = gene * 137 % 900_000;
                writer.Write(string.Create(
                    CultureInfo.InvariantCulture, $"GENE{gene:D5}\tchr{gene % 3 + 1}\t{start}\t{start + gene % 1_000 + 1}\n"));
            }
        }
        return buffer.ToArray();
    }
}

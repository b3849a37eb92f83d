using SynapseFs.Cli.Output;
using SynapseFs.Cli.Sample;

namespace SynapseFs.Cli.Commands;

/// <summary>What a person may try in the demo's mount, as lines that work when pasted.</summary>
internal static class DemoSuggestions
{
    /// <param name="mountpoint">Where the projects are mounted.</param>
    /// <param name="hasSamtools">Whether the sample holds an alignment and the program to read it is there.</param>
    public static IReadOnlyList<DemoSuggestion> For(string mountpoint, bool hasSamtools)
    {
        var sample = $"{mountpoint}/{SampleOptions.ProjectName}";
        return
        [
            new("Look around; sizes, dates and permissions are Synapse's.", $"ls -l {ShellText.Quote(sample)}"),
            new("Use any tool on a plain path.", $"head -3 {ShellText.Quote($"{sample}/matrix_100_by_4.tsv")}"),
            hasSamtools
                ? new("Read one region of an alignment; only the bytes it needs are fetched.", $"samtools view -c {ShellText.Quote($"{sample}/genomics/reads.bam")} chr1:1000-2000")
                : new("Read a compressed file.", $"zcat {ShellText.Quote($"{sample}/genomics/genes.tsv.gz")} | head -3"),
            new("See annotations and facts as extended attributes.", $"getfattr -d {ShellText.Quote($"{sample}/annotations/every-type.txt")}"),
            new("Read an old version of a file, by a link that pins it.", $"cat {ShellText.Quote($"{sample}/links/to-a-version")} {ShellText.Quote($"{sample}/versions/notes.txt")}"),
        ];
    }
}

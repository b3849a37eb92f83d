namespace SynapseFs.Core.Reading;

/// <summary>
/// What the name of a file tells of how programs read it: the index beside it that they open next, and whether they look at its end first.
/// Only a guess what to fetch early; what is wrong with it costs bytes. Pure.
/// </summary>
internal static class FileFormats
{
    // Of each list the first that is there is the one that is opened: htslib looks for .csi before the older kinds.
    private static readonly (string Ending, string[][] Indexes)[] Indexed =
    [
        (".bam", [[".csi", ".bai"]]),
        (".cram", [[".crai"]]),
        (".bcf", [[".csi"]]),
        (".vcf", [[".idx"]]),
        (".fa.gz", [[".fai"], [".gzi"]]),
        (".fna.gz", [[".fai"], [".gzi"]]),
        (".fasta.gz", [[".fai"], [".gzi"]]),
        (".fa", [[".fai"]]),
        (".fna", [[".fai"]]),
        (".fasta", [[".fai"]]),
        // Whatever bgzip and tabix were used on: .vcf.gz, .bed.gz, .gff3.gz, .tsv.gz.
        (".gz", [[".csi", ".tbi"]]),
        (".bgz", [[".csi", ".tbi"]]),
    ];

    // A footer, a directory of what is inside, or the mark by which htslib knows that nothing was cut off.
    private static readonly string[] LookedAtFromTheEnd =
    [
        ".parquet", ".orc", ".arrow", ".feather",
        ".zip", ".npz", ".jar", ".whl", ".xlsx", ".docx", ".pptx", ".pt", ".pth",
        ".bam", ".cram",
    ];

    /// <summary>The names that indexes of a file have: one list for each index that is read, in the order in which they are tried.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> IndexesOf(string name)
    {
        foreach (var (ending, indexes) in Indexed)
        {
            if (HasEnding(name, ending))
                return [.. indexes.Select(kinds => NamesOf(name, ending, kinds))];
        }

        return [];
    }

    /// <summary>Whether programs read the end of such a file before most of the rest.</summary>
    public static bool IsLookedAtFromTheEnd(string name) => LookedAtFromTheEnd.Any(ending => HasEnding(name, ending));

    // reads.bam.bai, or reads.bai as Picard has it.
    private static List<string> NamesOf(string name, string ending, string[] kinds) => ending is ".bam" or ".cram"
        ? [.. kinds.SelectMany(kind => new[] { name + kind, name[..^ending.Length] + kind })]
        : [.. kinds.Select(kind => name + kind)];

    private static bool HasEnding(string name, string ending) =>
        name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}

using SynapseFs.Cli.Output;
using SynapseFs.Cli.Sample;

namespace SynapseFs.Cli.Commands;

/// <summary>What a person may try in the demo's mount, as lines that work when pasted, one after the other.</summary>
/// <param name="Mountpoint">Where the projects are mounted.</param>
/// <param name="Program">The program's own file.</param>
/// <param name="Configuration">The file that leads other commands to the demo's server.</param>
internal sealed record DemoSuggestions(string Mountpoint, string Program, string Configuration)
{
    /// <param name="hasSamtools">Whether the sample holds an alignment and the program to read it is there.</param>
    public IReadOnlyList<DemoSuggestion> List(bool hasSamtools) => [.. Reading(hasSamtools), .. Writing()];

    private IReadOnlyList<DemoSuggestion> Reading(bool hasSamtools) =>
    [
        new("Look around; sizes, dates and permissions are Synapse's.", $"ls -l {At("")}"),
        new("Use any tool on a plain path.", $"head -3 {At("matrix_100_by_4.tsv")}"),
        hasSamtools
            ? new(
                "Read one region of an alignment; only the bytes it needs are fetched.",
                $"samtools view -c {At("genomics/reads.bam")} chr1:1000-2000")
            : new("Read a compressed file.", $"zcat {At("genomics/genes.tsv.gz")} | head -3"),
        new("See annotations and facts as extended attributes.", $"getfattr -d {At("annotations/every-type.txt")}"),
        new("Read an old version of a file, by a link that pins it.", $"cat {At("links/to-a-version")} {At("versions/notes.txt")}"),
    ];

    private IReadOnlyList<DemoSuggestion> Writing()
    {
        var (own, wait) = (At("mine.txt"), $"{ShellText.Quote(Program)} wait");
        return
        [
            new("Copy a file in, and wait until Synapse has it.", $"cp /etc/os-release {own} && {wait} {own}"),
            new(
                "Change it: the same entity has a second version.",
                $"echo changed >> {own} && {wait} {own} && getfattr -n user.synapse.version {own}"),
            new(
                "Delete it: it stands in the trash, from where it can be had back.",
                $"rm {own} && {wait} {At("")} && {ShellText.Quote(Program)} trash list --config {ShellText.Quote(Configuration)}"),
        ];
    }

    private string At(string path) => ShellText.Quote(Path.Combine(Mountpoint, SampleOptions.ProjectName, path).TrimEnd('/'));
}

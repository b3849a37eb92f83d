using System.Globalization;
using SynapseFs.Conformance;
using SynapseFs.Core.Tests.Writing;
using SynapseFs.Testing.Reference;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reference;

/// <summary>Whatever is done to it, the engine answers and shows what a filesystem in memory does, and in the end the remote side has it.</summary>
internal sealed class EngineReferenceTests
{
    private const int MostSteps = 60;

    // Changes that rest meet what happens later in the journal, others on their way. Content is verified whole or block by block.
    private static readonly MountOptions ByBlocks = WritingRig.Resting with { WholeFetchLimit = 0 };

    private static IEnumerable<TestCaseData> Ways =>
    [
        Way("resting", 1, WritingRig.Resting, LineQuality.Good),
        Way("at once", 2, WritingRig.Options, LineQuality.Good),
        Way("block by block", 3, ByBlocks, LineQuality.Good),
        Way("bad", 4, WritingRig.Resting, LineQuality.Bad),
        Way("bad, at once", 5, WritingRig.Options, LineQuality.Bad),
        Way("slow", 6, WritingRig.Options, LineQuality.Slow),
        Way("very slow", 7, WritingRig.Options, LineQuality.VerySlow),
    ];

    // What was found before, and what it was.
    private static IEnumerable<TestCaseData> Found =>
    [
        Sequence("renamed back while the new name was on its way", WritingRig.Options,
            new MakeDirectoryStep("a"),
            new RenameStep("a", "b", RenameMode.Replace),
            new RenameStep("b", "a", RenameMode.Replace)),
        Sequence("exchanged for what stays here", WritingRig.Resting,
            new RemoteWriteStep("c", 65536, 200),
            new MakeDirectoryStep("a~"),
            new RenameStep("c", "a~", RenameMode.Exchange)),
        Sequence("its name taken between two looks of the plan", WritingRig.Resting,
            new MakeDirectoryStep("a"),
            new MakeDirectoryStep("a~"),
            new MakeDirectoryStep("a/a"),
            new SettleStep(),
            new SettleStep(),
            new RenameStep("a~", "a/a", RenameMode.Replace)),
    ];

    [TestCaseSource(nameof(Found))]
    public async Task What_was_different_once_is_so_no_more(MountOptions options, TreeStep[] steps)
    {
        // Threads raced.
        for (var attempt = 0; attempt < 50; attempt++)
            await ReferenceCheck.ReplayAsync(() => new EngineSurface(options), Looking.AfterEachStep, steps);
    }

    [TestCaseSource(nameof(Ways))]
    public Task The_engine_does_what_the_reference_does(int seed, MountOptions options, LineQuality quality) =>
        ReferenceCheck.RunAsync(() => new EngineSurface(options, quality), seed, sequences: 60, MostSteps);

    [TestCaseSource(nameof(Ways))]
    [Explicit("Searches for as long as SYNAPSEFS_SEARCH_SECONDS says, from the seed SYNAPSEFS_SEARCH_SEED on.")]
    public Task Other_sequences_show_no_difference_either(int seed, MountOptions options, LineQuality quality) =>
        ReferenceCheck.SearchAsync(
            () => new EngineSurface(options, quality), Setting("SYNAPSEFS_SEARCH_SEED", 1000 * seed),
            TimeSpan.FromSeconds(Setting("SYNAPSEFS_SEARCH_SECONDS", 60)), MostSteps, tries: 20);

    private static TestCaseData Way(string name, int seed, MountOptions options, LineQuality quality) =>
        new TestCaseData(seed, options, quality).SetArgDisplayNames(name);

    private static TestCaseData Sequence(string name, MountOptions options, params TreeStep[] steps) =>
        new TestCaseData(options, steps).SetArgDisplayNames(name);

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : otherwise;
}

using System.Globalization;
using SynapseFs.Conformance;
using SynapseFs.Core.Tests.Writing;

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

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : otherwise;
}

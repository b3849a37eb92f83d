using System.Globalization;
using SynapseFs.Conformance;

namespace SynapseFs.EndToEnd.Tests.ReferenceModel;

/// <summary>The filesystem in memory that everything is held against, held against Linux; and a real mount held against it.</summary>
internal sealed class MountReferenceTests
{
    [TestCase(1)]
    [TestCase(2)]
    public async Task The_disk_does_what_the_reference_does(int seed)
    {
        if (!await DiskSurface.CanAllocateAsync())
            Assert.Ignore("The filesystem of the temporary directory (tmpfs?) cannot zero a range.");

        await ReferenceCheck.RunAsync(() => new DiskSurface(), seed, sequences: 100, mostSteps: 60);
    }

    [Test]
    public async Task The_mount_does_what_the_reference_does()
    {
        await using var stage = await MountStage.StartAsync();
        await ReferenceCheck.RunAsync(() => new MountSurface(stage), seed: 1, sequences: 20, mostSteps: 40);
    }

    [Test]
    [Explicit("Searches for as long as SYNAPSEFS_SEARCH_SECONDS says, from the seed SYNAPSEFS_SEARCH_SEED on.")]
    public async Task Other_sequences_show_no_difference_either()
    {
        await using var stage = await MountStage.StartAsync();
        await ReferenceCheck.SearchAsync(
            () => new MountSurface(stage), Setting("SYNAPSEFS_SEARCH_SEED", 1000),
            TimeSpan.FromSeconds(Setting("SYNAPSEFS_SEARCH_SECONDS", 60)), mostSteps: 40, tries: 5);
    }

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : otherwise;
}

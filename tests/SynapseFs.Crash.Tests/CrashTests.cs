using System.Globalization;
using SynapseFs.Core;
using SynapseFs.Crash.Tests.Running;

namespace SynapseFs.Crash.Tests;

/// <summary>
/// Kills of the mounting program while it is busy. SYNAPSEFS_CRASH_KILLS says how many each test makes, SYNAPSEFS_CRASH_SEED draws others;
/// `scripts/crash` sets both.
/// </summary>
internal sealed class CrashTests
{
    private const int KillsOfLiar = 60;
    // Some kills hit a moment at which everything was sent and nobody waited.
    private const double LeastAtRisk = 0.7;
    private const int KillsThatPassEverything = 100;

    private static readonly int Kills = FromEnvironment("SYNAPSEFS_CRASH_KILLS", 110);
    private static readonly int Seed = FromEnvironment("SYNAPSEFS_CRASH_SEED", 1);

    [Test]
    public async Task A_killed_program_loses_tears_and_doubles_nothing()
    {
        await using var loop = await CrashLoop.StartAsync(new PlainDisk(), Seed);
        Judge(await loop.RunAsync(Kills, Tell));
    }

    [Test]
    public async Task A_power_failure_loses_tears_and_doubles_nothing()
    {
        await using var loop = await CrashLoop.StartAsync(await CuttableDisk.StartAsync(lies: false), Seed);
        Judge(await loop.RunAsync(Kills, Tell));
    }

    [Test]
    public async Task A_disk_that_lies_about_its_syncs_is_found_out()
    {
        await using var loop = await CrashLoop.StartAsync(await CuttableDisk.StartAsync(lies: true), Seed);
        var report = await loop.RunAsync(KillsOfLiar, Tell);
        Assert.That(report.Complaints, Is.Not.Empty, "a disk that loses what was synced has to cost something, or the loop sees nothing");
    }

    private static void Judge(CrashReport report)
    {
        TestContext.Out.WriteLine(report);
        Assert.That(report.Complaints, Is.Empty, $"seed {Seed}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Kills, Is.GreaterThanOrEqualTo(Kills));
            Assert.That(report.AtRisk, Is.GreaterThanOrEqualTo(LeastAtRisk * report.Kills), "kills that hit something at risk");
            Assert.That(report.Drains, Is.GreaterThan(report.Kills / 10), "comparisons with the server");
            if (report.Kills >= KillsThatPassEverything)
                Assert.That(report.Passed.Where(point => point.Value > 0).Select(point => point.Key), Is.EquivalentTo(Enum.GetValues<JournalPoint>()));
        }
    }

    private static void Tell(string text) => TestContext.Progress.WriteLine(text);

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

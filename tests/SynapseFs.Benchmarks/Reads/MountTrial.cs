using SynapseFs.Benchmarks.Reporting;
using SynapseFs.Benchmarks.Yardsticks;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>From the command to the mount, and what the idle daemon holds.</summary>
internal static class MountTrial
{
    private const string Scenario = "mount";

    /// <summary>More than of the costly ones, since one is over in a tenth of a second.</summary>
    private const int Times = 3;

    public static async Task RunAsync(ReadWorld world, Report report, int rounds)
    {
        report.Say(Scenario);
        for (var round = 0; round < rounds * Times; round++)
        {
            var mount = await world.MountAsync($"idle-{round}", "--read-only");
            report.Add(Scenario, "start to mounted, ms", mount.Mounting.TotalMilliseconds, Target.Within(150));
            _ = Directory.GetFileSystemEntries(Path.GetDirectoryName(mount.File)!);
            report.Add(Scenario, "resident when idle, MiB", ProcessFacts.Status(mount.ProcessId, "VmRSS") / 1048576.0, Target.Within(60));
            await mount.EndAndForgetAsync();
        }
    }
}

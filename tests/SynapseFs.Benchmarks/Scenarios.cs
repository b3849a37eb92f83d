using System.Runtime.InteropServices;
using SynapseFs.Benchmarks.Listings;
using SynapseFs.Benchmarks.Reads;
using SynapseFs.Benchmarks.Reporting;
using SynapseFs.Benchmarks.Writes;
using SynapseFs.Benchmarks.Yardsticks;

namespace SynapseFs.Benchmarks;

/// <summary>The whole benchmark: every scenario of the mounted program beside its yardsticks, or one part of them.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<string> Parts { get; } = ["mount", "cold", "warm", "small-files", "list", "write-large", "write-small"];

    /// <param name="program">synapsefs.</param>
    /// <param name="parts">Some of <see cref="Parts"/>.</param>
    /// <param name="rounds">How often each is measured; what counts only, or takes minutes, less.</param>
    public static async Task<Report> RunAsync(string program, IReadOnlyCollection<string> parts, int rounds)
    {
        var rclone = await RcloneMount.VersionAsync() ?? "no rclone";
        var report = new Report($"{rounds} rounds on {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {rclone}");
        if (parts.Any(part => part is "mount" or "cold" or "warm"))
            await ReadAsync(program, parts, report, rounds);
        if (parts.Contains("small-files"))
            await SmallFilesTrial.RunAsync(program, report, rounds);
        if (parts.Contains("list"))
            await ListingTrial.RunAsync(program, report, rounds);
        if (parts.Contains("write-large"))
            await WriteTrial.LargeAsync(program, report, rounds);
        if (parts.Contains("write-small"))
            await WriteTrial.SmallAsync(program, report);
        return report;
    }

    private static async Task ReadAsync(string program, IReadOnlyCollection<string> parts, Report report, int rounds)
    {
        report.Say("a server with a file of 1 GiB");
        await using var world = await ReadWorld.StartAsync(program);
        if (parts.Contains("mount"))
            await MountTrial.RunAsync(world, report, rounds);
        if (parts.Contains("cold"))
            await new ColdTrial(world, report, rounds).RunAsync();
        if (parts.Contains("warm"))
            await new WarmTrial(world, report, rounds).RunAsync();
    }
}

using System.Diagnostics;
using SynapseFs.Benchmarks.Reporting;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Writes;

/// <summary>
/// What writing costs: a file of 1 GiB written and synced, beside the same on the disk that the cache lies on, in turns; the same file copied
/// within the mount; and many small files on their way to a server whose answers take a while.
/// </summary>
internal static class WriteTrial
{
    private const long Length = 1L << 30;
    private const int SmallFiles = 500;
    private const int SmallLength = 20 << 10;

    // A round is short, and a virtual disk is moody.
    private const int Times = 2;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(30);

    public static async Task LargeAsync(string program, Report report, int rounds)
    {
        const string Scenario = "1 GiB copied in";
        report.Say(Scenario);
        using var directory = new TemporaryDirectory();
        var source = directory.Combine("source");
        _ = (await Command.ShellAsync($"head -c {Length} /dev/urandom > '{source}'")).Text;
        await using var mount = await WritableMount.StartAsync(directory, program, "1h");
        _ = await WriteAsync(source, Path.Combine(mount.Path, "large"));
        for (var round = 0; round < rounds * Times; round++)
        {
            // What comes second finds a disk that is still busy with the first: each is that in every other round.
            var isDiskFirst = round % 2 == 0;
            var first = await WriteAndDeleteAsync(source, isDiskFirst ? directory.Combine("plain") : Path.Combine(mount.Path, "again"));
            var second = await WriteAndDeleteAsync(source, isDiskFirst ? Path.Combine(mount.Path, "again") : directory.Combine("plain"));
            var (disk, mounted) = isDiskFirst ? (first, second) : (second, first);
            report.Add(Scenario, "mount, MB/s", Length / 1e6 / mounted.TotalSeconds);
            report.Add(Scenario, "mount / disk", disk / mounted);
        }

        var upload = await TimeAsync(mount.WaitAsync);
        report.Add(Scenario, "sent to the server afterwards, MB/s", Length / 1e6 / upload.TotalSeconds);
        report.AddMemory(Scenario, mount.LargestMemory);
        await CopyAsync(mount, report);
    }

    private static async Task CopyAsync(WritableMount mount, Report report)
    {
        const string Scenario = "1 GiB copied within the mount";
        var before = await mount.Server.TotalsAsync();
        var copy = await TimeAsync(async () =>
            _ = (await Command.RunAsync("cp", [Path.Combine(mount.Path, "large"), Path.Combine(mount.Path, "copy")])).Text);
        await mount.WaitAsync();
        var after = await mount.Server.TotalsAsync();
        report.Add(Scenario, "cp, ms", copy.TotalMilliseconds);
        report.Add(Scenario, "content sent, bytes", after.BytesReceived - before.BytesReceived);
        report.Add(Scenario, "calls", after.Calls - before.Calls);
    }

    public static async Task SmallAsync(string program, Report report)
    {
        const string Scenario = "500 × 20 KiB copied in, 30 ms";
        report.Say($"{Scenario}: some four minutes, at the pace that Synapse permits");
        using var directory = new TemporaryDirectory();
        await using var mount = await WritableMount.StartAsync(directory, program, "1s");
        await mount.Server.ShapeAsync(Latency, null);
        var disk = await WriteSmallAsync(Directory.CreateDirectory(directory.Combine("plain")).FullName, syncs: true);
        var before = await mount.Server.TotalsAsync();
        var clock = Stopwatch.StartNew();
        var written = await WriteSmallAsync(mount.Path, syncs: false);
        await mount.WaitAsync();
        var minutes = clock.Elapsed.TotalMinutes;
        var after = await mount.Server.TotalsAsync();
        var calls = after.Calls - before.Calls;
        report.Add(Scenario, "written and closed, files/s", SmallFiles / written.TotalSeconds);
        report.Add(Scenario, "mount / disk with an fsync each", disk / written);
        report.Add(Scenario, "all at the server after, minutes", minutes);
        report.Add(Scenario, "calls a file", (double)calls / SmallFiles);
        report.Add(Scenario, "transfers a file", (double)(after.Transfers - before.Transfers) / SmallFiles);
        report.Add(Scenario, "calls a minute, of the 600 permitted", calls / minutes);
        report.Add(Scenario, "calls refused as too many", after.Throttled - before.Throttled, Target.AtMost(0));
        report.AddMemory(Scenario, mount.LargestMemory);
    }

    // A close on the mount means that the bytes are safe; on the disk only a sync does.
    private static async Task<TimeSpan> WriteSmallAsync(string folder, bool syncs)
    {
        var bytes = new byte[SmallLength];
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < SmallFiles; number++)
        {
            new Random(number).NextBytes(bytes);
            await using var file = File.Create(Path.Combine(folder, $"small-{number:000}"));
            await file.WriteAsync(bytes);
            file.Flush(flushToDisk: syncs);
        }

        return clock.Elapsed;
    }

    private static async Task<TimeSpan> WriteAndDeleteAsync(string source, string target)
    {
        var elapsed = await WriteAsync(source, target);
        File.Delete(target);
        _ = (await Command.RunAsync("sync", [])).Text;
        return elapsed;
    }

    private static Task<TimeSpan> WriteAsync(string source, string target) => TimeAsync(async () =>
        _ = (await Command.RunAsync("dd", [$"if={source}", $"of={target}", "bs=1M", "conv=fsync"])).Text);

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed;
    }
}

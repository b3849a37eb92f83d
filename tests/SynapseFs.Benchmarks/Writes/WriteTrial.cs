using System.Diagnostics;
using System.Globalization;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Writes;

/// <summary>
/// What writing costs: a file of 1 GiB written and synced, beside the same on the disk that the cache lies on, in turns; the same file copied
/// within the mount; and many small files on their way to a server whose answers take a while.
/// </summary>
internal static class WriteTrial
{
    private const int Rounds = 10;
    private const int SmallFiles = 500;
    private const int SmallLength = 20 << 10;
    private const double MiB = 1048576;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(30);

    public static async Task LargeAsync(string program, TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        var source = directory.Combine("source");
        _ = (await Command.ShellAsync($"head -c 1073741824 /dev/urandom > '{source}'")).Text;
        using var mount = await WritableMount.StartAsync(directory, program, "1h");
        var idle = await mount.MemoryAsync("VmRSS");
        var ratios = new List<double>();
        await output.WriteLineAsync($"1 GiB written by dd conv=fsync, {Rounds} rounds, disk and mount in turns (nothing is sent meanwhile)");
        var kept = Path.Combine(mount.Path, "large");
        _ = await WriteAsync(source, kept);
        for (var round = 0; round < Rounds; round++)
        {
            // What comes second finds a disk that is still busy with the first: each is that in every other round.
            var isDiskFirst = round % 2 == 0;
            var first = await WriteAndDeleteAsync(source, isDiskFirst ? directory.Combine("plain") : Path.Combine(mount.Path, "again"));
            var second = await WriteAndDeleteAsync(source, isDiskFirst ? Path.Combine(mount.Path, "again") : directory.Combine("plain"));
            var (disk, mounted) = isDiskFirst ? (first, second) : (second, first);
            ratios.Add(mounted / disk);
            Say(output, $"  disk {disk.TotalSeconds,6:0.00} s   mount {mounted.TotalSeconds,6:0.00} s   ratio {mounted / disk,5:0.00}");
        }

        ratios.Sort();
        Say(output, $"  ratio: minimum {ratios[0]:0.00}, median {(ratios[(ratios.Count - 1) / 2] + ratios[ratios.Count / 2]) / 2:0.00}, maximum {ratios[^1]:0.00}");
        Say(output, $"  the daemon's memory: {idle / MiB:0} MiB before, {await mount.MemoryAsync("VmRSS") / MiB:0} MiB after, {await mount.MemoryAsync("VmHWM") / MiB:0} MiB at most");
        await CopyAsync(mount, output);
    }

    private static async Task CopyAsync(WritableMount mount, TextWriter output)
    {
        var upload = await TimeAsync(mount.WaitAsync);
        var before = await mount.TotalsAsync();
        var copy = await TimeAsync(async () =>
            _ = (await Command.RunAsync("cp", [Path.Combine(mount.Path, "large"), Path.Combine(mount.Path, "copy")])).Text);
        var send = await TimeAsync(mount.WaitAsync);
        var after = await mount.TotalsAsync();
        Say(output, $"1 GiB sent in {upload.TotalSeconds:0.0} s ({1024 / upload.TotalSeconds:0} MiB/s); the daemon's memory {await mount.MemoryAsync("VmHWM") / MiB:0} MiB at most");
        Say(output, $"cp of it within the mount: {copy.TotalMilliseconds:0} ms, at the server after {send.TotalSeconds:0.0} s more; {after.BytesReceived - before.BytesReceived} bytes of content moved, {after.Calls - before.Calls} calls");
    }

    public static async Task SmallAsync(string program, TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        using var mount = await WritableMount.StartAsync(directory, program, "1s");
        await mount.DelayAsync(Latency);
        var before = await mount.TotalsAsync();
        var bytes = new byte[SmallLength];
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < SmallFiles; number++)
        {
            new Random(number).NextBytes(bytes);
            await File.WriteAllBytesAsync(Path.Combine(mount.Path, $"small-{number:000}"), bytes);
        }

        var written = clock.Elapsed;
        await mount.WaitAsync();
        var elapsed = clock.Elapsed;
        var after = await mount.TotalsAsync();
        var calls = after.Calls - before.Calls;
        Say(output, $"{SmallFiles} files of {SmallLength >> 10} KiB, every answer {Latency.TotalMilliseconds:0} ms late: written after {written.TotalSeconds:0.0} s, all at the server after {elapsed.TotalSeconds:0.0} s");
        Say(output, $"  {(double)calls / SmallFiles:0.00} calls and {(double)(after.Transfers - before.Transfers) / SmallFiles:0.00} transfers a file; {calls / elapsed.TotalMinutes:0} calls a minute of the 600 that Synapse permits, {after.Throttled - before.Throttled} refused as too many");
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

    private static void Say(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

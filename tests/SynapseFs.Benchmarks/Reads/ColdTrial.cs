using System.Diagnostics;
using SynapseFs.Benchmarks.Reporting;
using SynapseFs.Benchmarks.Servers;
using SynapseFs.Benchmarks.Yardsticks;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>
/// A file of 1 GiB that is not cached: its first byte, places here and there, and all of it in sequence, beside curl and rclone on the same
/// server. Ratios are taken within a round, whose order turns from round to round.
/// </summary>
internal sealed class ColdTrial(ReadWorld world, Report report, int rounds)
{
    private const int Connections = 8;
    private const int SmallReads = 200;
    private const int MiddleReads = 100;
    private static readonly Shape[] Shapes =
    [
        new("0 ms", null, null, 0.80, 2), new("30 ms, 100 MB/s", TimeSpan.FromMilliseconds(30), 100_000_000, 0.95, 3),
    ];

    // Each with rows of its own; another way of reading is another entry.
    private static readonly Variant[] Variants = [new("mount", []), new("mount --verify after", ["--verify", "after"])];

    public async Task RunAsync()
    {
        var rclone = await RcloneMount.VersionAsync();
        foreach (var shape in Shapes)
        {
            for (var round = 0; round < rounds; round++)
            {
                report.Say($"cold, {shape.Name}: round {round + 1} of {rounds}");
                await world.Server.ShapeAsync(null, null);
                var id = await FirstAsync(shape, round);
                await using var door = await FileDoor.OpenAsync(ReadWorld.Length, ServerProcess.FreePort(), () => world.UrlAsync(id));
                await SequenceAsync(shape, round, id, rclone is null ? null : door);
            }

            if (rclone is null)
                report.Miss($"1 GiB cold, {shape.Name}", "rclone mount", "not installed");
        }

        await world.Server.ShapeAsync(null, null);
    }

    private async Task<string> FirstAsync(Shape shape, int round)
    {
        var scenario = $"first byte, {shape.Name}";
        var mount = await world.MountAsync($"first-{round}", "--read-only");
        _ = new FileInfo(mount.File).Length;
        var id = await mount.AttributeAsync("user.synapse.id");
        await RawAsync(id);
        await world.Server.ShapeAsync(shape.Delay, shape.BytesPerSecond);
        var raw = await RawAsync(id);
        var before = await world.Server.TotalsAsync();
        var first = Reader.FirstByte(mount.File);
        var after = await world.Server.TotalsAsync();
        report.Add(scenario, "mount, ms", first.TotalMilliseconds);
        report.Add(scenario, "one call and one transfer by themselves, ms", raw.TotalMilliseconds);
        report.Add(scenario, "mount beyond these, ms", (first - raw).TotalMilliseconds, Target.Within(5));
        report.Add(scenario, "calls", after.Calls - before.Calls, Target.AtMost(1));
        report.Add(scenario, "fetched, KiB", (after.BytesSent - before.BytesSent) / 1024.0);
        await RandomAsync(mount, shape, 4096, SmallReads, round + 100, Target.AtMost(16));
        await RandomAsync(mount, shape, 65536, MiddleReads, round + 200, null);
        report.AddMemory($"random cold, {shape.Name}", mount.LargestMemory);
        await mount.EndAndForgetAsync();
        return id;
    }

    // What nobody can do without: the address, and the first block by it. Connections stand already, as the mount's do.
    private async Task<TimeSpan> RawAsync(string id)
    {
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Get, await world.UrlAsync(id));
        request.Headers.Range = new(0, (64 << 10) - 1);
        using var response = await world.Http.SendAsync(request);
        _ = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return clock.Elapsed;
    }

    private async Task RandomAsync(ReadMount mount, Shape shape, int size, int count, int seed, Target? target)
    {
        var before = (await world.Server.TotalsAsync()).BytesSent;
        var took = Reader.AtRandom(mount.File, size, count, seed);
        var scenario = $"random cold, {shape.Name}";
        report.Add(scenario, $"{size >> 10} KiB: fetched / asked", ((await world.Server.TotalsAsync()).BytesSent - before) / (double)((long)count * size), target);
        report.Add(scenario, $"{size >> 10} KiB: ms a read", took.TotalMilliseconds / count);
    }

    private async Task SequenceAsync(Shape shape, int round, string id, FileDoor? door)
    {
        var scenario = $"1 GiB cold, {shape.Name}";
        await world.Server.ShapeAsync(shape.Delay, shape.BytesPerSecond);
        var times = new Dictionary<string, TimeSpan>();
        List<(string Name, Func<Task<TimeSpan>> Read)> turns =
        [
            .. Variants.Select(one => (one.Name, (Func<Task<TimeSpan>>)(() => MountedAsync(scenario, one, round)))),
            ("curl", () => CurlAsync(id, 1, null)),
            ($"curl, {Connections} ranges", () => CurlAsync(id, Connections, null)),
            ($"curl, {Connections} ranges to disk", () => CurlAsync(id, Connections, world.Folder("curl"))),
        ];
        if (door is not null)
            turns.Add(("rclone mount", () => RcloneAsync(scenario, shape, door, round)));
        for (var turn = 0; turn < turns.Count; turn++)
        {
            var (name, read) = turns[(turn + round) % turns.Count];
            // What the one before left to be written is not the next one's burden.
            _ = (await Command.RunAsync("sync", [])).Text;
            times[name] = await read();
        }

        foreach (var (name, _) in turns)
            report.Add(scenario, $"{name}, MB/s", ReadWorld.Length / 1e6 / times[name].TotalSeconds);
        foreach (var one in Variants)
        {
            Ratio($"curl, {Connections} ranges", Target.AtLeast(shape.OfCurl));
            Ratio($"curl, {Connections} ranges to disk", null);
            if (door is not null)
                Ratio("rclone mount", Target.AtLeast(shape.OfRclone));

            void Ratio(string yardstick, Target? target) =>
                report.Add(scenario, $"{one.Name} / {yardstick}", times[yardstick] / times[one.Name], target);
        }
    }

    private async Task<TimeSpan> MountedAsync(string scenario, Variant variant, int round)
    {
        var mount = await world.MountAsync($"all-{round}", ["--read-only", .. variant.Options]);
        _ = new FileInfo(mount.File).Length;
        var before = (await world.Server.TotalsAsync()).BytesSent;
        var processor = ProcessFacts.ProcessorSeconds(mount.ProcessId);
        var took = Reader.InSequence(mount.File);
        report.Add(scenario, $"{variant.Name}: processor until the last byte, s", ProcessFacts.ProcessorSeconds(mount.ProcessId) - processor);
        report.Add(scenario, $"{variant.Name}: fetched / read", ((await world.Server.TotalsAsync()).BytesSent - before) / (double)ReadWorld.Length);
        report.AddMemory(scenario, mount.LargestMemory);
        await mount.EndAndForgetAsync();
        return took;
    }

    private async Task<TimeSpan> CurlAsync(string id, int connections, string? folder) =>
        await Curl.FetchAsync(await world.UrlAsync(id), ReadWorld.Length, connections, folder);

    private async Task<TimeSpan> RcloneAsync(string scenario, Shape shape, FileDoor door, int round)
    {
        var folder = world.Folder($"rclone-{round}");
        TimeSpan took;
        await using (var mount = await RcloneMount.StartAsync(door.Url, folder))
        {
            report.Add($"first byte, {shape.Name}", "rclone mount, ms", Reader.FirstByte(mount.File).TotalMilliseconds);
        }

        Directory.Delete(folder, recursive: true);
        await using (var mount = await RcloneMount.StartAsync(door.Url, folder))
        {
            took = Reader.InSequence(mount.File);
            report.Add(scenario, "rclone: memory at most, MiB", mount.LargestMemory() / 1048576.0);
        }

        Directory.Delete(folder, recursive: true);
        return took;
    }

    private sealed record Shape(string Name, TimeSpan? Delay, long? BytesPerSecond, double OfCurl, double OfRclone);

    private sealed record Variant(string Name, string[] Options);
}

using System.Diagnostics;
using System.Globalization;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>
/// Reading one file of 1 GiB through a mount: from the cache beside the disk below, and from the server beside curl with eight ranges at a
/// time. Rounds in turn, so that the machine's moods fall on all alike; told are ratios of medians' pairs, never of different rounds.
/// </summary>
internal sealed class ReadTrial(ReadWorld world, int rounds, TextWriter output)
{
    private const int Connections = 8;
    private const int SmallReads = 4000;
    private const int MiddleReads = 1500;
    private static readonly DateTime Sealed = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static async Task RunAsync(string program, string what, int rounds, TextWriter output)
    {
        using var world = await ReadWorld.StartAsync(program);
        var trial = new ReadTrial(world, rounds, output);
        if (what is "all" or "cold")
        {
            await trial.ColdAsync("0 ms", null, null);
            await trial.ColdAsync("30 ms, 100 MB/s a connection", TimeSpan.FromMilliseconds(30), 100_000_000);
            await world.ShapeAsync(null, null);
        }

        if (what is "all" or "warm")
            await trial.WarmAsync();
    }

    private async Task WarmAsync()
    {
        var filling = await world.MountAsync("warm");
        Reader.InSequence(filling.File);
        await WhenSealedAsync(filling);
        await filling.EndAsync();
        foreach (var (name, options) in new (string, string[])[]
        {
            ("passthrough", ["--read-only"]), ("no passthrough", ["--read-only", "--no-passthrough"]),
        })
        {
            var mount = await world.MountAsync("warm", options);
            var table = new Table(output, $"warm, {name}: of the disk's speed", rounds);
            await WarmRoundAsync(mount, table, 0);
            table.Clear();
            for (var round = 1; round <= rounds; round++)
                await WarmRoundAsync(mount, table, round);
            table.Add("daemon's memory at most, MiB", mount.Memory("VmHWM") / 1048576.0);
            table.Write();
            await mount.EndAsync();
        }
    }

    private async Task WarmRoundAsync(ReadMount mount, Table table, int round)
    {
        await RatioAsync(table, mount, "in sequence, pages dropped", Reader.InSequence, drop: true);
        await RatioAsync(table, mount, "hot", Reader.InSequence, drop: false);
        await RatioAsync(table, mount, "4 KiB at random, pages dropped", path => Reader.AtRandom(path, 4096, SmallReads, round), drop: true);
        await RatioAsync(table, mount, "64 KiB at random, pages dropped", path => Reader.AtRandom(path, 65536, MiddleReads, round), drop: true);
        await Reader.DropPagesAsync(mount.File);
        var calls = mount.ReadCalls();
        Reader.AtRandom(mount.File, 4096, SmallReads, round);
        table.Add("daemon's read calls a 4 KiB read", (mount.ReadCalls() - calls) / (double)SmallReads);
    }

    // The order changes from round to round.
    private async Task RatioAsync(Table table, ReadMount mount, string name, Func<string, TimeSpan> read, bool drop)
    {
        var times = new Dictionary<string, TimeSpan>();
        string[] paths = table.Count(name) % 2 == 0 ? [world.Native, mount.File] : [mount.File, world.Native];
        foreach (var path in paths)
        {
            if (drop)
                await Reader.DropPagesAsync(path, path == world.Native ? path : mount.CachedFile);
            times[path] = read(path);
        }

        table.Add(name, times[world.Native] / times[mount.File]);
    }

    private async Task ColdAsync(string name, TimeSpan? delay, long? bytesPerSecond)
    {
        var table = new Table(output, $"cold, {name}", rounds);
        for (var round = 0; round < rounds; round++)
        {
            await world.ShapeAsync(null, null);
            var mount = await world.MountAsync($"cold-{name.Length}-{round}", "--read-only");
            _ = new FileInfo(mount.File).Length;
            var id = await mount.AttributeAsync("user.synapse.id");
            await world.ShapeAsync(delay, bytesPerSecond);
            table.Add("mounting, ms", mount.Mounting.TotalMilliseconds);
            table.Add("memory after mounting, MiB", mount.Memory("VmRSS") / 1048576.0);

            var before = await world.BytesSentAsync();
            table.Add("first byte, ms", Reader.FirstByte(mount.File).TotalMilliseconds);
            var firstBytes = await world.BytesSentAsync() - before;
            table.Add("bytes fetched for the first, KiB", firstBytes / 1024.0);
            const int Few = 200;
            before = await world.BytesSentAsync();
            Reader.AtRandom(mount.File, 4096, Few, round + 100);
            table.Add("4 KiB at random: fetched / asked", (await world.BytesSentAsync() - before) / (Few * 4096.0));
            await mount.EndAsync();

            mount = await world.MountAsync($"cold-{name.Length}-{round}-all", "--read-only");
            _ = new FileInfo(mount.File).Length;
            before = await world.BytesSentAsync();
            var parallel = await CurlAsync(await world.UrlAsync(id), Connections);
            var single = await CurlAsync(await world.UrlAsync(id), 1);
            // The server counts a request when it has ended on its side too.
            if (!await Eventually.HoldsAsync(async () => await world.BytesSentAsync() - before >= 2 * ReadWorld.Length, TimeSpan.FromSeconds(30)))
                throw new InvalidOperationException("The server did not count what curl fetched.");
            before = await world.BytesSentAsync();
            var processor = mount.ProcessorSeconds();
            var read = Reader.InSequence(mount.File);
            table.Add("daemon's processor seconds", mount.ProcessorSeconds() - processor);
            table.Add("mount, MB/s", Megabytes(read));
            table.Add($"curl, {Connections} ranges, MB/s", Megabytes(parallel));
            table.Add("curl, MB/s", Megabytes(single));
            table.Add($"mount of curl with {Connections} ranges", parallel / read);
            table.Add("fetched / read", (await world.BytesSentAsync() - before) / (double)ReadWorld.Length);
            table.Add("daemon's memory at most, MiB", mount.Memory("VmHWM") / 1048576.0);
            await mount.EndAsync();
            Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(mount.CachedFile)!)!)!, recursive: true);
        }

        table.Write();
    }

    private static async Task<TimeSpan> CurlAsync(string url, int connections)
    {
        var clock = Stopwatch.StartNew();
        var step = ReadWorld.Length / connections;
        var runs = Enumerable.Range(0, connections).Select(number => Command.RunAsync(
            "curl", ["-sf", "-o", "/dev/null", "-r", string.Create(CultureInfo.InvariantCulture, $"{number * step}-{(number + 1) * step - 1}"), url]));
        foreach (var result in await Task.WhenAll(runs))
            _ = result.Text;
        return clock.Elapsed;
    }

    private static async Task WhenSealedAsync(ReadMount mount)
    {
        if (!await Eventually.HoldsAsync(() => File.GetLastWriteTimeUtc(mount.CachedFile) == Sealed, TimeSpan.FromMinutes(2)))
            throw new InvalidOperationException($"{mount.CachedFile} was not sealed.");
    }

    private static double Megabytes(TimeSpan time) => ReadWorld.Length / 1e6 / time.TotalSeconds;
}

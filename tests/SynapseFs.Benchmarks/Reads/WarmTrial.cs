using SynapseFs.Benchmarks.Reporting;
using SynapseFs.Benchmarks.Servers;
using SynapseFs.Benchmarks.Yardsticks;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>A file of 1 GiB that is completely cached, read through a mount beside the same bytes on the disk below; and through rclone's.</summary>
internal sealed class WarmTrial(ReadWorld world, Report report, int rounds)
{
    private const int SmallReads = 4000;
    private const int MiddleReads = 1500;
    private static readonly DateTime Sealed = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public async Task RunAsync()
    {
        var filling = await world.MountAsync("warm");
        var id = await filling.AttributeAsync("user.synapse.id");
        Reader.InSequence(filling.File);
        await WhenSealedAsync(filling);
        await filling.EndAsync();
        foreach (var (name, target, options) in new (string, double, string[])[]
        {
            ("passthrough", 0.90, ["--read-only"]), ("no passthrough", 0.60, ["--read-only", "--no-passthrough"]),
        })
        {
            var scenario = $"warm, {name}";
            var mount = await world.MountAsync("warm", options);
            await RoundsAsync(scenario, mount.File, mount.CachedFile, Target.AtLeast(target));
            await Reader.DropPagesAsync(mount.File);
            var calls = ProcessFacts.ReadCalls(mount.ProcessId);
            Reader.AtRandom(mount.File, 4096, SmallReads, 1);
            report.Add(scenario, "daemon's read calls a 4 KiB read", (ProcessFacts.ReadCalls(mount.ProcessId) - calls) / (double)SmallReads);
            report.AddMemory(scenario, mount.LargestMemory);
            await mount.EndAsync();
        }

        await RcloneAsync(id);
    }

    private async Task RcloneAsync(string id)
    {
        const string Scenario = "warm, rclone mount";
        if (await RcloneMount.VersionAsync() is null)
        {
            report.Miss(Scenario, "of the disk", "not installed");
            return;
        }

        await using var door = await FileDoor.OpenAsync(ReadWorld.Length, ServerProcess.FreePort(), () => world.UrlAsync(id));
        await using var mount = await RcloneMount.StartAsync(door.Url, world.Folder("rclone-warm"));
        Reader.InSequence(mount.File);
        await RoundsAsync(Scenario, mount.File, mount.CachedFile, null);
    }

    private async Task RoundsAsync(string scenario, string file, string cached, Target? target)
    {
        // The zeroth is for the machine to settle, and is not told.
        for (var round = 0; round <= rounds; round++)
        {
            report.Say($"{scenario}: round {round} of {rounds}");
            await RatioAsync("in sequence, pages dropped / disk", Reader.InSequence, drop: true, target, round);
            await RatioAsync("in sequence, hot / disk", Reader.InSequence, drop: false, null, round);
            await RatioAsync("4 KiB at random / disk", path => Reader.AtRandom(path, 4096, SmallReads, round), drop: true, target, round);
            await RatioAsync("64 KiB at random / disk", path => Reader.AtRandom(path, 65536, MiddleReads, round), drop: true, target, round);
        }

        async Task RatioAsync(string measure, Func<string, TimeSpan> read, bool drop, Target? goal, int round)
        {
            var times = new Dictionary<string, TimeSpan>();
            string[] paths = round % 2 == 0 ? [world.Native, file] : [file, world.Native];
            foreach (var path in paths)
            {
                if (drop)
                    await Reader.DropPagesAsync(path, path == world.Native ? path : cached);
                times[path] = read(path);
            }

            if (round > 0)
                report.Add(scenario, measure, times[world.Native] / times[file], goal);
        }
    }

    private static async Task WhenSealedAsync(ReadMount mount)
    {
        if (!await Eventually.HoldsAsync(() => File.GetLastWriteTimeUtc(mount.CachedFile) == Sealed, TimeSpan.FromMinutes(2)))
            throw new InvalidOperationException($"{mount.CachedFile} was not sealed.");
    }
}

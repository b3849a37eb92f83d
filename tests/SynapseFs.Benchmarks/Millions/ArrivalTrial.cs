using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Benchmarks.Listings;
using SynapseFs.Benchmarks.Yardsticks;
using SynapseFs.Client;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Millions;

/// <summary>
/// The memory of a daemon while a directory of very many files is listed for the first time, described through a view, and listed again after it
/// changed. Each step is a mount of its own over the same cache directory, so that its peak is its own. 50 names a call and 600 calls a minute make
/// each listing of 100,000 last 200 seconds.
/// </summary>
internal static class ArrivalTrial
{
    private const int Renamed = 10_000;

    public static async Task RunAsync(string program, int files, TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        var mountpoint = Directory.CreateDirectory(directory.Combine("mnt")).FullName;
        await using var world = await ListingWorld.StartAsync(directory, 1, files);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files} files that arrive            seconds   daemon s   peak MiB"));
        await StepAsync("listed (ls -R)", "ls -R | wc -l");
        await world.IndexAsync();
        await StepAsync("described by a view (ls -lR)", "ls -lR | wc -l");
        await RenameAsync(world, 1);
        await StepAsync("one renamed", "ls -R | wc -l");
        await RenameAsync(world, Renamed);
        await StepAsync($"{Renamed} renamed", "ls -R | wc -l");
        await StepAsync("all as known", "ls -R | wc -l");

        async Task StepAsync(string step, string command)
        {
            await SynapsefsAsync("mount", "--endpoint", world.Server.BaseAddress.GetLeftPart(UriPartial.Authority), "--cache-dir",
                directory.Combine("cache"), world.Project, mountpoint);
            try
            {
                var daemon = await DaemonAsync();
                var (clock, before) = (Stopwatch.StartNew(), ProcessFacts.ProcessorSeconds(daemon));
                var done = await Command.ShellAsync($"cd '{mountpoint}' && {command}", world.Environment);
                if (done.ExitCode != 0)
                    throw new InvalidOperationException(done.Error);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{step,-32} {clock.Elapsed.TotalSeconds,9:f1} {ProcessFacts.ProcessorSeconds(daemon) - before,10:f2} {ProcessFacts.Status(daemon, "VmHWM") >> 20,10}"));
            }
            finally
            {
                await SynapsefsAsync("unmount", mountpoint);
            }
        }

        async Task SynapsefsAsync(params string[] arguments) => _ = (await Command.RunAsync(program, arguments, world.Environment)).Text;

        async Task<int> DaemonAsync()
        {
            using var status = JsonDocument.Parse((await Command.RunAsync(program, ["status", "--json"], world.Environment)).Text);
            return status.RootElement.GetProperty("mounts").EnumerateArray().Single().GetProperty("pid").GetInt32();
        }
    }

    private static Task RenameAsync(ListingWorld world, int count) => Parallel.ForEachAsync(
        world.Files.Take(count), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (id, ended) =>
        {
            var entity = await world.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, ended);
            await world.Client.Entities.UpdateAsync(entity with { Name = entity.Name + ".renamed" }, VersionChange.Keep, RequestPriority.Interactive, ended);
        });
}

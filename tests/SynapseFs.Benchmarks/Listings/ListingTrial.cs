using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Listings;

/// <summary>
/// <c>ls -R</c>, <c>ls -lR</c>, <c>find -size</c> and <c>du</c> over 10,000 files in 100 folders, through a mount with a view, beside the same tree on
/// the disk: calls, seconds and ratios in one run, and the daemon's largest memory.
/// </summary>
internal static class ListingTrial
{
    private const int Folders = 100;
    private const int FilesEach = 100;
    private const int Rounds = 5;

    private static readonly string[] Commands = ["ls -lR", "find . -size +1", "du -sb --apparent-size", "ls -R"];

    public static async Task RunAsync(string program, TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        await using var world = await ListingWorld.StartAsync(directory, Folders, FilesEach);
        var mount = new ListingMount(world, directory, program);
        await world.IndexAsync();

        output.WriteLine($"{Folders * FilesEach} files in {Folders} folders, {Rounds} rounds: minimum, median, maximum of seconds; of the disk's speed, each as often listed before");
        await mount.StartAsync("cold");
        await Once("names, cold: ls -R", "ls -R");
        await Once("details through a view: ls -lR", "ls -lR");
        await mount.StopAsync();

        foreach (var command in Commands)
        {
            var (disk, diskAgain, first, again, calls) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), 0L);
            for (var round = 0; round < Rounds; round++)
            {
                await mount.StartAsync("cold");
                // What is remembered of directories is asked for once after a start; what follows is answered here.
                await mount.RunAsync("ls -R", mount.Mountpoint);
                await DropEntriesAsync();
                disk.Add(await mount.RunAsync(command, world.OnDisk));
                diskAgain.Add(await mount.RunAsync(command, world.OnDisk));
                world.Server.Log.Reset();
                first.Add(await mount.RunAsync(command, mount.Mountpoint));
                again.Add(await mount.RunAsync(command, mount.Mountpoint));
                calls += world.Server.Log.Totals.ApiRequests;
                await mount.StopAsync();
            }

            Row(output, $"{command}, disk, first time", disk, disk);
            Row(output, $"{command}, known, first time", first, disk);
            Row(output, $"{command}, disk, again", diskAgain, diskAgain);
            Row(output, $"{command}, from the kernel's cache", again, diskAgain);
            output.WriteLine($"{command}: {calls} calls in all rounds");
        }

        output.WriteLine($"largest resident memory, MiB: {mount.LargestMemory >> 20}");

        async Task Once(string what, string command)
        {
            world.Server.Log.Reset();
            var seconds = await mount.RunAsync(command, mount.Mountpoint);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what}: {world.Server.Log.Totals.ApiRequests} calls, {seconds:f2} s"));
            foreach (var (route, count) in world.Server.Log.Totals.Routes.OrderByDescending(route => route.Value))
                output.WriteLine($"    {count} {route}");
        }
    }

    // The kernel forgets entries and inodes, of the disk too; the disk's come back from its own cache of blocks.
    private static async Task DropEntriesAsync() => _ = await Command.ShellAsync("echo 2 > /proc/sys/vm/drop_caches");

    private static void Row(TextWriter output, string what, List<double> seconds, List<double> disk)
    {
        var ratios = disk.Zip(seconds, (one, other) => one / other).Order().ToList();
        var sorted = seconds.Order().ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-48} {sorted[0],7:f3} {sorted[Rounds / 2],7:f3} {sorted[^1],7:f3} s   {ratios[0],5:f2} {ratios[Rounds / 2],5:f2} {ratios[^1],5:f2}"));
    }
}

using SynapseFs.Benchmarks.Reporting;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Listings;

/// <summary>
/// 10,000 files in 100 folders: names and details, cold, warm and after a remount, with a view of them and without, beside the same tree on the
/// disk, each as often listed before. Calls are counted.
/// </summary>
internal sealed class ListingTrial(ListingWorld world, ListingMount mount, Report report, int rounds)
{
    private const int Folders = 100;
    private const int FilesEach = 100;

    // Without a view each file's details are a call, and Synapse permits 600 a minute: all would take 17 minutes.
    private const int FoldersOneByOne = 2;

    // The pages of 50 names each, and the folders.
    private const int CallsForNames = (Folders * FilesEach / 50) + Folders;

    private static readonly Target First = Target.AtLeast(0.3);
    private static readonly Target Again = Target.AtLeast(0.9);

    public static async Task RunAsync(string program, Report report, int rounds)
    {
        report.Say($"filling a project with {Folders * FilesEach} files");
        using var directory = new TemporaryDirectory();
        await using var world = await ListingWorld.StartAsync(directory, Folders, FilesEach);
        await using var mount = new ListingMount(world, directory, program);
        var trial = new ListingTrial(world, mount, report, rounds);
        await trial.WithoutViewAsync();
        await world.IndexAsync();
        await trial.WithViewAsync();
    }

    private async Task WithoutViewAsync()
    {
        const string Scenario = "10,000 files, no view";
        var some = string.Join(' ', Enumerable.Range(0, FoldersOneByOne).Select(number => $"folder-{number:d3}"));
        report.Say($"{Scenario}, cold");
        await mount.StartAsync("without");
        await ColdAsync(Scenario, "ls -R", "", Target.AtMost(CallsForNames));
        await ColdAsync(Scenario, $"ls -l {some}", $" (details of {FoldersOneByOne * FilesEach})", null);
        await WarmAsync(Scenario, "ls -R", null);
        await mount.StopAsync();
        for (var round = 0; round < rounds; round++)
        {
            await RemountAsync(Scenario, "without", "ls -R", null, null);
            await RemountAsync(Scenario, "without", $"find {some} -size +1", null, null);
        }

        report.AddMemory(Scenario, mount.LargestMemory);
    }

    private async Task WithViewAsync()
    {
        const string Scenario = "10,000 files, a view";
        for (var round = 0; round < rounds; round++)
        {
            report.Say($"{Scenario}: round {round + 1} of {rounds}");
            await mount.StartAsync($"with-{round}");
            await ColdAsync(Scenario, "ls -R", "", Target.AtMost(CallsForNames));
            await ColdAsync(Scenario, "ls -lR", " (names known)", Target.AtMost(10));
            await ColdAsync(Scenario, "find . -size +1", " (details known)", Target.AtMost(0));
            await WarmAsync(Scenario, "ls -R", null);
            await WarmAsync(Scenario, "ls -lR", Again);
            await WarmAsync(Scenario, "find . -size +1", null);
            await mount.StopAsync();
            await RemountAsync(Scenario, $"with-{round}", "ls -R", null, null);
            await RemountAsync(Scenario, $"with-{round}", "ls -lR", First, Again);
            await RemountAsync(Scenario, $"with-{round}", "find . -size +1", null, null);
            await RemountAsync(Scenario, $"with-{round}", "du -sb --apparent-size", null, null);
            await StormAsync(round);
        }

        report.AddMemory(Scenario, mount.LargestMemory);
    }

    private async Task ColdAsync(string scenario, string command, string what, Target? target)
    {
        world.Server.Log.Reset();
        var seconds = await mount.RunAsync(command, mount.Mountpoint);
        report.Add(scenario, $"{command}, cold{what}, s", seconds);
        var totals = world.Server.Log.Totals;
        report.Add(scenario, $"{command}, cold{what}, calls", totals.ApiRequests, target);
        if (target is not null && !target.IsMet([totals.ApiRequests]))
            report.Say($"{command}: {string.Join(", ", totals.Routes.OrderByDescending(route => route.Value).Select(route => $"{route.Value} {route.Key}"))}");
    }

    // Listed a moment ago, on the disk too.
    private async Task WarmAsync(string scenario, string command, Target? target)
    {
        await mount.RunAsync(command, world.OnDisk);
        var disk = await mount.RunAsync(command, world.OnDisk);
        await mount.RunAsync(command, mount.Mountpoint);
        report.Add(scenario, $"{command}, warm / disk", disk / await mount.RunAsync(command, mount.Mountpoint), target);
    }

    private async Task RemountAsync(string scenario, string cache, string command, Target? first, Target? again)
    {
        await mount.StartAsync(cache);
        // What is remembered of directories is asked for once after a start; what follows is answered here.
        world.Server.Log.Reset();
        await mount.RunAsync("ls -R", mount.Mountpoint);
        report.Add(scenario, $"{command}, after remount, calls", world.Server.Log.Totals.ApiRequests);
        await DropEntriesAsync();
        var disk = await mount.RunAsync(command, world.OnDisk);
        report.Add(scenario, $"{command}, after remount, first time / disk", disk / await mount.RunAsync(command, mount.Mountpoint), first);
        disk = await mount.RunAsync(command, world.OnDisk);
        report.Add(scenario, $"{command}, after remount, again / disk", disk / await mount.RunAsync(command, mount.Mountpoint), again);
        await mount.StopAsync();
    }

    private async Task StormAsync(int round)
    {
        const string Scenario = "stat storm, 4 threads";
        await mount.StartAsync($"with-{round}");
        await mount.RunAsync("ls -lR", mount.Mountpoint);
        await DropEntriesAsync();
        foreach (var what in (string[])["first time", "again"])
        {
            var disk = StatStorm.Run(world.OnDisk, Folders, FilesEach);
            var mounted = StatStorm.Run(mount.Mountpoint, Folders, FilesEach);
            report.Add(Scenario, $"{what}, thousand a second", 4 * Folders * FilesEach / mounted.TotalMilliseconds);
            report.Add(Scenario, $"{what} / disk", disk / mounted);
        }

        await mount.StopAsync();
        report.AddMemory(Scenario, mount.LargestMemory);
    }

    // The kernel forgets entries and inodes, of the disk too; the disk's come back from its own cache of blocks. Only root may.
    private static async Task DropEntriesAsync() => _ = await Command.ShellAsync("echo 2 > /proc/sys/vm/drop_caches");
}

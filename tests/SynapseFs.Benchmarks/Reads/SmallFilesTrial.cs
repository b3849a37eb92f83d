using System.Diagnostics;
using SynapseFs.Api;
using SynapseFs.Benchmarks.Listings;
using SynapseFs.Benchmarks.Reporting;
using SynapseFs.Benchmarks.Yardsticks;
using SynapseFs.Client;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>
/// Many small files of one folder, none of them cached, read by <c>cat</c> one after another at 30 ms of latency and 100 MB/s a connection. Beside
/// it what a script does that asks for each file by its id, and the official Python client where it is installed.
/// </summary>
internal static class SmallFilesTrial
{
    // Enough of a script's files to know its pace.
    private const int ScriptFiles = 50;

    public static async Task RunAsync(string program, Report report, int rounds)
    {
        await RunAsync(program, report, rounds, "1,000 × 20 KiB cold, 30 ms", 1000, 20 << 10, new Goals(Target.AtLeast(5), Target.AtMost(15)));
        await RunAsync(program, report, rounds, "200 × 1 MiB cold, 30 ms", 200, 1 << 20, new Goals(null, null));
    }

    private static async Task RunAsync(string program, Report report, int rounds, string scenario, int files, int length, Goals goals)
    {
        report.Say(scenario);
        using var directory = new TemporaryDirectory();
        await using var world = await ListingWorld.StartAsync(directory, 1, files, length, isDistinct: true);
        await using var mount = new ListingMount(world, directory, program);
        Shape(world.Server);

        var script = await ScriptAsync(world) * files / ScriptFiles;
        report.Add(scenario, "a script's three requests a file, files/s", files / script);
        var client = await PythonClient.GetAsync(world, directory.Combine("python"), ScriptFiles);
        if (client is { } seconds)
            report.Add(scenario, "official client, files/s", ScriptFiles / seconds);
        else
            report.Miss(scenario, "official client", "not installed");
        await OnceAsync("no view", "without");
        await world.IndexAsync();
        for (var round = 0; round < rounds; round++)
            await OnceAsync("a view", $"with-{round}");
        report.AddMemory(scenario, mount.LargestMemory);

        async Task OnceAsync(string what, string cache)
        {
            await mount.StartAsync(cache);
            await mount.RunAsync("ls -l folder-000", mount.Mountpoint);
            world.Server.Log.Reset();
            var took = await mount.RunAsync("cat folder-000/*", mount.Mountpoint);
            var totals = world.Server.Log.Totals;
            var batches = totals.Routes.Where(route => route.Key.Contains("fileHandle/batch", StringComparison.Ordinal)).Sum(route => route.Value);
            report.Add(scenario, $"mount, {what}, files/s", files / took);
            report.Add(scenario, $"mount, {what} / script", script / took, client is null ? goals.OfClient : null);
            if (client is { } one)
                report.Add(scenario, $"mount, {what} / official client", one * files / ScriptFiles / took, goals.OfClient);
            report.Add(scenario, $"mount, {what}, batch calls", batches, goals.Batches);
            report.Add(scenario, $"mount, {what}, calls in all", totals.ApiRequests);
            await mount.StopAsync();
        }
    }

    private static void Shape(SynapseServer server)
    {
        var delay = TimeSpan.FromMilliseconds(30);
        server.Faults.Add(new FaultRule { Target = FaultTarget.Api, Delay = delay });
        server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, Delay = delay, BytesPerSecond = 100_000_000 });
    }

    // The three requests by which the official client gets a file: the entity with its handle, an address, the bytes.
    private static async Task<double> ScriptAsync(ListingWorld world)
    {
        var clock = Stopwatch.StartNew();
        foreach (var file in world.Files.Take(ScriptFiles))
        {
            var entity = await world.Client.Entities.GetAsync(file, version: null, RequestPriority.Interactive, CancellationToken.None);
            var association = new FileHandleAssociation
            {
                FileHandleId = entity.DataFileHandleId,
                AssociateObjectId = file,
                AssociateObjectType = "FileEntity",
            };
            await using var stream = await world.Client.Downloads.OpenRangeAsync(
                association, 0, null, RequestPriority.Interactive, CancellationToken.None);
            await stream.CopyToAsync(Stream.Null);
        }

        return clock.Elapsed.TotalSeconds;
    }

    private sealed record Goals(Target? OfClient, Target? Batches);
}

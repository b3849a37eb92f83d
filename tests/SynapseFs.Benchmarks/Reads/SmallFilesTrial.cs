using System.Diagnostics;
using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Benchmarks.Listings;
using SynapseFs.Client;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>
/// Many small files of one folder, none of them cached, read by <c>cat</c> one after another at 30 ms of latency and 100 MB/s a connection: calls,
/// seconds and ratios in one run. Beside it what a script does that asks for each file by its id.
/// </summary>
internal static class SmallFilesTrial
{
    private const int Rounds = 3;

    // Enough of a script's files to know its pace.
    private const int ScriptFiles = 50;

    public static async Task RunAsync(string program, TextWriter output)
    {
        await RunAsync(program, 1000, 20 << 10, output);
        await RunAsync(program, 200, 1 << 20, output);
    }

    private static async Task RunAsync(string program, int files, int length, TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        await using var world = await ListingWorld.StartAsync(directory, 1, files, length, isDistinct: true);
        var mount = new ListingMount(world, directory, program);
        Shape(world.Server);
        output.WriteLine($"{files} files of {length >> 10} KiB, 30 ms, 100 MB/s a connection");

        var script = await ScriptAsync(world) * files / ScriptFiles;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  a script that gets one after another (of {ScriptFiles}): {script:f1} s"));
        await OnceAsync("described one by one", "without");
        await world.IndexAsync();
        for (var round = 0; round < Rounds; round++)
            await OnceAsync("described by a view", $"with-{round}");
        output.WriteLine($"  largest resident memory, MiB: {mount.LargestMemory >> 20}");

        async Task OnceAsync(string what, string cache)
        {
            await mount.StartAsync(cache);
            await mount.RunAsync("ls -l folder-000", mount.Mountpoint);
            world.Server.Log.Reset();
            var seconds = await mount.RunAsync("cat folder-000/*", mount.Mountpoint);
            var totals = world.Server.Log.Totals;
            var batches = totals.Routes.Where(route => route.Key.Contains("fileHandle/batch", StringComparison.Ordinal)).Sum(route => route.Value);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {what}: {seconds:f2} s, {files / seconds:f0} files/s, {script / seconds:f1} times the script; {batches} batch calls, {totals.ApiRequests} calls in all"));
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
}

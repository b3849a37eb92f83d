using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SynapseFs.Benchmarks.Yardsticks;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Listings;

/// <summary>A mount of the world's project, again and again over the same cache directory.</summary>
internal sealed class ListingMount(ListingWorld world, TemporaryDirectory directory, string program) : IAsyncDisposable
{
    private int? _processId;

    public string Mountpoint { get; } = Directory.CreateDirectory(directory.Combine("mnt")).FullName;

    /// <summary>Bytes, over all mounts so far.</summary>
    public long LargestMemory { get; private set; }

    public async Task StartAsync(string cache)
    {
        var endpoint = world.Server.BaseAddress.GetLeftPart(UriPartial.Authority);
        await SynapsefsAsync(
            "mount", "--endpoint", endpoint, "--metadata-ttl", "1h", "--cache-dir", directory.Combine(cache), world.Project, Mountpoint);
        using var status = JsonDocument.Parse((await Command.RunAsync(program, ["status", "--json"], world.Environment)).Text);
        _processId = status.RootElement.GetProperty("mounts").EnumerateArray()
            .Single(one => one.GetProperty("mountpoint").GetString() == Mountpoint).GetProperty("pid").GetInt32();
    }

    public async Task StopAsync()
    {
        LargestMemory = Math.Max(LargestMemory, ProcessFacts.Status(_processId!.Value, "VmHWM"));
        await SynapsefsAsync("unmount", Mountpoint);
        _processId = null;
    }

    // A trial that failed leaves its mount: it ends here, and what fails here does not hide why the trial did.
    public async ValueTask DisposeAsync()
    {
        if (_processId is not null)
            _ = await Command.RunAsync(program, ["unmount", "--now", Mountpoint], world.Environment);
    }

    /// <summary>Seconds that a command takes in a directory, its output thrown away.</summary>
    public async Task<double> RunAsync(string command, string place)
    {
        // Without what a person's environment adds, such as colours.
        var clock = Stopwatch.StartNew();
        var done = await Command.ShellAsync($"cd '{place}' && exec {command} > /dev/null", world.Environment);
        return done.ExitCode == 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException(done.Error);
    }

    private async Task SynapsefsAsync(params string[] arguments)
    {
        var done = await Command.RunAsync(program, arguments, world.Environment);
        if (done.ExitCode != 0)
            throw new InvalidOperationException(done.Error);
    }
}

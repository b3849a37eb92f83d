using System.Diagnostics;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Yardsticks;

/// <summary>
/// `rclone mount` of a <see cref="FileDoor"/>, with its cache of whole files, its only one that outlives a reader. Everything else as rclone has it,
/// but parallel chunks where this rclone can (1.68), in the sizes that its manual recommends.
/// </summary>
internal sealed class RcloneMount : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _mountpoint;
    private readonly string _cache;

    private RcloneMount(Process process, string mountpoint, string cache) => (_process, _mountpoint, _cache) = (process, mountpoint, cache);

    public string File => Path.Combine(_mountpoint, "big");

    /// <summary>The file's bytes as rclone keeps them.</summary>
    public string CachedFile => Directory.EnumerateFiles(Path.Combine(_cache, "vfs"), "big", SearchOption.AllDirectories).Single();

    /// <summary>What it calls itself, such as "rclone v1.60.1"; null where it is not installed.</summary>
    public static async Task<string?> VersionAsync()
    {
        var version = await Command.ShellAsync("command -v rclone > /dev/null && rclone version");
        return version.ExitCode == 0 ? version.Lines[0] : null;
    }

    /// <param name="url">The door's.</param>
    /// <param name="folder">Where it mounts and caches; a cache that was used before is warm.</param>
    public static async Task<RcloneMount> StartAsync(string url, string folder)
    {
        var mountpoint = Path.Combine(folder, "mnt");
        var cache = Path.Combine(folder, "cache");
        Directory.CreateDirectory(mountpoint);
        var help = (await Command.RunAsync("rclone", ["mount", "--help"])).Text;
        string[] parallel = help.Contains("--vfs-read-chunk-streams", StringComparison.Ordinal)
            ? ["--vfs-read-chunk-streams", "16", "--vfs-read-chunk-size", "4M"] : [];
        var process = Process.Start(Command.StartInfo(
            "rclone",
            [
                "mount", ":http:", mountpoint, "--http-url", url, "--config", "/dev/null", "--cache-dir", cache, "--vfs-cache-mode", "full",
                "--read-only", .. parallel,
            ],
            null))!;
        process.BeginOutputReadLine();
        var complaints = process.StandardError.ReadToEndAsync();
        var mount = new RcloneMount(process, mountpoint, cache);
        if (!await Eventually.HoldsAsync(() => process.HasExited || System.IO.File.Exists(mount.File), TimeSpan.FromSeconds(20)) || process.HasExited)
        {
            await mount.DisposeAsync();
            throw new InvalidOperationException($"rclone did not mount: {await complaints}");
        }

        return mount;
    }

    /// <summary>Bytes.</summary>
    public long LargestMemory() => ProcessFacts.Status(_process.Id, "VmHWM");

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("fusermount3", ["-u", _mountpoint]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

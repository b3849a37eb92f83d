using System.Diagnostics;
using System.Globalization;
using System.Text;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Fuse;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.ReferenceModel;

/// <summary>
/// A mount of an embedded server's project in a process of its own, for many sequences one after the other: each has a directory of
/// its own in it. The program is the small one that believes what it learnt for a moment only and answers questions on its input.
/// </summary>
internal sealed class MountStage : IAsyncDisposable
{
    /// <summary>What somebody else changes shows within this time.</summary>
    public static readonly TimeSpan Ttl = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _said = new();
    private Process _program = null!;
    private int _directories;

    private MountStage(World world)
    {
        World = world;
        // Once: after a kill the mountpoint cannot even be looked at.
        (Mountpoint, Cache) = (world.Directory("mnt"), world.Directory("cache"));
    }

    public World World { get; }

    public string Mountpoint { get; }

    private static string Program { get; } = Path.Combine(
        ProgramFiles.Repository, "artifacts", "bin", "SynapseFs.CrashMount", new DirectoryInfo(AppContext.BaseDirectory).Name,
        "SynapseFs.CrashMount");

    private string Cache { get; }

    public static async Task<MountStage> StartAsync()
    {
        var stage = new MountStage(await World.StartAsync(options => options with { MakesPreviews = false }));
        await stage.MountAsync();
        return stage;
    }

    /// <summary>The name of a new directory in the mount.</summary>
    public string AddDirectory()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"sequence-{++_directories}");
        Directory.CreateDirectory(Path.Combine(Mountpoint, name));
        return name;
    }

    /// <summary>Returns when the server has everything of the directory; answers what is blocked there, or waits for too long.</summary>
    public async Task<string> WaitAsync(string directory)
    {
        await _program.StandardInput.WriteLineAsync($"wait /{directory}");
        await _program.StandardInput.FlushAsync();
        return await ReadLineAsync();
    }

    /// <summary>Unmounts, deletes the content that was cached, and mounts anew.</summary>
    public async Task RemountWithoutContentAsync()
    {
        await UnmountAsync();
        foreach (var path in Directory.EnumerateFiles(Cache, "blocks.db*"))
            File.Delete(path);
        Directory.Delete(Path.Combine(Cache, "content"), recursive: true);
        await MountAsync();
    }

    /// <summary>The program is killed, whatever it is about, and mounted anew.</summary>
    public async Task RemountAfterKillAsync()
    {
        _program.Kill();
        await _program.WaitForExitAsync();
        Unmounter.ClearStale(Mountpoint);
        using var killed = _program;
        await MountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await UnmountAsync();
        await World.DisposeAsync();
    }

    private async Task MountAsync()
    {
        var seconds = Ttl.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string[] arguments = [World.Endpoint, World.Project, Mountpoint, Cache, "--settle", "50", "--ttl", seconds];
        _program = new Process { StartInfo = Command.StartInfo(Program, arguments, World.Environment) };
        _program.ErrorDataReceived += (_, line) => Hear(line.Data);
        _program.Start();
        _program.BeginErrorReadLine();
        if (await ReadLineAsync() is var line and not "ready")
            throw new InvalidOperationException($"The mount is not ready: {line}\n{Said()}");
    }

    private async Task UnmountAsync()
    {
        _program.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Patience);
        await _program.WaitForExitAsync(deadline.Token);
        var code = _program.ExitCode;
        _program.Dispose();
        if (code != 0 || Mount.IsMounted(Mountpoint))
            throw new InvalidOperationException($"The mount ended with {code}.\n{Said()}");
    }

    private async Task<string> ReadLineAsync() =>
        await _program.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? $"The program has ended.\n{Said()}";

    private string Said()
    {
        lock (_said)
            return _said.ToString();
    }

    private void Hear(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}

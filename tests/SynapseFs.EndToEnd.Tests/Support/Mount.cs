using System.Diagnostics;
using System.Text;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Support;

/// <summary>A mount in a process of its own, as <c>synapsefs mount --foreground</c> makes it; unmounted when disposed.</summary>
internal sealed class Mount : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _daemon;
    private readonly StringBuilder _said = new();
    private readonly IReadOnlyDictionary<string, string> _environment;

    private Mount(string mountpoint, Process daemon, IReadOnlyDictionary<string, string> environment)
    {
        Mountpoint = mountpoint;
        _daemon = daemon;
        _environment = environment;
    }

    public string Mountpoint { get; }

    /// <summary>What the daemon wrote so far, both streams.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public int ProcessId => _daemon.Id;

    public bool HasEnded => _daemon.HasExited;

    public string this[string path] => Path.Combine(Mountpoint, path);

    public static async Task<Mount> StartAsync(
        World world, string source, string mountpoint, string cacheDirectory, params string[] options)
    {
        // What a killed daemon left there cannot even be looked at; the mount has to cope with it.
        if (!IsMounted(mountpoint))
            Directory.CreateDirectory(mountpoint);
        string[] arguments =
        [
            "mount", "--foreground", "--endpoint", world.Endpoint, "--cache-dir", cacheDirectory, .. options, .. source.Length > 0 ? [source] : Array.Empty<string>(),
            mountpoint,
        ];
        var daemon = new Process { StartInfo = Command.StartInfo(ProgramFiles.Synapsefs, arguments, world.Environment) };
        var mount = new Mount(mountpoint, daemon, world.Environment);
        daemon.OutputDataReceived += (_, line) => mount.Hear(line.Data);
        daemon.ErrorDataReceived += (_, line) => mount.Hear(line.Data);
        daemon.Start();
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
        if (!await Eventually.HoldsAsync(() => daemon.HasExited || mount.Said.Contains("End it with", StringComparison.Ordinal), Patience) || daemon.HasExited)
        {
            daemon.Kill();
            throw new InvalidOperationException($"The mount did not come up.\n{mount.Said}");
        }

        return mount;
    }

    /// <summary>Returns when the server has everything at and below the path; throws when something is blocked, or after minutes.</summary>
    public async Task WaitAsync(string path = "")
    {
        var waited = await Command.RunAsync(ProgramFiles.Synapsefs, ["wait", "--timeout", "4m", this[path]], _environment);
        Assert.That(waited.ExitCode, Is.Zero, $"{waited}\n{Said}");
    }

    public static bool IsMounted(string mountpoint) =>
        File.ReadLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == mountpoint);

    /// <summary>As a machine does that loses power: no goodbye. The mountpoint stays behind, dead.</summary>
    public async Task KillAsync()
    {
        _daemon.Kill();
        await _daemon.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // A program that is just ending keeps it busy for as long as its working directory is there.
        await Eventually.HoldsAsync(async () =>
        {
            if (IsMounted(Mountpoint))
                await Command.RunAsync(ProgramFiles.Synapsefs, ["unmount", Mountpoint]);
            return !IsMounted(Mountpoint);
        }, Patience);
        if (!await Eventually.HoldsAsync(() => _daemon.HasExited, Patience))
            _daemon.Kill();
        _daemon.Dispose();
        Assert.That(IsMounted(Mountpoint), Is.False, $"{Mountpoint} is still mounted.\n{Said}");
    }

    private void Hear(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}

using System.Diagnostics;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>A filesystem in memory, mounted by a process of its own: no process may touch its own mount.</summary>
internal sealed class MemoryMountProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private MemoryMountProcess(Process process, string mountpoint)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Mountpoint = mountpoint;
    }

    /// <summary>The development build of the program.</summary>
    public static string Program { get; } = Path.Combine(
        ProgramFiles.Repository, "artifacts", "bin", "SynapseFs.MemoryMount", new DirectoryInfo(AppContext.BaseDirectory).Name,
        "SynapseFs.MemoryMount");

    private static Dictionary<string, string> Environment => new() { ["DOTNET_ROOT"] = DotnetRoot };

    public string Mountpoint { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts <paramref name="command"/> (the program, or one that starts it) and returns once the mount works.</summary>
    public static async Task<MemoryMountProcess> StartAsync(string mountpoint, IReadOnlyList<string> command)
    {
        var start = Command.StartInfo(command[0], [.. command.Skip(1)], Environment);
        var mount = new MemoryMountProcess(Process.Start(start)!, mountpoint);
        using var deadline = new CancellationTokenSource(Deadline);
        var line = await mount._process.StandardOutput.ReadLineAsync(deadline.Token);
        if (line == "ready")
            return mount;
        throw new InvalidOperationException($"The mount is not ready: {line}{await mount._errors}");
    }

    public static Task<MemoryMountProcess> StartAsync(string mountpoint, params string[] options) =>
        StartAsync(mountpoint, (IReadOnlyList<string>)[Program, mountpoint, .. options]);

    /// <summary>What the program says and how it ends when it is started by <paramref name="prefix"/> and must fail.</summary>
    public static Task<CommandResult> FailAsync(IReadOnlyList<string> prefix, params string[] arguments)
    {
        string[] command = [.. prefix, Program, .. arguments];
        return Command.RunAsync(command[0], command[1..], Environment);
    }

    /// <summary>Sends one command backstage and returns the answer.</summary>
    public async Task<string> TellAsync(params string[] words)
    {
        await _process.StandardInput.WriteLineAsync(string.Join('\t', words));
        await _process.StandardInput.FlushAsync();
        using var deadline = new CancellationTokenSource(Deadline);
        return await _process.StandardOutput.ReadLineAsync(deadline.Token) ?? throw new InvalidOperationException(await _errors);
    }

    /// <summary>SIGTERM; returns the exit code once the process has ended.</summary>
    public async Task<int> TerminateAsync()
    {
        await Command.RunAsync("kill", ["-TERM", $"{ProcessId}"]);
        return await WaitForExitAsync();
    }

    /// <summary>SIGKILL: the mount stays behind, dead.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await TerminateAsync();
        if (Unmounter.IsStale(Mountpoint))
            Unmounter.ClearStale(Mountpoint);
        _process.Dispose();
    }

    /// <summary>The runtime that runs this test, for programs started as users without an environment.</summary>
    internal static string DotnetRoot => Path.GetFullPath(
        Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}

using System.Diagnostics;
using System.Globalization;
using SynapseFs.Fuse;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>A disk in memory, mounted by a process of its own, that loses what was not synced when its power is cut.</summary>
internal sealed class CuttableDisk : IDisk
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory;
    private readonly Process _process;
    private readonly Task<string> _errors;

    private CuttableDisk(TemporaryDirectory directory, Process process)
    {
        _directory = directory;
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public string Path => _directory.Path;

    public bool LosesWhatIsNotSynced => true;

    private static string Program { get; } = System.IO.Path.Combine(
        ProgramFiles.Repository, "artifacts", "bin", "SynapseFs.MemoryMount", new DirectoryInfo(AppContext.BaseDirectory).Name,
        "SynapseFs.MemoryMount");

    /// <param name="lies">It only says that it synced: whoever relies on it loses.</param>
    public static async Task<CuttableDisk> StartAsync(bool lies)
    {
        var directory = new TemporaryDirectory();
        // The kernel is to believe nothing: after a cut all is different.
        var start = Command.StartInfo(Program, [directory.Path, lies ? "--lying" : "--cuttable", "--validity", "0"], environment: null);
        var disk = new CuttableDisk(directory, Process.Start(start)!);
        return await disk.ReadAsync() == "ready" ? disk : throw new InvalidOperationException(await disk._errors);
    }

    public async Task CutAsync(int seed)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"cut\t{seed}"));
        await _process.StandardInput.FlushAsync();
        if (await ReadAsync() != "ok")
            throw new InvalidOperationException(await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        Unmounter.Unmount(Path, lazy: true);
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        _process.Dispose();
        _directory.Dispose();
    }

    private async Task<string?> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await _process.StandardOutput.ReadLineAsync(deadline.Token);
    }
}

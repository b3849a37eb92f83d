using System.Diagnostics;
using System.Globalization;
using System.Text;
using SynapseFs.Core;
using SynapseFs.Crash.Tests.Working;
using SynapseFs.Fuse;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>One life of the mounting program. It ends with this process, should that be killed.</summary>
internal sealed class CrashMountProcess : IAsyncDisposable
{
    private const int Stop = 19;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly CrashMountOptions _options;
    private readonly StringBuilder _said = new();

    private CrashMountProcess(Process process, CrashMountOptions options)
    {
        _process = process;
        _options = options;
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginErrorReadLine();
    }

    public string Mountpoint => _options.Mountpoint;

    public bool HasEnded => _process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>What it wrote to its log.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    private static string Program { get; } = Path.Combine(
        ProgramFiles.Repository, "artifacts", "bin", "SynapseFs.CrashMount", new DirectoryInfo(AppContext.BaseDirectory).Name,
        "SynapseFs.CrashMount");

    /// <summary>Returns once the mount works, or when the program has ended where it was told to before that.</summary>
    public static async Task<CrashMountProcess> StartAsync(CrashMountOptions options)
    {
        var start = Command.StartInfo(
            Program, options.ToArguments(), new Dictionary<string, string> { ["SYNAPSE_AUTH_TOKEN"] = options.Token });
        var mount = new CrashMountProcess(Process.Start(start)!, options);
        var line = await mount.ReadLineAsync();
        if (line == "ready" || (line is null && options.EndsAt is not null && mount.EndedItself()))
            return mount;
        await mount._process.WaitForExitAsync();
        throw new InvalidOperationException($"The mount is not ready: {line}\n{mount.Said}");
    }

    /// <summary>How often the journal passed each point in this life; of use when it is over.</summary>
    public IReadOnlyDictionary<JournalPoint, long> Passed()
    {
        var bytes = File.ReadAllBytes(_options.PassedFile);
        return Enum.GetValues<JournalPoint>().ToDictionary(
            point => point, point => BitConverter.ToInt64(bytes, sizeof(long) * (int)point));
    }

    /// <summary>What is not on the server yet; null when the program is gone.</summary>
    public async Task<PendingSummary?> PendingAsync()
    {
        if (await AskAsync("pending") is not { } line)
            return null;
        var numbers = line.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToList();
        return new PendingSummary((int)numbers[0], (int)numbers[1], (int)numbers[2], numbers[3]);
    }

    /// <summary>An answer, or null when the program is gone or stopped.</summary>
    public async Task<string?> AskAsync(string question)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(question);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            return null;
        }

        return await ReadLineAsync();
    }

    /// <summary>Whether it has died or stopped by itself.</summary>
    public bool EndedItself() => _process.HasExited || State() is 'T' or 'Z' or 'X';

    /// <summary>SIGSTOP; returns when nothing of it moves any more.</summary>
    public async Task StopAsync()
    {
        _ = Libc.kill(_process.Id, Stop);
        if (!await Eventually.HoldsAsync(EndedItself, Deadline))
            throw new InvalidOperationException("The mount does not stop.");
    }

    /// <summary>SIGKILL. The dead mount stays, so that whoever works in it fails and does not go on in the directory below.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>In order: it unmounts and ends.</summary>
    public async Task<int> QuitAsync()
    {
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (Unmounter.IsStale(Mountpoint))
            Unmounter.ClearStale(Mountpoint);
        _process.Dispose();
    }

    // A stopped program answers nothing and closes nothing.
    private async Task<string?> ReadLineAsync()
    {
        var line = _process.StandardOutput.ReadLineAsync();
        var end = Eventually.HoldsAsync(() => line.IsCompleted || EndedItself(), Deadline);
        if (await Task.WhenAny(line, end) == line || line.IsCompleted)
            return await line;
        return await end ? null : throw new InvalidOperationException($"The mount does not answer.\n{Said}");
    }

    private char State()
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return 'X';
        }
    }

    private void Hear(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}

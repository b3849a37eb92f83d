using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Mounts;

/// <summary>
/// The sample's 200 MiB file through the mount, beside curl of a pre-signed URL of the same file, from the same server, in the same
/// run: rounds in turn, so that the machine's moods fall on all alike. Also the time to mount and the daemon's memory.
/// </summary>
internal sealed class MountTrial : IDisposable
{
    private const int Rounds = 5;
    private readonly TemporaryDirectory _directory = new();
    private readonly string _program;
    private readonly Dictionary<string, string> _environment = [];
    private Process? _server;
    private string _endpoint = "";

    private MountTrial(string program) => _program = program;

    /// <summary>Runs all rounds with the program at that path and writes a table.</summary>
    public static async Task RunAsync(string program, TextWriter output)
    {
        using var trial = new MountTrial(program);
        await trial.ServeAsync();
        var measures = new List<Measure>();
        for (var round = 0; round < Rounds; round++)
            measures.Add(await trial.MeasureAsync(round));
        Write(output, measures);
    }

    public void Dispose()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        _directory.Dispose();
    }

    private async Task ServeAsync()
    {
        var ready = _directory.Combine("ready.json");
        _environment["HOME"] = _environment["XDG_RUNTIME_DIR"] = _directory.Path;
        _server = Process.Start(Command.StartInfo(
            _program, ["serve", "--data", _directory.Combine("data"), "--ready-file", ready, "--sample"], _environment))!;
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        if (!await Eventually.HoldsAsync(() => File.Exists(ready) || _server.HasExited, TimeSpan.FromMinutes(3)) || _server.HasExited)
            throw new InvalidOperationException("The embedded server did not start.");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(ready));
        _endpoint = new Uri(json.RootElement.GetProperty("repoEndpoint").GetString()!).GetLeftPart(UriPartial.Authority);
        _environment["SYNAPSE_AUTH_TOKEN"] = json.RootElement.GetProperty("token").GetString()!;
    }

    private async Task<Measure> MeasureAsync(int round)
    {
        var mountpoint = _directory.Combine($"mnt-{round}");
        Directory.CreateDirectory(mountpoint);
        var mounting = await TimeAsync(
            _program, ["mount", "--endpoint", _endpoint, "--cache-dir", _directory.Combine($"cache-{round}"), mountpoint]);
        try
        {
            var file = Directory.GetFiles(Directory.GetDirectories(mountpoint).Single() + "/sizes", "200*").Single();
            var idle = await MemoryAsync();
            var url = await UrlAsync(await AttributeAsync(file, "user.synapse.id"));
            var curl = await TimeAsync("curl", ["-sf", "-o", "/dev/null", url]);
            var cold = await TimeAsync("dd", ["if=" + file, "of=/dev/null", "bs=1M"]);
            var hot = await TimeAsync("dd", ["if=" + file, "of=/dev/null", "bs=1M"]);
            await DropPagesAsync(file);
            var warm = await TimeAsync("dd", ["if=" + file, "of=/dev/null", "bs=1M"]);
            return new Measure(mounting, curl, cold, warm, hot, idle, await MemoryAsync());
        }
        finally
        {
            await Command.RunAsync(_program, ["unmount", mountpoint], _environment);
        }
    }

    private async Task<TimeSpan> TimeAsync(string program, IReadOnlyList<string> arguments)
    {
        var clock = Stopwatch.StartNew();
        var result = await Command.RunAsync(program, arguments, _environment);
        return result.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"{program} failed: {result.Error}");
    }

    private static async Task<string> AttributeAsync(string path, string name) =>
        (await Command.RunAsync("python3", ["-c", "import os, sys; print(os.getxattr(sys.argv[1], sys.argv[2]).decode())", path, name])).Text;

    // What the kernel keeps of one file, without being root: so the next read is the daemon's.
    private static async Task DropPagesAsync(string path) => _ = (await Command.RunAsync(
        "python3", ["-c", "import os, sys; f = os.open(sys.argv[1], os.O_RDONLY); os.posix_fadvise(f, 0, 0, os.POSIX_FADV_DONTNEED)", path])).Text;

    private async Task<string> UrlAsync(string id)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_endpoint}/repo/v1/entity/{id}/file?redirect=false");
        request.Headers.Authorization = new("Bearer", _environment["SYNAPSE_AUTH_TOKEN"]);
        using var response = await http.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    /// <summary>The daemon's resident memory in bytes.</summary>
    private async Task<long> MemoryAsync()
    {
        using var status = JsonDocument.Parse((await Command.RunAsync(_program, ["status", "--json"], _environment)).Text);
        var pid = status.RootElement.GetProperty("mounts").EnumerateArray().Single().GetProperty("pid").GetInt32();
        var line = (await File.ReadAllLinesAsync($"/proc/{pid}/status")).Single(text => text.StartsWith("VmRSS", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static void Write(TextWriter output, List<Measure> measures)
    {
        output.WriteLine($"200 MiB from the embedded server on loopback, {Rounds} rounds: minimum, median, maximum");
        Row(output, "start of `mount` to its return, ms", measures, one => one.Mounting.TotalMilliseconds);
        Row(output, "curl, MB/s", measures, one => MegabytesPerSecond(one.Curl));
        Row(output, "mount cold, MB/s", measures, one => MegabytesPerSecond(one.Cold));
        Row(output, "mount cold, of curl", measures, one => one.Curl / one.Cold);
        Row(output, "mount warm (kernel cache dropped), MB/s", measures, one => MegabytesPerSecond(one.Warm));
        Row(output, "mount warm, of curl", measures, one => one.Curl / one.Warm);
        Row(output, "mount hot (kernel cache), MB/s", measures, one => MegabytesPerSecond(one.Hot));
        Row(output, "daemon's memory after mounting, MiB", measures, one => one.IdleMemory / 1048576.0);
        Row(output, "daemon's memory after all reads, MiB", measures, one => one.BusyMemory / 1048576.0);
    }

    private static void Row(TextWriter output, string name, List<Measure> measures, Func<Measure, double> value)
    {
        var sorted = measures.Select(value).Order().ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-42} {sorted[0],9:0.##} {sorted[sorted.Count / 2],9:0.##} {sorted[^1],9:0.##}"));
    }

    private static double MegabytesPerSecond(TimeSpan duration) => 209.7152 / duration.TotalSeconds;

    private sealed record Measure(
        TimeSpan Mounting, TimeSpan Curl, TimeSpan Cold, TimeSpan Warm, TimeSpan Hot, long IdleMemory, long BusyMemory);
}

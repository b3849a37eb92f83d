using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Writes;

/// <summary>A mount of one project of an embedded server, each in a process of its own, with what is asked of the server counted.</summary>
internal sealed class WritableMount : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory;
    private readonly string _program;
    private readonly Dictionary<string, string> _environment = [];
    private readonly HttpClient _control = new();
    private Process? _server;

    private WritableMount(TemporaryDirectory directory, string program) => (_directory, _program) = (directory, program);

    public string Path => _directory.Combine("mnt");

    /// <param name="directory">Where server, cache and mount lie.</param>
    /// <param name="program">synapsefs.</param>
    /// <param name="settle">How long changes rest before they are sent, as the option says it.</param>
    public static async Task<WritableMount> StartAsync(TemporaryDirectory directory, string program, string settle)
    {
        var mount = new WritableMount(directory, program);
        var endpoint = await mount.ServeAsync();
        var project = await mount.MakeProjectAsync(endpoint);
        Directory.CreateDirectory(mount.Path);
        await mount.RunAsync("mount", "--endpoint", endpoint, "--cache-dir", directory.Combine("cache"), "--settle", settle, project, mount.Path);
        return mount;
    }

    /// <summary>Every answer of the server comes so much later.</summary>
    public async Task DelayAsync(TimeSpan delay)
    {
        using var rule = JsonContent.Create(new { target = "Any", delay = delay.ToString("c", CultureInfo.InvariantCulture) });
        using var answer = await _control.PostAsync(new Uri("/faults", UriKind.Relative), rule);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Returns when the server has everything.</summary>
    public Task WaitAsync() => RunAsync("wait", Path);

    public async Task<Totals> TotalsAsync()
    {
        using var json = JsonDocument.Parse(await _control.GetStringAsync(new Uri("/totals", UriKind.Relative)));
        return new Totals(
            Number("apiRequests"), Number("storageRequests"), Number("storageBytesReceived"), Number("throttled"));

        long Number(string name) => json.RootElement.GetProperty(name).GetInt64();
    }

    /// <summary>A line of /proc/PID/status of the process that serves the mount, in bytes: VmRSS, VmHWM.</summary>
    public async Task<long> MemoryAsync(string name)
    {
        using var status = JsonDocument.Parse((await Command.RunAsync(_program, ["status", "--json"], _environment)).Text);
        var pid = status.RootElement.GetProperty("mounts").EnumerateArray().Single().GetProperty("pid").GetInt32();
        var line = (await File.ReadAllLinesAsync($"/proc/{pid}/status")).Single(text => text.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    public void Dispose()
    {
        RunAsync("unmount", "--now", Path).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        _control.Dispose();
    }

    private async Task<string> ServeAsync()
    {
        var ready = _directory.Combine("ready.json");
        var port = FreePort();
        _environment["HOME"] = _environment["XDG_RUNTIME_DIR"] = _directory.Path;
        string[] arguments =
        [
            "serve", "--data", _directory.Combine("data"), "--ready-file", ready, "--control-port", port.ToString(CultureInfo.InvariantCulture),
        ];
        _server = Process.Start(Command.StartInfo(_program, arguments, _environment))!;
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        if (!await Eventually.HoldsAsync(() => File.Exists(ready) || _server.HasExited, Patience) || _server.HasExited)
            throw new InvalidOperationException("The embedded server did not start.");
        _control.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(ready));
        _environment["SYNAPSE_AUTH_TOKEN"] = json.RootElement.GetProperty("token").GetString()!;
        return new Uri(json.RootElement.GetProperty("repoEndpoint").GetString()!).GetLeftPart(UriPartial.Authority);
    }

    private async Task<string> MakeProjectAsync(string endpoint)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", _environment["SYNAPSE_AUTH_TOKEN"]);
        using var body = JsonContent.Create(new { concreteType = "org.sagebionetworks.repo.model.Project", name = "Trial" });
        using var answer = await http.PostAsync(new Uri($"{endpoint}/repo/v1/entity"), body);
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private async Task RunAsync(params string[] arguments) => _ = (await Command.RunAsync(_program, arguments, _environment)).Text;

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What the server was asked.</summary>
    /// <param name="Calls">Calls to Synapse's services.</param>
    /// <param name="Transfers">Requests to the storage.</param>
    /// <param name="BytesReceived">Bytes of content that came in.</param>
    /// <param name="Throttled">Calls refused for coming too fast.</param>
    internal sealed record Totals(long Calls, long Transfers, long BytesReceived, long Throttled);
}

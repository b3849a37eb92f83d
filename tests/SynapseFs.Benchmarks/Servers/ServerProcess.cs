using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Servers;

/// <summary>The embedded server in a process of its own: its answers can be shaped, and what it was asked is counted.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly HttpClient _control;

    private ServerProcess(Process process, HttpClient control, string endpoint, Dictionary<string, string> environment) =>
        (_process, _control, Endpoint, Environment) = (process, control, endpoint, environment);

    /// <summary>As <c>--endpoint</c> takes it.</summary>
    public string Endpoint { get; }

    /// <summary>What a command needs to be the first user, with a home of its own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <param name="program">synapsefs.</param>
    /// <param name="home">Where its world and everything else of this run lies.</param>
    /// <param name="options">Options of <c>serve</c>.</param>
    public static async Task<ServerProcess> StartAsync(string program, string home, params string[] options)
    {
        var ready = Path.Combine(home, "ready.json");
        var port = FreePort();
        var environment = new Dictionary<string, string> { ["HOME"] = home, ["XDG_RUNTIME_DIR"] = home };
        var process = Process.Start(Command.StartInfo(
            program,
            [
                "serve", "--data", Path.Combine(home, "server"), "--ready-file", ready, "--control-port",
                port.ToString(CultureInfo.InvariantCulture), .. options,
            ],
            environment))!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!await Eventually.HoldsAsync(() => File.Exists(ready) || process.HasExited, Patience) || process.HasExited)
        {
            process.Kill();
            throw new InvalidOperationException("The embedded server did not start.");
        }

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(ready));
        environment["SYNAPSE_AUTH_TOKEN"] = json.RootElement.GetProperty("token").GetString()!;
        var endpoint = new Uri(json.RootElement.GetProperty("repoEndpoint").GetString()!).GetLeftPart(UriPartial.Authority);
        return new ServerProcess(process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") }, endpoint, environment);
    }

    /// <summary>A port on loopback that nobody has at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Every answer comes so much later, contents at so many bytes a second on each connection; null: as they come.</summary>
    public async Task ShapeAsync(TimeSpan? delay, long? bytesPerSecond)
    {
        using var none = await _control.DeleteAsync(new Uri("/faults", UriKind.Relative));
        none.EnsureSuccessStatusCode();
        if (delay is null)
            return;
        foreach (var (target, rate) in new[] { ("Api", null), ("Storage", bytesPerSecond) })
        {
            using var rule = JsonContent.Create(
                new { target, delay = delay.Value.ToString("c", CultureInfo.InvariantCulture), bytesPerSecond = rate });
            using var answer = await _control.PostAsync(new Uri("/faults", UriKind.Relative), rule);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>What the server was asked, when that has come to rest: a transfer is counted when it has ended on the server's side.</summary>
    public async Task<Totals> TotalsAsync()
    {
        var totals = await NowAsync();
        _ = await Eventually.HoldsAsync(async () => totals == (totals = await NowAsync()), TimeSpan.FromSeconds(10));
        return totals;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _control.Dispose();
    }

    private async Task<Totals> NowAsync()
    {
        using var json = JsonDocument.Parse(await _control.GetStringAsync(new Uri("/totals", UriKind.Relative)));
        return new Totals(
            Number("apiRequests"), Number("storageRequests"), Number("storageBytesSent"), Number("storageBytesReceived"), Number("throttled"));

        long Number(string name) => json.RootElement.GetProperty(name).GetInt64();
    }

    /// <param name="Calls">Calls to Synapse's services.</param>
    /// <param name="Transfers">Requests to the storage.</param>
    /// <param name="BytesSent">Bytes of content that went out.</param>
    /// <param name="BytesReceived">Bytes of content that came in.</param>
    /// <param name="Throttled">Calls refused for coming too fast.</param>
    internal sealed record Totals(long Calls, long Transfers, long BytesSent, long BytesReceived, long Throttled);
}

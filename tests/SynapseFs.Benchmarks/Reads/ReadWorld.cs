using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>
/// An embedded server with one project of one large file, which lies on the disk as well, and mounts of it, each process of its own. The server's
/// answers can be shaped, and what it was asked is counted.
/// </summary>
internal sealed class ReadWorld : IDisposable
{
    public const long Length = 1L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryDirectory _directory = new();
    private readonly string _program;
    private readonly Dictionary<string, string> _environment = [];
    private readonly HttpClient _control = new();
    private Process? _server;
    private string _endpoint = "";
    private int _mounts;

    private ReadWorld(string program) => _program = program;

    /// <summary>The same bytes on the disk below.</summary>
    public string Native => _directory.Combine("data/big");

    public static async Task<ReadWorld> StartAsync(string program)
    {
        var world = new ReadWorld(program);
        Directory.CreateDirectory(world._directory.Combine("data"));
        var bytes = new byte[1 << 20];
        var random = new Random(1);
        await using (var file = File.Create(world.Native))
        {
            for (var written = 0L; written < Length; written += bytes.Length)
            {
                random.NextBytes(bytes);
                await file.WriteAsync(bytes);
            }

            file.Flush(flushToDisk: true);
        }

        await world.ServeAsync();
        return world;
    }

    /// <summary>Every answer comes so much later, contents at so many bytes a second on each connection; null: as they come.</summary>
    public async Task ShapeAsync(TimeSpan? delay, long? bytesPerSecond)
    {
        using var none = await _control.DeleteAsync(new Uri("/faults", UriKind.Relative));
        none.EnsureSuccessStatusCode();
        foreach (var (target, rate) in new[] { ("Api", null), ("Storage", bytesPerSecond) })
        {
            if (delay is null)
                continue;
            using var rule = JsonContent.Create(
                new { target, delay = delay.Value.ToString("c", CultureInfo.InvariantCulture), bytesPerSecond = rate });
            using var answer = await _control.PostAsync(new Uri("/faults", UriKind.Relative), rule);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Bytes of content that the server has sent.</summary>
    public async Task<long> BytesSentAsync()
    {
        using var json = JsonDocument.Parse(await _control.GetStringAsync(new Uri("/totals", UriKind.Relative)));
        return json.RootElement.GetProperty("storageBytesSent").GetInt64();
    }

    /// <param name="cache">Which cache directory; one that was used before is warm.</param>
    /// <param name="options">Options of <c>mount</c>.</param>
    public async Task<ReadMount> MountAsync(string cache, params string[] options)
    {
        var mountpoint = _directory.Combine($"mnt-{_mounts++}");
        Directory.CreateDirectory(mountpoint);
        var caches = _directory.Combine(cache);
        var clock = Stopwatch.StartNew();
        var mounted = await Command.RunAsync(
            _program, ["mount", "--endpoint", _endpoint, "--cache-dir", caches, .. options, mountpoint], _environment);
        _ = mounted.Text;
        var took = clock.Elapsed;
        using var status = JsonDocument.Parse((await Command.RunAsync(_program, ["status", "--json"], _environment)).Text);
        var pid = status.RootElement.GetProperty("mounts").EnumerateArray().Single().GetProperty("pid").GetInt32();
        return new ReadMount(_program, _environment, mountpoint, caches, pid, took);
    }

    /// <summary>A pre-signed address of the large file.</summary>
    public async Task<string> UrlAsync(string id)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_endpoint}/repo/v1/entity/{id}/file?redirect=false");
        request.Headers.Authorization = new("Bearer", _environment["SYNAPSE_AUTH_TOKEN"]);
        using var response = await http.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public void Dispose()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        _control.Dispose();
        _directory.Dispose();
    }

    private async Task ServeAsync()
    {
        var ready = _directory.Combine("ready.json");
        var port = FreePort();
        _environment["HOME"] = _environment["XDG_RUNTIME_DIR"] = _directory.Path;
        string[] arguments =
        [
            "serve", "--data", _directory.Combine("server"), "--ready-file", ready, "--no-limits", "--import", _directory.Combine("data"),
            "--control-port", port.ToString(CultureInfo.InvariantCulture),
        ];
        _server = Process.Start(Command.StartInfo(_program, arguments, _environment))!;
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        if (!await Eventually.HoldsAsync(() => File.Exists(ready) || _server.HasExited, Patience) || _server.HasExited)
            throw new InvalidOperationException("The embedded server did not start.");
        _control.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(ready));
        _environment["SYNAPSE_AUTH_TOKEN"] = json.RootElement.GetProperty("token").GetString()!;
        _endpoint = new Uri(json.RootElement.GetProperty("repoEndpoint").GetString()!).GetLeftPart(UriPartial.Authority);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}

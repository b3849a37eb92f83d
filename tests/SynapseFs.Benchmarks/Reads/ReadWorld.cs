using System.Diagnostics;
using System.Text.Json;
using SynapseFs.Benchmarks.Servers;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>An embedded server with one project of one large file, which lies on the disk as well, and mounts of it, each a process of its own.</summary>
internal sealed class ReadWorld : IAsyncDisposable
{
    public const long Length = 1L << 30;

    private readonly TemporaryDirectory _directory;
    private readonly string _program;
    private readonly List<ReadMount> _mounts = [];

    private ReadWorld(TemporaryDirectory directory, string program, ServerProcess server) =>
        (_directory, _program, Server) = (directory, program, server);

    public ServerProcess Server { get; }

    /// <summary>Asks the server without a filesystem between.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>The same bytes on the disk below.</summary>
    public string Native => _directory.Combine("data/big");

    public static async Task<ReadWorld> StartAsync(string program)
    {
        var directory = new TemporaryDirectory();
        var data = directory.Combine("data");
        Directory.CreateDirectory(data);
        var bytes = new byte[1 << 20];
        var random = new Random(1);
        await using (var file = File.Create(Path.Combine(data, "big")))
        {
            for (var written = 0L; written < Length; written += bytes.Length)
            {
                random.NextBytes(bytes);
                await file.WriteAsync(bytes);
            }

            file.Flush(flushToDisk: true);
        }

        var server = await ServerProcess.StartAsync(program, directory.Path, "--no-limits", "--import", data);
        return new ReadWorld(directory, program, server);
    }

    /// <summary>A folder of this run, not there yet.</summary>
    public string Folder(string name) => _directory.Combine(name);

    /// <param name="cache">Which cache directory; one that was used before is warm.</param>
    /// <param name="options">Options of <c>mount</c>.</param>
    public async Task<ReadMount> MountAsync(string cache, params string[] options)
    {
        var mountpoint = _directory.Combine($"mnt-{_mounts.Count}");
        Directory.CreateDirectory(mountpoint);
        var caches = _directory.Combine(cache);
        var clock = Stopwatch.StartNew();
        var mounted = await Command.RunAsync(
            _program, ["mount", "--endpoint", Server.Endpoint, "--cache-dir", caches, .. options, mountpoint], Server.Environment);
        _ = mounted.Text;
        var took = clock.Elapsed;
        using var status = JsonDocument.Parse((await Command.RunAsync(_program, ["status", "--json"], Server.Environment)).Text);
        var pid = status.RootElement.GetProperty("mounts").EnumerateArray()
            .Single(one => one.GetProperty("mountpoint").GetString() == mountpoint).GetProperty("pid").GetInt32();
        var mount = new ReadMount(_program, Server.Environment, mountpoint, caches, pid, took);
        _mounts.Add(mount);
        return mount;
    }

    /// <summary>A pre-signed address of the large file, by one call.</summary>
    public async Task<string> UrlAsync(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Server.Endpoint}/repo/v1/entity/{id}/file?redirect=false");
        request.Headers.Authorization = new("Bearer", Server.Environment["SYNAPSE_AUTH_TOKEN"]);
        using var response = await Http.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    // Comes after a trial that failed too: nothing is deleted below a mount that stands, and no failure here hides the trial's own.
    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var mount in _mounts.Where(mount => !mount.HasEnded))
                await mount.EndAsync();
            Http.Dispose();
            await Server.DisposeAsync();
            _directory.Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"{_directory} could not be cleared away: {failure.Message}");
        }
    }
}

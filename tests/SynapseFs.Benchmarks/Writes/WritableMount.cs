using System.Net.Http.Json;
using System.Text.Json;
using SynapseFs.Benchmarks.Servers;
using SynapseFs.Benchmarks.Yardsticks;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Writes;

/// <summary>A mount of one project of an embedded server, each in a process of its own, with what is asked of the server counted.</summary>
internal sealed class WritableMount : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly string _program;
    private int? _processId;

    private WritableMount(TemporaryDirectory directory, string program, ServerProcess server) =>
        (_directory, _program, Server) = (directory, program, server);

    public string Path => _directory.Combine("mnt");

    public ServerProcess Server { get; }

    /// <summary>The daemon's largest resident memory so far, bytes.</summary>
    public long LargestMemory => ProcessFacts.Status(_processId!.Value, "VmHWM");

    /// <param name="directory">Where server, cache and mount lie.</param>
    /// <param name="program">synapsefs.</param>
    /// <param name="settle">How long changes rest before they are sent, as the option says it.</param>
    public static async Task<WritableMount> StartAsync(TemporaryDirectory directory, string program, string settle)
    {
        var mount = new WritableMount(directory, program, await ServerProcess.StartAsync(program, directory.Path));
        var project = await mount.MakeProjectAsync();
        Directory.CreateDirectory(mount.Path);
        await mount.RunAsync(
            "mount", "--endpoint", mount.Server.Endpoint, "--cache-dir", directory.Combine("cache"), "--settle", settle, project, mount.Path);
        using var status = JsonDocument.Parse((await Command.RunAsync(program, ["status", "--json"], mount.Server.Environment)).Text);
        mount._processId = status.RootElement.GetProperty("mounts").EnumerateArray().Single().GetProperty("pid").GetInt32();
        return mount;
    }

    /// <summary>Returns when the server has everything.</summary>
    public Task WaitAsync() => RunAsync("wait", Path);

    // After a trial that failed too, whose failure is the one to see.
    public async ValueTask DisposeAsync()
    {
        if (_processId is not null)
            _ = await Command.RunAsync(_program, ["unmount", "--now", Path], Server.Environment);
        await Server.DisposeAsync();
    }

    private async Task<string> MakeProjectAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", Server.Environment["SYNAPSE_AUTH_TOKEN"]);
        using var body = JsonContent.Create(new { concreteType = "org.sagebionetworks.repo.model.Project", name = "Trial" });
        using var answer = await http.PostAsync(new Uri($"{Server.Endpoint}/repo/v1/entity"), body);
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private async Task RunAsync(params string[] arguments) => _ = (await Command.RunAsync(_program, arguments, Server.Environment)).Text;
}

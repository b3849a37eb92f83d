using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Crash.Tests.Remote;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>The server that outlives all kills: without limits, with one project.</summary>
internal sealed class CrashServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private CrashServer()
    {
    }

    public SynapseServer Server { get; private set; } = null!;

    public SynapseClient Client { get; private set; } = null!;

    public string Project { get; private set; } = "";

    public string Endpoint => Server.BaseAddress.ToString().TrimEnd('/');

    public string Token => Server.FirstUser.Token;

    public static async Task<CrashServer> StartAsync()
    {
        var made = new CrashServer();
        var options = new ServerOptions { DataDirectory = made._directory.Combine("data"), IsThrottled = false, MakesPreviews = false };
        made.Server = await SynapseServer.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        var settings = new SynapseSettings { Endpoints = SynapseEndpoints.FromOverride(made.Endpoint), Token = made.Token };
        var unlimited = new SynapseClientOptions { CallsInFlight = 8, BackgroundCallsInFlight = 8, CallsPerWindow = 1_000_000 };
        made.Client = new SynapseClient(settings, unlimited, TimeProvider.System, NullLoggerFactory.Instance);
        made.Project = await made.CreateAsync("Crash", SynapseTypes.Project, parent: null);
        return made;
    }

    public Task<string> AddFolderAsync(string name) => CreateAsync(name, SynapseTypes.Folder, Project);

    public Task<RemoteTree> ReadAsync() => RemoteTree.ReadAsync(Client, Project);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<string> CreateAsync(string name, string type, string? parent)
    {
        var entity = new Entity { ConcreteType = type, Name = name, ParentId = parent };
        return (await Client.Entities.CreateAsync(entity, RequestPriority.Interactive, CancellationToken.None)).Id!;
    }
}

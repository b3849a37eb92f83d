using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Crash.Tests.Remote;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Remote;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>The server that outlives all kills: without limits, with one project.</summary>
internal sealed class CrashServer : IAsyncDisposable
{
    private const int MostTraced = 300;

    private readonly TemporaryDirectory _directory = new();

    private CrashServer()
    {
    }

    public SynapseServer Server { get; private set; } = null!;

    public SynapseClient Client { get; private set; } = null!;

    public string Project { get; private set; } = "";

    public string Endpoint => Server.BaseAddress.ToString().TrimEnd('/');

    public string Token => Server.FirstUser.Token;

    /// <summary>The last requests.</summary>
    public IEnumerable<string> Trace => Server.Log.Requests.TakeLast(MostTraced).Select(request => string.Create(
        CultureInfo.InvariantCulture, $"{request.When:HH:mm:ss.fff} server {request.Method} {request.Path} {request.Status}"));

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

    /// <summary>The bytes of one version, counted from 1.</summary>
    public async Task<byte[]> ReadVersionAsync(string id, int version)
    {
        var entity = await Client.Entities.GetAsync(id, version, RequestPriority.Interactive, CancellationToken.None);
        var association = new FileHandleAssociation
        {
            FileHandleId = entity.DataFileHandleId,
            AssociateObjectId = id,
            AssociateObjectType = "FileEntity",
        };
        await using var stream = await Client.Downloads.OpenRangeAsync(
            association, 0, null, RequestPriority.Interactive, CancellationToken.None);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

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

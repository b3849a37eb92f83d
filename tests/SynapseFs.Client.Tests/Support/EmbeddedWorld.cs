using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Api;
using SynapseFs.Client.Configuration;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Client.Tests.Support;

/// <summary>The embedded server with one project in it, and a client of its first user.</summary>
internal sealed class EmbeddedWorld : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private EmbeddedWorld()
    {
    }

    public SynapseServer Server { get; private set; } = null!;

    public SynapseClient Client { get; private set; } = null!;

    public LogCollector Log { get; } = new();

    public string ProjectId { get; private set; } = "";

    /// <summary>A stranger to the project: the only one of the server's accounts.</summary>
    private static readonly ServerUser Stranger = new() { Name = "stranger" };

    public static async Task<EmbeddedWorld> StartAsync(SynapseClientOptions? options = null, long? storageLimit = null)
    {
        var world = new EmbeddedWorld();
        world.Server = await SynapseServer.StartAsync(
            new ServerOptions
            {
                DataDirectory = world._directory.Combine("server"),
                ProjectStorageLimit = storageLimit,
                Users = [Stranger],
            },
            NullLoggerFactory.Instance, TimeProvider.System, default);
        world.Client = world.Connect(world.Server.FirstUser.Token, options);
        var project = new Entity { ConcreteType = SynapseTypes.Project, Name = "Client tests" };
        world.ProjectId = (await world.Client.Entities.CreateAsync(project, RequestPriority.Interactive, default)).Id!;
        await world.ForgetRequestsAsync();
        return world;
    }

    /// <summary>What the server has counted, with every request whose answer the caller has.</summary>
    public async Task<RequestTotals> TotalsAsync()
    {
        await Server.Log.QuietAsync(default);
        return Server.Log.Totals;
    }

    public async Task ForgetRequestsAsync()
    {
        await Server.Log.QuietAsync(default);
        Server.Log.Reset();
    }

    public SynapseClient Connect(string token, SynapseClientOptions? options = null) => new(
        new SynapseSettings { Endpoints = SynapseEndpoints.FromOverride(Server.BaseAddress.ToString()), Token = token },
        options ?? Clients.Quick, TimeProvider.System, Log);

    public Task<Entity> AddFolderAsync(string name) => Client.Entities.CreateAsync(
        new Entity { ConcreteType = SynapseTypes.Folder, Name = name, ParentId = ProjectId }, RequestPriority.Interactive, default);

    public async Task<FileHandleAssociation> AddFileAsync(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        var handle = await Client.Uploads.UploadAsync(stream, new UploadDescription(name, "text/plain", 1), RequestPriority.AwaitedUpload,
            null, default);
        var file = await Client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.File, Name = name, ParentId = ProjectId, DataFileHandleId = handle },
                RequestPriority.Interactive, default);
        return new FileHandleAssociation { FileHandleId = handle, AssociateObjectId = file.Id, AssociateObjectType = "FileEntity" };
    }

    public async Task<byte[]> ReadAsync(FileHandleAssociation file, long offset, long? length,
        RequestPriority priority = RequestPriority.Interactive)
    {
        await using var stream = await Client.Downloads.OpenRangeAsync(file, offset, length, priority, default);
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
}

using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>An embedded server in this process with one project in it, and a home directory for the programs that talk to it.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string ProjectName = "Work of ada";

    private const long PublicGroup = 273949;

    private readonly TemporaryDirectory _folder;
    private readonly SynapseServer _server;

    private World(TemporaryDirectory folder, SynapseServer server)
    {
        _folder = folder;
        _server = server;
    }

    public SynapseServer Server => _server;

    public string Endpoint => _server.BaseAddress.GetLeftPart(UriPartial.Authority);

    /// <summary>A project of the first user, holding <see cref="FileId"/>.</summary>
    public string ProjectId { get; private set; } = "";

    public string FileId { get; private set; } = "";

    public string FirstToken => _server.FirstUser.Token;

    /// <summary>Of a user who sees nothing of the project.</summary>
    public string StrangerToken => _server.Accounts[0].Token;

    public static async Task<World> StartAsync()
    {
        var folder = new TemporaryDirectory();
        var options = new ServerOptions { DataDirectory = folder.Combine("data"), Users = [new ServerUser { Name = "stranger" }] };
        var world = new World(folder, await SynapseServer.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None));
        await world.FillAsync();
        return world;
    }

    public string Combine(params ReadOnlySpan<string> parts) => _folder.Combine(parts);

    public string MakeDirectory(string name) => Directory.CreateDirectory(_folder.Combine(name)).FullName;

    /// <summary>What a program started for the first user sees of the world; nothing of the home directory of whoever runs the tests.</summary>
    public Dictionary<string, string> Environment(string? token = null) => new()
    {
        ["HOME"] = _folder.Path,
        ["XDG_RUNTIME_DIR"] = MakeDirectory("run"),
        ["XDG_CACHE_HOME"] = _folder.Combine("caches"),
        ["XDG_STATE_HOME"] = _folder.Combine("state"),
        ["SYNAPSE_AUTH_TOKEN"] = token ?? FirstToken,
        ["SYNAPSE_PROFILE"] = "",
    };

    public Task<CommandResult> RunAsync(params string[] arguments) => Command.RunAsync(ProgramFiles.Synapsefs, arguments, Environment());

    public Task<CommandResult> MountAsync(params string[] arguments) => RunAsync(["mount", "--endpoint", Endpoint, .. arguments]);

    /// <summary>A client of the first user.</summary>
    public SynapseClient Connect() => new(
        new SynapseSettings { Endpoints = SynapseEndpoints.FromOverride(Endpoint), Token = FirstToken }, new SynapseClientOptions(),
        TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>The text that Synapse holds under a name in the project, or null when there is no such name.</summary>
    public async Task<string?> ReadAsync(string name)
    {
        await using var client = Connect();
        if (await client.Children.FindAsync(ProjectId, name, RequestPriority.Interactive, CancellationToken.None) is not { } id)
            return null;
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", FirstToken);
        return await http.GetStringAsync(new Uri($"{Endpoint}/repo/v1/entity/{id}/file"));
    }

    /// <summary>Lets everybody see the project, also who is not signed in.</summary>
    public async Task PublishAsync()
    {
        await using var client = Connect();
        var acl = (await client.Entities.GetAclAsync(ProjectId, RequestPriority.Interactive, CancellationToken.None))!;
        var everybody = new ResourceAccess { PrincipalId = PublicGroup, AccessType = ["READ"] };
        await client.Entities.UpdateAclAsync(
            ProjectId, acl with { ResourceAccess = [.. acl.ResourceAccess!, everybody] }, RequestPriority.Interactive, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task FillAsync()
    {
        await using var client = Connect();
        var project = await client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.Project, Name = ProjectName }, RequestPriority.Interactive, CancellationToken.None);
        ProjectId = project.Id!;
        using var content = new MemoryStream("hello\n"u8.ToArray());
        var handle = await client.Uploads.UploadAsync(
            content, new UploadDescription("hello.txt", "text/plain", null), RequestPriority.Interactive, null, CancellationToken.None);
        var file = await client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.File, Name = "hello.txt", ParentId = ProjectId, DataFileHandleId = handle },
            RequestPriority.Interactive, CancellationToken.None);
        FileId = file.Id!;
    }
}

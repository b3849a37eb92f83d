using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Core.Providers;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Entities.Tests.Support;

/// <summary>An embedded server with one project, filled through its REST interface, and the kinds of a mount of that project.</summary>
internal sealed class World : IAsyncDisposable
{
    private const RequestPriority Priority = RequestPriority.Interactive;

    private readonly TemporaryDirectory _directory;

    private World(TemporaryDirectory directory, SynapseServer server, SynapseClient client, string project)
    {
        _directory = directory;
        Server = server;
        Client = client;
        Project = new RemoteNode(EntityKinds.Project, project, "", Revision: null);
        Owner = new Writer(this, client, directory);
    }

    public SynapseServer Server { get; }

    public SynapseClient Client { get; }

    public RemoteNode Project { get; }

    /// <summary>The kinds of a mount of the project.</summary>
    public NodeProviders Kinds => Owner.Kinds;

    /// <summary>Changes things through the kinds of the owner's mount.</summary>
    public Writer Owner { get; }

    public static async Task<World> StartAsync(Func<ServerOptions, ServerOptions>? configure = null)
    {
        var directory = new TemporaryDirectory();
        var options = new ServerOptions { DataDirectory = directory.Combine("data"), IsThrottled = false };
        var server = await SynapseServer.StartAsync(
            configure is null ? options : configure(options), NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        var client = Connect(server, server.FirstUser.Token);
        var project = await client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.Project, Name = "World" }, Priority, CancellationToken.None);
        return new World(directory, server, client, project.Id!);
    }

    /// <summary>Another person with a mount of the same project; the caller's to dispose.</summary>
    public Writer As(ServerAccount account, NamingMode naming = NamingMode.Plain) =>
        new(this, Connect(Server, account.Token), _directory, naming);

    /// <summary>Gives a person rights on the project beside the owner's.</summary>
    public async Task ShareAsync(ServerAccount account, params string[] rights)
    {
        var acl = (await Client.Entities.GetAclAsync(Project.RemoteId, Priority, CancellationToken.None))!;
        var entry = new ResourceAccess { PrincipalId = account.PrincipalId, AccessType = rights };
        var others = acl.ResourceAccess!.Where(access => access.PrincipalId != account.PrincipalId);
        await Client.Entities.UpdateAclAsync(
            Project.RemoteId, acl with { ResourceAccess = [.. others, entry] }, Priority, CancellationToken.None);
    }

    /// <summary>Makes a storage location and stores new files of a project or folder there.</summary>
    /// <param name="location">Its JSON.</param>
    public async Task<long> StoreElsewhereAsync(string id, string location)
    {
        var made = await PostAsync(Server.FirstUser, "/repo/v1/storageLocation", location);
        var number = made.GetProperty("storageLocationId").GetInt64();
        await PostAsync(
            Server.FirstUser, "/repo/v1/projectSettings",
            $$"""
            {
              "concreteType": "org.sagebionetworks.repo.model.project.UploadDestinationListSetting",
              "projectId": "{{id}}", "settingsType": "upload", "locations": [{{number}}]
            }
            """);
        return number;
    }

    public Task<Entity> GetAsync(string id) => Client.Entities.GetAsync(id, version: null, Priority, CancellationToken.None);

    /// <summary>A call that the client does not know.</summary>
    public async Task<JsonElement> PostAsync(ServerAccount account, string path, string json)
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", account.Token);
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public async Task<string> CreateAsync(Entity entity) =>
        (await Client.Entities.CreateAsync(
            entity with { ParentId = entity.ParentId ?? Project.RemoteId }, Priority, CancellationToken.None)).Id!;

    public Task<string> AddFolderAsync(string name, string? parent = null) =>
        CreateAsync(new Entity { ConcreteType = SynapseTypes.Folder, Name = name, ParentId = parent });

    public async Task<string> AddFileAsync(string name, string text, string? parent = null) => await CreateAsync(
        new Entity { ConcreteType = SynapseTypes.File, Name = name, ParentId = parent, DataFileHandleId = await UploadAsync(name, text) });

    public Task<string> AddTableAsync(string name, string? parent = null) =>
        CreateAsync(new Entity { ConcreteType = SynapseTypes.Table, Name = name, ParentId = parent });

    public Task<string> AddLinkAsync(string name, string target, long? version = null, string? parent = null) => CreateAsync(new Entity
    {
        ConcreteType = SynapseTypes.Link,
        Name = name,
        ParentId = parent,
        LinksTo = new Reference { TargetId = target, TargetVersionNumber = version },
    });

    /// <summary>Something cheap that is no folder.</summary>
    public Task<string> AddLeafAsync(string name, string parent) => AddLinkAsync(name, Project.RemoteId, version: null, parent);

    public async Task ReplaceAsync(string id, string text)
    {
        var entity = await Client.Entities.GetAsync(id, version: null, Priority, CancellationToken.None);
        var handle = await UploadAsync(entity.Name!, text);
        await Client.Entities.UpdateAsync(entity with { DataFileHandleId = handle }, VersionChange.Keep, Priority, CancellationToken.None);
    }

    public async Task ChangeAsync(string id, Func<Entity, Entity> change)
    {
        var entity = await Client.Entities.GetAsync(id, version: null, Priority, CancellationToken.None);
        await Client.Entities.UpdateAsync(change(entity), VersionChange.Keep, Priority, CancellationToken.None);
    }

    public async Task AnnotateAsync(string id, Dictionary<string, AnnotationsValue> values)
    {
        var annotations = await Client.Annotations.GetAsync(id, version: null, Priority, CancellationToken.None);
        await Client.Annotations.UpdateAsync(id, annotations with { Values = values }, Priority, CancellationToken.None);
    }

    /// <summary>Leaves the first user nothing but these rights on the entity.</summary>
    public Task RestrictAsync(string id, params string[] rights) => Client.Entities.CreateAclAsync(
        id,
        new AccessControlList
        {
            ResourceAccess =
            [
                new ResourceAccess { PrincipalId = Server.FirstUser.PrincipalId, AccessType = [.. rights, "CHANGE_PERMISSIONS"] },
            ],
        },
        Priority,
        CancellationToken.None);

    public Task DeleteAsync(string id) => Client.Entities.DeleteAsync(id, Priority, CancellationToken.None);

    public Task<IReadOnlyList<RemoteChild>> ListAsync(RemoteNode directory) =>
        Kinds[directory.Kind].ListAsync(directory, ListingHint.NamesOnly, Urgency.Waiting, CancellationToken.None);

    public Task<IReadOnlyList<RemoteChild>?> TryListAtOnceAsync(RemoteNode directory) =>
        Kinds[directory.Kind].TryListAtOnceAsync(directory, Urgency.Waiting, CancellationToken.None);

    public Task<RemoteChild?> FindAsync(RemoteNode directory, string name) =>
        Kinds[directory.Kind].FindAsync(directory, name, Urgency.Waiting, CancellationToken.None);

    public Task<RemoteDetails> DescribeAsync(RemoteNode node) =>
        Kinds[node.Kind].DescribeAsync(node, Urgency.Waiting, CancellationToken.None);

    /// <summary>Whether the provider thinks the directory is as that listing told it.</summary>
    public Task<bool> IsUnchangedAsync(RemoteNode directory, IReadOnlyList<RemoteChild> listing) =>
        Kinds[directory.Kind].IsUnchangedAsync(
            directory,
            [.. listing.Select(child => new KnownChild(child.Name, child.Kind, child.RemoteId, child.Revision))],
            Urgency.Waiting,
            CancellationToken.None);

    public async Task<string> ReadAsync(RemoteNode node, RemoteDetails details, long offset = 0, long? length = null)
    {
        var content = Kinds[node.Kind].OpenContent(node, details);
        await using var stream = await content.OpenRangeAsync(offset, length, Urgency.Waiting, CancellationToken.None);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>How many calls the service got while that ran.</summary>
    public async Task<long> CountCallsAsync(Func<Task> work)
    {
        await ForgetRequestsAsync();
        await work();
        return (await GetCallsAsync()).Count;
    }

    /// <summary>What the service got since the requests were forgotten, as "METHOD route".</summary>
    public async Task<IReadOnlyList<string>> GetCallsAsync() =>
    [
        .. (await GetRequestsAsync()).Where(request => request.Service != ServerService.Storage)
            .Select(request => $"{request.Method} {request.Route}"),
    ];

    /// <summary>How many transfers with the storage there were since the requests were forgotten.</summary>
    public async Task<int> CountTransfersAsync() => (await GetRequestsAsync()).Count(request => request.Service == ServerService.Storage);

    public async Task ForgetRequestsAsync()
    {
        await GetRequestsAsync();
        Server.Log.Reset();
    }

    // A request is logged a moment after its answer was read.
    private async Task<IReadOnlyList<LoggedRequest>> GetRequestsAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Server.Log.QuietAsync(patience.Token);
        return Server.Log.Requests;
    }

    public static RemoteNode Node(RemoteChild child) => new(child.Kind, child.RemoteId, child.Name, child.Revision);

    public static RemoteNode Node(Core.Providers.NodeKind kind, string id) => new(kind, id, "", Revision: null);

    private static SynapseClient Connect(SynapseServer server, string token)
    {
        var settings = new SynapseSettings
        {
            Endpoints = new SynapseEndpoints(server.RepoEndpoint, server.AuthEndpoint, server.FileEndpoint),
            Token = token,
        };
        // Short pauses: no test should wait for patience meant for people.
        var patience = new RetryPatience
        {
            FirstDelay = TimeSpan.FromMilliseconds(2),
            LongestDelay = TimeSpan.FromMilliseconds(20),
            Trouble = TimeSpan.FromMilliseconds(300),
            InteractiveTrouble = TimeSpan.FromMilliseconds(300),
        };
        return new SynapseClient(
            settings, new SynapseClientOptions { CallsPerWindow = 1_000_000, Patience = patience }, TimeProvider.System,
            NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        _directory.Dispose();
    }

    public async Task<string> UploadAsync(string name, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        return await Client.Uploads.UploadAsync(
            content, new UploadDescription(name, "text/plain", null), Priority, progress: null, CancellationToken.None);
    }
}

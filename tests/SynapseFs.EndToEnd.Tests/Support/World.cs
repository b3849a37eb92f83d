using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Support;

/// <summary>
/// An embedded server with one project, filled through the REST interface by its first user. What is put in is remembered, so
/// that a test can ask the mount for exactly that.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _data;
    private readonly Dictionary<string, string> _sha256 = [];

    private World(string data, SynapseServer server, SynapseClient client, string project)
    {
        _data = data;
        Server = server;
        Client = client;
        Project = project;
    }

    public SynapseServer Server { get; }

    /// <summary>Speaks as the first user, past the mount.</summary>
    public SynapseClient Client { get; }

    /// <summary>The project's id.</summary>
    public string Project { get; }

    public string Endpoint => Server.BaseAddress.ToString().TrimEnd('/');

    /// <summary>As whom programs speak; null: as the first user.</summary>
    public string? MountToken { get; set; }

    /// <summary>What a program needs to speak as that user and to find no other configuration.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["SYNAPSE_AUTH_TOKEN"] = MountToken ?? Server.FirstUser.Token,
        ["HOME"] = Home,
        ["XDG_RUNTIME_DIR"] = Home,
        ["NO_COLOR"] = "1",
    };

    public string Home => Directory("home");

    /// <summary>SHA-256 in hex of every file put in, by path below the project.</summary>
    public IReadOnlyDictionary<string, string> Sha256 => _sha256;

    public static async Task<World> StartAsync(Func<ServerOptions, ServerOptions>? configure = null)
    {
        var data = System.IO.Directory.CreateTempSubdirectory("synapsefs-world-").FullName;
        var options = new ServerOptions { DataDirectory = data, IsThrottled = false };
        var server = await SynapseServer.StartAsync(
            configure?.Invoke(options) ?? options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        var client = ClientFor(server, server.FirstUser.Token);
        var project = await client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.Project, Name = "World" }, RequestPriority.Interactive, CancellationToken.None);
        return new World(data, server, client, project.Id!);
    }

    public string Directory(string name)
    {
        var path = _directory.Combine(name);
        System.IO.Directory.CreateDirectory(path);
        return path;
    }

    public Task<Mount> MountAsync(params string[] options) => MountSourceAsync(Project, "cache", options);

    public Task<Mount> MountSourceAsync(string source, string cache, params string[] options) =>
        Mount.StartAsync(this, source, _directory.Combine(cache == "cache" ? "mnt" : $"mnt-{cache}"), Directory(cache), options);

    public async Task<string> AddFolderAsync(string name, string? parent = null) =>
        (await Client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.Folder, Name = name, ParentId = parent ?? Project },
            RequestPriority.Interactive, CancellationToken.None)).Id!;

    /// <summary>Uploads bytes as a new file; answers its id.</summary>
    public async Task<string> AddFileAsync(string name, byte[] bytes, string? parent = null, string? path = null)
    {
        var handle = await UploadAsync(name, bytes);
        var entity = await Client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.File, Name = name, ParentId = parent ?? Project, DataFileHandleId = handle },
            RequestPriority.Interactive, CancellationToken.None);
        _sha256[path ?? name] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return entity.Id!;
    }

    /// <summary>Uploads bytes as the next version of a file.</summary>
    public async Task<Entity> ReplaceFileAsync(string id, byte[] bytes)
    {
        var entity = await Client.Entities.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None);
        var handle = await UploadAsync(entity.Name!, bytes);
        return await Client.Entities.UpdateAsync(
            entity with { DataFileHandleId = handle }, VersionChange.Keep, RequestPriority.Interactive, CancellationToken.None);
    }

    public async Task<Entity> CreateAsync(Entity entity) =>
        await Client.Entities.CreateAsync(entity with { ParentId = entity.ParentId ?? Project }, RequestPriority.Interactive, CancellationToken.None);

    public async Task<string> UploadAsync(string name, byte[] bytes)
    {
        using var content = new MemoryStream(bytes, writable: false);
        return await Client.Uploads.UploadAsync(
            content, new UploadDescription(name, "application/octet-stream", null), RequestPriority.Interactive, null, CancellationToken.None);
    }

    /// <summary>A call that the client does not know.</summary>
    /// <param name="token">Null: as the first user.</param>
    public async Task<JsonElement> PostAsync(string path, string json, string? token = null)
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Server.FirstUser.Token);
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Who may do what by an entity's own list, as "NUMBER: TYPE TYPE" in order; null where it inherits.</summary>
    public async Task<string?> AclAsync(string id)
    {
        var acl = await Client.Entities.GetAclAsync(id, RequestPriority.Interactive, CancellationToken.None);
        return acl is null ? null : string.Join(
            "; ", acl.ResourceAccess!.OrderBy(entry => entry.PrincipalId)
                .Select(entry => $"{entry.PrincipalId}: {string.Join(' ', entry.AccessType!.Order(StringComparer.Ordinal))}"));
    }

    /// <summary>Gives somebody rights by an entity's own list, which begins as the one it inherits; no rights take them away.</summary>
    public async Task ShareAsync(string id, long principal, params string[] rights)
    {
        var request = new EntityBundleRequest { IncludeBenefactorACL = true };
        var bundle = await Client.Entities.GetBundleAsync(id, null, request, RequestPriority.Interactive, CancellationToken.None);
        var list = bundle.BenefactorAcl!;
        var others = list.ResourceAccess!.Where(entry => entry.PrincipalId != principal);
        var own = rights.Length == 0 ? Array.Empty<ResourceAccess>() : [new ResourceAccess { PrincipalId = principal, AccessType = rights }];
        await (list.Id == id
            ? Client.Entities.UpdateAclAsync(
                id, list with { ResourceAccess = [.. others, .. own] }, RequestPriority.Interactive, CancellationToken.None)
            : Client.Entities.CreateAclAsync(
                id, new AccessControlList { ResourceAccess = [.. others, .. own] }, RequestPriority.Interactive, CancellationToken.None));
    }

    public static SynapseClient ClientFor(SynapseServer server, string token)
    {
        var settings = SynapseConfiguration.Load(new ConfigurationRequest
        {
            Endpoint = server.BaseAddress.ToString(),
            HomeDirectory = "/nonexistent",
            Environment = name => name == "SYNAPSE_AUTH_TOKEN" ? token : null,
        });
        return new SynapseClient(settings, new SynapseClientOptions { CallsPerWindow = 1_000_000 }, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        System.IO.Directory.Delete(_data, recursive: true);
        _directory.Dispose();
    }

    /// <summary>Bytes that look random and are the same each time.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

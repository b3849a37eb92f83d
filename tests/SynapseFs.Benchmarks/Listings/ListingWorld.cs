using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Entities.Views;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Listings;

/// <summary>An embedded server with a project of many files in folders, and with a view of them; beside it the same names on the disk.</summary>
internal sealed class ListingWorld : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;

    private ListingWorld(TemporaryDirectory directory, SynapseServer server, SynapseClient client, string project) =>
        (_directory, Server, Client, Project) = (directory, server, client, project);

    public SynapseServer Server { get; }

    public SynapseClient Client { get; }

    public string Project { get; }

    /// <summary>The files' ids, in no order.</summary>
    public ConcurrentBag<string> Files { get; } = [];

    /// <summary>The same tree of files of the same length, on the disk.</summary>
    public string OnDisk => _directory.Combine("disk");

    /// <param name="length">Bytes of each file.</param>
    /// <param name="isDistinct">Whether each has bytes of its own.</param>
    public static async Task<ListingWorld> StartAsync(
        TemporaryDirectory directory, int folders, int files, int length = 1000, bool isDistinct = false)
    {
        var options = new ServerOptions { DataDirectory = directory.Combine("data"), IsThrottled = false, MakesPreviews = false };
        var server = await SynapseServer.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        var settings = new SynapseSettings
        {
            Endpoints = new SynapseEndpoints(server.RepoEndpoint, server.AuthEndpoint, server.FileEndpoint),
            Token = server.FirstUser.Token,
        };
        var client = new SynapseClient(
            settings, new SynapseClientOptions { CallsPerWindow = 100_000_000 }, TimeProvider.System, NullLoggerFactory.Instance);
        var project = await MakeAsync(client, SynapseTypes.Project, "Listings", null, null);
        var world = new ListingWorld(directory, server, client, project);
        await world.FillAsync(folders, files, length, isDistinct);
        return world;
    }

    /// <summary>A file's path below the project.</summary>
    public static string Name(int folder, int file) => Path.Combine(FolderName(folder), FileName(file));

    /// <summary>What the shell of the mount needs to be the first user.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["SYNAPSE_AUTH_TOKEN"] = Server.FirstUser.Token,
        ["HOME"] = _directory.Path,
        ["XDG_RUNTIME_DIR"] = _directory.Path,
    };

    public Task<MadeIndex> IndexAsync() => FileIndex.MakeAsync(Client, Project, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }

    private async Task FillAsync(int folders, int files, int length, bool isDistinct)
    {
        var same = await UploadAsync(new byte[length]);
        for (var folder = 0; folder < folders; folder++)
        {
            var name = FolderName(folder);
            var parent = await MakeAsync(Client, SynapseTypes.Folder, name, Project, null);
            Directory.CreateDirectory(Path.Combine(OnDisk, name));
            await Parallel.ForAsync(0, files, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (file, _) =>
            {
                var bytes = new byte[length];
                if (isDistinct)
                    new Random((folder * files) + file).NextBytes(bytes);
                Files.Add(await MakeAsync(Client, SynapseTypes.File, FileName(file), parent, isDistinct ? await UploadAsync(bytes) : same));
                await File.WriteAllBytesAsync(Path.Combine(OnDisk, Name(folder, file)), bytes, CancellationToken.None);
            });
        }
    }

    private static string FolderName(int folder) => $"folder-{folder:d3}";

    private static string FileName(int file) => $"file-{file:d5}.txt";

    private async Task<string> UploadAsync(byte[] content)
    {
        using var bytes = new MemoryStream(content);
        return await Client.Uploads.UploadAsync(
            bytes, new UploadDescription("data", "application/octet-stream", null), RequestPriority.Interactive, null, CancellationToken.None);
    }

    private static async Task<string> MakeAsync(SynapseClient client, string type, string name, string? parent, string? handle) =>
        (await client.Entities.CreateAsync(
            new Entity { ConcreteType = type, Name = name, ParentId = parent, DataFileHandleId = handle }, RequestPriority.Interactive,
            CancellationToken.None)).Id!;
}

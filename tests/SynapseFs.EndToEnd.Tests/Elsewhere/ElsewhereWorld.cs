using System.Security.Cryptography;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Elsewhere;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Elsewhere;

/// <summary>A world whose files lie outside Synapse, and the person's configuration for that.</summary>
internal static class ElsewhereWorld
{
    private const string Settings = "org.sagebionetworks.repo.model.project.";

    /// <summary>A file whose bytes lie at an address; Synapse is told what is not null.</summary>
    public static async Task<string> AddExternalAsync(this World world, string name, string address, long? size = null, string? md5 = null)
    {
        var handle = new FileHandle
        {
            ConcreteType = SynapseTypes.ExternalFileHandle,
            ExternalURL = address,
            FileName = name,
            ContentSize = size,
            ContentMd5 = md5,
        };
        return await world.AddOfHandleAsync(name, handle);
    }

    public static async Task<string> AddOfHandleAsync(this World world, string name, FileHandle handle)
    {
        var made = await world.Client.FileHandles.RegisterAsync(handle, RequestPriority.Interactive, CancellationToken.None);
        var entity = await world.CreateAsync(new Entity { ConcreteType = SynapseTypes.File, Name = name, DataFileHandleId = made.Id });
        return entity.Id!;
    }

    /// <summary>New files of the project go to an SFTP server from now on.</summary>
    public static Task<long> StoreAtAsync(this World world, SshServer server) => world.StoreAtAsync(
        $$"""{"concreteType":"{{Settings}}ExternalStorageLocationSetting","uploadType":"SFTP","url":"{{server.Address}}{{server.Files}}","supportsSubfolders":true}""");

    /// <summary>New files of the project go to an object store from now on.</summary>
    public static Task<long> StoreAtAsync(this World world, ObjectStore store) => world.StoreAtAsync(
        $$"""{"concreteType":"{{Settings}}ExternalObjectStorageLocationSetting","uploadType":"S3","endpointUrl":"{{store.Endpoint}}","bucket":"{{ObjectStore.Bucket}}"}""");

    public static async Task<long> StoreAtAsync(this World world, string location)
    {
        var id = (await world.PostAsync("/repo/v1/storageLocation", location)).GetProperty("storageLocationId").GetInt64();
        await world.PostAsync(
            "/repo/v1/projectSettings",
            $$"""{"concreteType":"{{Settings}}UploadDestinationListSetting","settingsType":"upload","projectId":"{{world.Project}}","locations":[{{id}}]}""");
        return id;
    }

    /// <summary>The person's password for the server.</summary>
    public static void KnowPassword(this World world, SshServer server, string password) => world.Write(
        ".synapseConfig", $"[sftp://127.0.0.1]\nusername = {SshServer.User}\npassword = {password}\n");

    /// <summary>The person's key for the server.</summary>
    public static void KnowKey(this World world, SshServer server) => world.Write(
        ".synapseConfig", $"[sftp://127.0.0.1:{server.Port}]\nusername = {SshServer.User}\nprivate_key = {server.UserKey}\n");

    /// <summary>As after the person logged in there once.</summary>
    public static void Trust(this World world, SshServer server) => world.Write(".ssh/known_hosts", server.KnownHostsLine);

    /// <summary>The person's keys for the store, in a profile of their own.</summary>
    public static void KnowKeys(this World world, ObjectStore store, string accessKey = ObjectStore.AccessKey)
    {
        world.Write(".synapseConfig", $"[{store.Endpoint}/{ObjectStore.Bucket}]\nprofile_name = lab\n");
        world.Write(".aws/credentials", ObjectStore.Credentials("lab", accessKey));
    }

    /// <summary>A file of the person's home.</summary>
    public static void Write(this World world, string name, string text)
    {
        var path = Path.Combine(world.Home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>In 32 lower-case hex digits.</summary>
    public static string Md5(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>What <c>synapsefs status --json</c> says of the only mount.</summary>
    public static async Task<JsonElement> StatusAsync(this World world, Mount mount)
    {
        var said = await Command.RunAsync("cat", [mount[".synapse/status.json"]]);
        using var document = JsonDocument.Parse(said.Text);
        return document.RootElement.Clone();
    }

    /// <summary>What <c>synapsefs status</c> prints.</summary>
    public static async Task<string> SaidByStatusAsync(this World world) =>
        string.Join(' ', (await Command.RunAsync(ProgramFiles.Synapsefs, ["status"], world.Environment)).Output
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    public static async Task<string> StateAsync(this Mount mount, string name) =>
        (await Command.RunAsync("getfattr", ["--only-values", "-n", "user.synapse.state", mount[name]])).Output;

    /// <summary>The file handle of a file's current version.</summary>
    public static async Task<FileHandle> HandleAsync(this World world, string name)
    {
        var request = new EntityBundleRequest { IncludeEntity = true, IncludeFileHandles = true };
        var id = await world.Client.Children.FindAsync(world.Project, name, RequestPriority.Interactive, CancellationToken.None);
        var bundle = await world.Client.Entities.GetBundleAsync(id!, null, request, RequestPriority.Interactive, CancellationToken.None);
        return bundle.FileHandles!.Single(handle => handle.Id == bundle.Entity!.DataFileHandleId);
    }
}

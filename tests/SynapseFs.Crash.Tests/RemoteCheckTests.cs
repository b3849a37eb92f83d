using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Crash.Tests.Ledgers;
using SynapseFs.Crash.Tests.Remote;
using SynapseFs.Crash.Tests.Running;

namespace SynapseFs.Crash.Tests;

/// <summary>The proof of the proof, the server's side: what lacks, is torn or is there twice is found.</summary>
internal sealed class RemoteCheckTests
{
    private readonly WholeContents _contents = new();
    private CrashServer _server = null!;
    private string _folder = "";
    private Tree _tree = null!;

    [OneTimeSetUp]
    public async Task Serve() => _server = await CrashServer.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await _server.DisposeAsync();

    [SetUp]
    public async Task Fill()
    {
        var name = $"w{Guid.NewGuid():N}";
        _folder = name + "/";
        var id = await _server.AddFolderAsync(name);
        _tree = new Tree();
        await AddAsync(id, "a.txt", [1, 2, 3]);
        await AddAsync(id, "b.txt", [4, 5]);
        AddToTree("empty", []);
        AddToTree("backup~", [9]);
    }

    [Test]
    public async Task What_is_the_same_is_the_same_and_local_things_may_lack()
    {
        Assert.That(await DifferencesAsync(), Is.Empty);
        Assert.That(await DefectsAsync(), Is.Empty);
    }

    [Test]
    public async Task What_lacks_on_the_server_is_found()
    {
        AddToTree("c.txt", [7]);
        _tree.AddDirectory("folder");

        Assert.That(await DifferencesAsync(), Is.EqualTo(new[] { $"{_folder}c.txt is not on the server", $"{_folder}folder is not on the server" }));
    }

    [Test]
    public async Task What_is_too_many_on_the_server_is_found()
    {
        _tree.Remove("a.txt");

        Assert.That(await DifferencesAsync(), Is.EqualTo(new[] { $"{_folder}a.txt is on the server only" }));
    }

    [Test]
    public async Task Other_bytes_are_found()
    {
        _tree.FileAt("a.txt").Write(0, [8]);
        _tree.FileAt("a.txt").Settle();

        Assert.That(await DifferencesAsync(), Has.Exactly(1).StartsWith($"{_folder}a.txt has other bytes on the server"));
    }

    [Test]
    public async Task Torn_versions_and_versions_that_are_there_twice_are_found()
    {
        var thing = (await _server.ReadAsync()).Things[_folder + "b.txt"];
        await ReplaceAsync(thing.Id, [4, 5], VersionChange.New);
        await ReplaceAsync(thing.Id, [4, 0], VersionChange.Keep);

        Assert.That(await DefectsAsync(), Is.EqualTo(new[]
        {
            $"versions 1 and 2 of {_folder}b.txt ({thing.Id}) are the same",
            $"version 3 of {_folder}b.txt ({thing.Id}) is torn: nobody closed or synced such bytes",
        }));
    }

    private async Task<IReadOnlyList<string>> DifferencesAsync() => RemoteCheck.Differences(await _server.ReadAsync(), _tree, _folder);

    // The other tests' folders are on the server, too.
    private async Task<IReadOnlyList<string>> DefectsAsync() =>
        [.. RemoteCheck.Defects(await _server.ReadAsync(), _contents).Where(text => text.Contains(_folder, StringComparison.Ordinal))];

    private async Task AddAsync(string parent, string name, byte[] bytes)
    {
        AddToTree(name, bytes);
        var entity = new Entity { ConcreteType = SynapseTypes.File, Name = name, ParentId = parent, DataFileHandleId = await UploadAsync(bytes) };
        await _server.Client.Entities.CreateAsync(entity, RequestPriority.Interactive, CancellationToken.None);
    }

    private async Task ReplaceAsync(string id, byte[] bytes, VersionChange version)
    {
        var entity = await _server.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, CancellationToken.None);
        var changed = entity with { DataFileHandleId = await UploadAsync(bytes), VersionLabel = null };
        await _server.Client.Entities.UpdateAsync(changed, version, RequestPriority.Interactive, CancellationToken.None);
    }

    private async Task<string> UploadAsync(byte[] bytes)
    {
        using var content = new MemoryStream(bytes, writable: false);
        return await _server.Client.Uploads.UploadAsync(
            content, new UploadDescription("x", "application/octet-stream", null), RequestPriority.Interactive, null, CancellationToken.None);
    }

    private void AddToTree(string name, byte[] bytes)
    {
        var file = new FileRecord(_tree.Files.Count + 1);
        file.Write(0, bytes);
        file.Settle();
        _contents.Add(bytes);
        _tree.Add(name, file);
    }
}

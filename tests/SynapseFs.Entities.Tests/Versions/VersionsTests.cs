using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Versions;

internal sealed class VersionsTests
{
    private World _world = null!;
    private string _file = null!;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync();
        _file = await _world.AddFileAsync("a.txt", "one");
        await _world.ReplaceAsync(_file, "second");
        await _world.ChangeAsync(_file, entity => entity with { VersionLabel = "as submitted" });
        await _world.ReplaceAsync(_file, "third!");
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task Every_version_is_listed_by_number_and_by_a_label_that_is_none()
    {
        var versions = await WalkAsync("versions");
        var listed = await _world.ListAsync(versions);

        Assert.That(
            listed.Select(child => $"{child.Name}={child.RemoteId}"),
            Is.EquivalentTo(new[] { $"1={_file}.1", $"2={_file}.2", $"as submitted={_file}.2", $"3={_file}.3" }));
        Assert.That(await _world.CountCallsAsync(() => _world.ListAsync(versions)), Is.EqualTo(1));
    }

    [TestCase("1", "one")]
    [TestCase("2", "second")]
    [TestCase("as submitted", "second")]
    [TestCase("3", "third!")]
    public async Task A_version_holds_the_file_as_it_was(string version, string text)
    {
        var directory = await WalkAsync("versions", version);

        var file = (await _world.ListAsync(directory)).Single(child => child.Kind == EntityKinds.FileVersion);

        Assert.That(file.Name, Is.EqualTo("a.txt"));
        Assert.That(file.Details!.Length, Is.EqualTo(text.Length));
        Assert.That(file.Details.Permissions & FilePermissions.AllWrite, Is.EqualTo(FilePermissions.None));
        Assert.That(await _world.ReadAsync(World.Node(file), file.Details), Is.EqualTo(text));
        Assert.That(_world.Kinds[file.Kind].ContentOwnerOf(World.Node(file)), Is.EqualTo(_file));
    }

    [Test]
    public async Task A_new_version_is_noticed_and_a_new_name_too()
    {
        var (versions, first) = (await WalkAsync("versions"), await WalkAsync("versions", "1"));
        var (listed, held) = (await _world.ListAsync(versions), await _world.ListAsync(first));
        Assert.That(await _world.IsUnchangedAsync(versions, listed), Is.True);
        Assert.That(await _world.IsUnchangedAsync(first, held), Is.True);

        await _world.ReplaceAsync(_file, "fourth");
        Assert.That(await _world.IsUnchangedAsync(versions, listed), Is.False);
        Assert.That(await _world.IsUnchangedAsync(first, held), Is.True);

        await _world.ChangeAsync(_file, entity => entity with { Name = "b.txt" });
        Assert.That(await _world.IsUnchangedAsync(first, held), Is.False);
    }

    [Test]
    public async Task Only_files_have_versions()
    {
        await _world.AddFolderAsync("folder");
        await _world.AddTableAsync("samples");

        Assert.That(await FindAsync("folder"), Is.Null);
        Assert.That(await FindAsync("samples.json"), Is.Null);

        async Task<RemoteChild?> FindAsync(string name) => await _world.FindAsync(await FacesAsync(name), "versions");
    }

    [Test]
    public async Task There_is_no_version_that_there_is_not()
    {
        var versions = await WalkAsync("versions");

        foreach (var name in new[] { "0", "4", "01", "none" })
            Assert.That(await _world.FindAsync(versions, name), Is.Null, name);
    }

    private async Task<RemoteNode> WalkAsync(params string[] names)
    {
        var node = await FacesAsync("a.txt");
        foreach (var name in names)
            node = World.Node((await _world.FindAsync(node, name))!);
        return node;
    }

    private async Task<RemoteNode> FacesAsync(string name)
    {
        var node = World.Node(_world.Kinds.Contributors.Single().Find(_world.Project, isRoot: true, ".synapse")!);
        foreach (var step in new[] { "of", name })
            node = World.Node((await _world.FindAsync(node, step))!);
        return node;
    }
}

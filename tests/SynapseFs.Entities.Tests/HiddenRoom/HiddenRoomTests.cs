using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.HiddenRoom;

internal sealed class HiddenRoomTests
{
    private World _world = null!;
    private RemoteNode _room = null!;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync();
        _room = World.Node(_world.Kinds.Contributors.Single().Find(_world.Project, isRoot: true, ".synapse")!);
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task By_id_reaches_every_kind_of_entity()
    {
        var file = await _world.AddFileAsync("a.txt", "a");
        var folder = await _world.AddFolderAsync("folder");
        var table = await _world.AddTableAsync("samples");
        var link = await _world.AddLinkAsync("link", file);
        var byId = await WalkAsync("by-id");

        Assert.That((await _world.FindAsync(byId, file))!.Kind, Is.EqualTo(EntityKinds.File));
        Assert.That((await _world.FindAsync(byId, $"{file}.1"))!.Kind, Is.EqualTo(EntityKinds.FileVersion));
        Assert.That((await _world.FindAsync(byId, folder))!.Kind, Is.EqualTo(EntityKinds.Folder));
        Assert.That((await _world.FindAsync(byId, _world.Project.RemoteId))!.Kind, Is.EqualTo(EntityKinds.Project));
        Assert.That((await _world.FindAsync(byId, link))!.Kind, Is.EqualTo(EntityKinds.Link));
        Assert.That((await _world.FindAsync(byId, table))!.Kind, Is.EqualTo(EntityKinds.Document));
        Assert.That((await _world.FindAsync(byId, $"{table}.json"))!.Kind, Is.EqualTo(EntityKinds.Document));
    }

    [Test]
    public async Task What_is_no_id_or_nobodys_is_not_there()
    {
        var file = await _world.AddFileAsync("a.txt", "a");
        var byId = await WalkAsync("by-id");

        foreach (var name in new[] { file.ToUpperInvariant(), file[3..], $"{file}.99", $"{file}.json", "syn999999999", ".git", "syn0", "syn01" })
            Assert.That(await _world.FindAsync(byId, name), Is.Null, name);
    }

    [Test]
    public async Task What_may_not_be_read_is_refused_by_id()
    {
        var hidden = await _world.AddFileAsync("hidden.txt", "h");
        await _world.RestrictAsync(hidden);
        var byId = await WalkAsync("by-id");

        Assert.That(Assert.ThrowsAsync<FsException>(() => _world.FindAsync(byId, hidden))!.Error, Is.EqualTo(FsError.AccessDenied));
    }

    [Test]
    public async Task By_id_lists_nothing_and_says_that_there_is_more()
    {
        var byId = await WalkAsync("by-id");

        Assert.That(await _world.ListAsync(byId), Is.Empty);
        Assert.That(_world.Kinds[byId.Kind].ListsEveryChild, Is.False);
    }

    [TestCase("a.txt")]
    [TestCase("samples.json")]
    [TestCase("folder")]
    [TestCase("link")]
    public async Task Of_leads_to_the_json_of_every_name_shown(string name)
    {
        await _world.AddFileAsync("a.txt", "a");
        await _world.AddTableAsync("samples");
        await _world.AddFolderAsync("folder");
        await _world.AddLinkAsync("link", "syn999999999");
        var id = (await _world.FindAsync(_world.Project, name))!.RemoteId;

        var json = await WalkAsync("of", name, "entity.json");

        Assert.That(await _world.ReadAsync(json, await _world.DescribeAsync(json)), Does.Contain($"\"id\": \"{id}\""));
    }

    [Test]
    public async Task Of_has_no_other_names()
    {
        Assert.That(await _world.FindAsync(await WalkAsync("of"), "nothing"), Is.Null);
    }

    [Test]
    public async Task Of_at_the_root_has_everything_by_its_id()
    {
        var folder = await _world.AddFolderAsync("folder");
        var file = await _world.AddFileAsync("a.txt", "a", folder);

        foreach (var id in new[] { _world.Project.RemoteId, folder, file })
        {
            var json = await WalkAsync("of", id, "entity.json");
            Assert.That(await _world.ReadAsync(json, await _world.DescribeAsync(json)), Does.Contain($"\"id\": \"{id}\""));
        }

        foreach (var name in new[] { "syn999999999", file[3..], $"{file}.1", "syn01" })
            Assert.That(await _world.FindAsync(await WalkAsync("of"), name), Is.Null, name);
        var inner = World.Node(_world.Kinds.Contributors.Single().Find(World.Node(EntityKinds.Folder, folder), isRoot: false, ".synapse")!);
        Assert.That(await _world.FindAsync(World.Node((await _world.FindAsync(inner, "of"))!), file), Is.Null);
    }

    [Test]
    public async Task A_face_shows_when_its_entity_changed()
    {
        var file = await _world.AddFileAsync("a.txt", "a");
        var faces = await WalkAsync("of", "a.txt");
        var listing = await _world.ListAsync(faces);

        Assert.That(await _world.IsUnchangedAsync(faces, listing), Is.True);
        await _world.ReplaceAsync(file, "b");
        Assert.That(await _world.IsUnchangedAsync(faces, listing), Is.False);
    }

    private async Task<RemoteNode> WalkAsync(params string[] names)
    {
        var node = _room;
        foreach (var name in names)
            node = World.Node((await _world.FindAsync(node, name))!);
        return node;
    }
}

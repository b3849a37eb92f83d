using SynapseFs.Client.Tests.Support;

namespace SynapseFs.Client.Tests.Integration;

internal sealed class TrashTests
{
    private EmbeddedWorld _world = null!;

    [OneTimeSetUp]
    public async Task SetUp() => _world = await EmbeddedWorld.StartAsync();

    [OneTimeTearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public async Task What_was_deleted_stands_in_the_trash_and_comes_back()
    {
        var id = await DeletedAsync("comes back");

        var page = await _world.Client.Trash.GetPageAsync(0, 10, RequestPriority.Interactive, default);
        Assert.That(page.Results.Select(item => (item.EntityId, item.EntityName)), Has.Member((id, "comes back")));

        await _world.Client.Trash.RestoreAsync(id, RequestPriority.Interactive, default);
        Assert.That(await ParentAsync(id), Is.EqualTo(_world.ProjectId));
    }

    [Test]
    public async Task It_comes_back_elsewhere_too()
    {
        var id = await DeletedAsync("moves");
        var other = await _world.AddFolderAsync("other");

        await _world.Client.Trash.RestoreAsync(id, other.Id!, RequestPriority.Interactive, default);

        Assert.That(await ParentAsync(id), Is.EqualTo(other.Id));
    }

    [Test]
    public async Task A_name_taken_meanwhile_is_a_conflict()
    {
        var id = await DeletedAsync("taken");
        await _world.AddFolderAsync("taken");

        Assert.That(() => _world.Client.Trash.RestoreAsync(id, RequestPriority.Interactive, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.Conflict));
    }

    [Test]
    public async Task What_is_purged_is_gone_for_good()
    {
        var id = await DeletedAsync("gone");

        await _world.Client.Trash.PurgeAsync(id, RequestPriority.Interactive, default);
        await _world.Client.Trash.PurgeAsync(id, RequestPriority.Interactive, default);

        Assert.That(() => _world.Client.Trash.RestoreAsync(id, RequestPriority.Interactive, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.NotFound));
    }

    private async Task<string> DeletedAsync(string name)
    {
        var folder = await _world.AddFolderAsync(name);
        await _world.Client.Entities.DeleteAsync(folder.Id!, RequestPriority.Interactive, default);
        return folder.Id!;
    }

    private async Task<string?> ParentAsync(string id) =>
        (await _world.Client.Entities.GetAsync(id, null, RequestPriority.Interactive, default)).ParentId;
}

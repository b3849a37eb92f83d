using SynapseFs.Api;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Folders;

internal sealed class ContainerProviderTests
{
    private World _world = null!;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_listing_tells_every_child_by_the_name_shown()
    {
        await _world.AddFolderAsync("folder");
        await _world.AddFileAsync("a.txt", "a");
        await _world.AddFileAsync("A.txt", "A");
        await _world.AddFolderAsync(".");
        await _world.AddTableAsync("samples");
        await _world.AddLinkAsync("link", "syn1");

        var children = await _world.ListAsync(_world.Project);

        Assert.That(children.Select(child => (child.Name, child.Kind.Name)), Is.EquivalentTo(new[]
        {
            ("folder", "folder"), ("a.txt", "file"), ("A.txt", "file"), ("%2E", "folder"), ("samples.json", "document"), ("link", "link"),
        }));
    }

    [Test]
    public async Task A_listing_costs_a_call_for_every_fifty_children()
    {
        for (var number = 0; number < 101; number++)
            await _world.AddFolderAsync($"folder-{number}");

        var calls = await _world.CountCallsAsync(async () =>
            Assert.That((await _world.ListAsync(_world.Project)).Select(child => child.Name).Distinct().Count(), Is.EqualTo(101)));

        Assert.That(calls, Is.EqualTo(3));
    }

    [TestCase(50, true)]
    [TestCase(51, false)]
    public async Task Fifty_children_are_listed_at_once_in_one_call(int count, bool listed)
    {
        for (var number = 0; number < count; number++)
            await _world.AddFolderAsync($"folder-{number}");

        var calls = await _world.CountCallsAsync(async () =>
            Assert.That((await _world.TryListAtOnceAsync(_world.Project))?.Count, Is.EqualTo(listed ? count : null)));

        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public async Task A_probe_is_one_call_and_sees_every_change()
    {
        var file = await _world.AddFileAsync("a.txt", "one");
        var table = await _world.AddTableAsync("samples");
        var folder = await _world.AddFolderAsync("folder");
        var listing = await _world.ListAsync(_world.Project);

        Assert.That(await _world.CountCallsAsync(async () => Assert.That(await _world.IsUnchangedAsync(_world.Project, listing), Is.True)), Is.EqualTo(1));

        await ChangesAsync(() => _world.AddFileAsync("b.txt", "b"));
        await ChangesAsync(() => _world.DeleteAsync(folder));
        await ChangesAsync(() => _world.ChangeAsync(table, entity => entity with { Name = "renamed" }));
        await ChangesAsync(() => _world.ReplaceAsync(file, "two"));
        await ChangesAsync(() => _world.AnnotateAsync(file, new() { ["species"] = new AnnotationsValue { Type = "STRING", Value = ["human"] } }));
        await ChangesAsync(() => _world.RestrictAsync(file, "READ"));

        async Task ChangesAsync(Func<Task> change)
        {
            var before = await _world.ListAsync(_world.Project);
            Assert.That(await _world.IsUnchangedAsync(_world.Project, before), Is.True);
            await change();
            Assert.That(await _world.IsUnchangedAsync(_world.Project, before), Is.False);
        }
    }

    [Test]
    public async Task A_name_is_found_with_its_details_as_the_listing_has_it()
    {
        await _world.AddFileAsync("a.txt", "hello");
        var listed = (await _world.ListAsync(_world.Project)).Single();

        var found = await _world.FindAsync(_world.Project, "a.txt");

        Assert.That(found! with { Details = null }, Is.EqualTo(listed));
        Assert.That(found.Details!.Length, Is.EqualTo(5));
    }

    [Test]
    public async Task A_name_costs_two_calls_and_a_missing_one_costs_one()
    {
        await _world.AddFileAsync("a.txt", "hello");
        await _world.FindAsync(_world.Project, "a.txt");

        Assert.That(await _world.CountCallsAsync(() => _world.FindAsync(_world.Project, "a.txt")), Is.EqualTo(2));
        Assert.That(await _world.CountCallsAsync(() => _world.FindAsync(_world.Project, "b.txt")), Is.EqualTo(1));
        Assert.That(await _world.CountCallsAsync(() => _world.FindAsync(_world.Project, ".synapse")), Is.Zero);
    }

    [TestCase("a.txt")]
    [TestCase("A.TXT")]
    [TestCase("b.txt ")]
    [TestCase("samples")]
    [TestCase("b.txt.json")]
    [TestCase("samples%syn1.json")]
    [TestCase("na:me?")]
    public async Task What_is_not_listed_is_not_found(string name)
    {
        await _world.AddFileAsync("A.txt", "A");
        await _world.AddFileAsync("b.txt", "b");
        await _world.AddTableAsync("samples");

        Assert.That(await _world.FindAsync(_world.Project, name), Is.Null);
    }

    [Test]
    public async Task Every_listed_name_is_found()
    {
        var table = await _world.AddTableAsync("samples");
        await _world.AddFileAsync("samples.json", "{}");
        await _world.AddTableAsync("others");
        await _world.AddFolderAsync("..");
        await _world.AddLinkAsync("link", table);

        var listing = await _world.ListAsync(_world.Project);

        Assert.That(listing.Select(child => child.Name), Does.Contain($"samples%{table}.json"));
        foreach (var child in listing)
            Assert.That((await _world.FindAsync(_world.Project, child.Name))! with { Details = null }, Is.EqualTo(child));
    }

    [Test]
    public async Task A_child_that_may_not_be_read_is_not_there()
    {
        var hidden = await _world.AddFileAsync("hidden.txt", "h");
        await _world.RestrictAsync(hidden);

        Assert.That(await _world.ListAsync(_world.Project), Is.Empty);
        Assert.That(await _world.FindAsync(_world.Project, "hidden.txt"), Is.Null);
    }

    [Test]
    public async Task A_folder_that_is_gone_is_not_found()
    {
        var folder = await _world.AddFolderAsync("folder");
        await _world.DeleteAsync(folder);
        var node = World.Node(EntityKinds.Folder, folder);

        Assert.That(Assert.ThrowsAsync<FsException>(() => _world.ListAsync(node))!.Error, Is.EqualTo(FsError.NotFound));
        Assert.That(Assert.ThrowsAsync<FsException>(() => _world.DescribeAsync(node))!.Error, Is.EqualTo(FsError.NotFound));
    }

    [Test]
    public async Task A_project_is_described_with_its_facts()
    {
        var details = await _world.DescribeAsync(_world.Project);

        Assert.That(details.Permissions, Is.EqualTo(FilePermissions.AllRead | FilePermissions.AllExecute | FilePermissions.UserWrite));
        Assert.That(details.Xattrs["user.synapse.id"], Is.EqualTo(_world.Project.RemoteId));
        Assert.That(details.Xattrs["user.synapse.url"], Is.EqualTo($"https://www.synapse.org/Synapse:{_world.Project.RemoteId}"));
        Assert.That(details.Length, Is.Null);
    }
}

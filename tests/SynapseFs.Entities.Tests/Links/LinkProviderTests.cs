using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;

namespace SynapseFs.Entities.Tests.Links;

internal sealed class LinkProviderTests
{
    private World _world = null!;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_target_inside_the_mount_is_led_to_by_its_path()
    {
        var folder = await _world.AddFolderAsync("folder");
        var file = await _world.AddFileAsync("a.txt", "a", await _world.AddFolderAsync("..", folder));
        var table = await _world.AddTableAsync("samples", folder);

        Assert.That(await TargetAsync(file), Is.EqualTo("/folder/%2E%2E/a.txt"));
        Assert.That(await TargetAsync(folder), Is.EqualTo("/folder"));
        Assert.That(await TargetAsync(table), Is.EqualTo("/folder/samples.json"));
        Assert.That(await TargetAsync(_world.Project.RemoteId), Is.EqualTo("/"));
    }

    [Test]
    public async Task A_table_beside_a_file_of_its_json_name_is_led_to_under_its_longer_name()
    {
        var folder = await _world.AddFolderAsync("folder");
        var table = await _world.AddTableAsync("samples", folder);
        await _world.AddFileAsync("samples.json", "{}", folder);

        Assert.That(await TargetAsync(table), Is.EqualTo($"/folder/samples%{table}.json"));
    }

    [Test]
    public async Task A_pinned_version_is_led_to_by_id()
    {
        var file = await _world.AddFileAsync("a.txt", "a");
        var folder = await _world.AddFolderAsync("folder");

        Assert.That(await TargetAsync(file, version: 1), Is.EqualTo($"/.synapse/by-id/{file}.1"));
        Assert.That(await TargetAsync(folder, version: 1), Is.EqualTo("/folder"));
    }

    [Test]
    public async Task A_target_outside_the_mount_is_led_to_by_id()
    {
        var other = await _world.Client.Entities.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.Project, Name = "Other" }, Client.RequestPriority.Interactive, CancellationToken.None);
        var table = await _world.AddTableAsync("samples", other.Id);

        Assert.That(await TargetAsync(other.Id!), Is.EqualTo($"/.synapse/by-id/{other.Id}"));
        Assert.That(await TargetAsync(table), Is.EqualTo($"/.synapse/by-id/{table}.json"));
    }

    [Test]
    public async Task In_a_mount_of_all_projects_every_own_project_is_inside()
    {
        var file = await _world.AddFileAsync("a.txt", "a", await _world.AddFolderAsync("folder"));
        var link = await _world.AddLinkAsync("link", file);
        var kinds = SynapseKinds.Create(_world.Client, SynapseKinds.ProjectsRoot("1"), TimeProvider.System);

        var details = await kinds[EntityKinds.Link].DescribeAsync(World.Node(EntityKinds.Link, link), Urgency.Waiting, CancellationToken.None);

        Assert.That(details.LinkTarget, Is.EqualTo("/World/folder/a.txt"));
    }

    [Test]
    public async Task A_link_to_nothing_dangles_by_id()
    {
        Assert.That(await TargetAsync("syn999999999"), Is.EqualTo("/.synapse/by-id/syn999999999"));
        Assert.That(await _world.FindAsync(World.Node(EntityKinds.ById, $"root:project:{_world.Project.RemoteId}"), "syn999999999"), Is.Null);
    }

    [Test]
    public async Task A_link_that_names_nothing_dangles_too()
    {
        var link = await _world.CreateAsync(new Entity { ConcreteType = SynapseTypes.Link, Name = "bare" });

        var details = await _world.DescribeAsync(World.Node(EntityKinds.Link, link));

        Assert.That(details.LinkTarget, Is.EqualTo("/.synapse/by-id/nowhere"));
    }

    [Test]
    public async Task A_link_is_believed_for_a_while_because_its_target_may_move()
    {
        var link = await _world.AddLinkAsync("link", await _world.AddFileAsync("a.txt", "a"));

        var details = await _world.DescribeAsync(World.Node(EntityKinds.Link, link));

        Assert.That(details.Lifetime, Is.EqualTo(TimeSpan.FromMinutes(10)));
    }

    private async Task<string?> TargetAsync(string target, long? version = null)
    {
        var link = await _world.AddLinkAsync($"to {target} {version}".Trim(), target, version);
        return (await _world.DescribeAsync(World.Node(EntityKinds.Link, link))).LinkTarget;
    }
}

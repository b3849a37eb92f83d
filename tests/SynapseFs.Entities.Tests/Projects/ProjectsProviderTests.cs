using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;

namespace SynapseFs.Entities.Tests.Projects;

internal sealed class ProjectsProviderTests
{
    private static readonly RemoteNode Root = SynapseKinds.ProjectsRoot("1");

    private World _world = null!;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task The_root_lists_the_persons_projects_with_their_dates()
    {
        var project = await _world.Client.Entities.GetAsync(
            _world.Project.RemoteId, version: null, Client.RequestPriority.Interactive, CancellationToken.None);

        var child = (await _world.ListAsync(Root)).Single();

        Assert.That((child.Name, child.Kind, child.RemoteId), Is.EqualTo(("World", EntityKinds.Project, project.Id)));
        Assert.That((child.Modified, child.Created), Is.EqualTo((project.ModifiedOn, project.CreatedOn)));
        Assert.That(child.Revision, Is.EqualTo((await _world.DescribeAsync(World.Node(child))).Revision));
    }

    [Test]
    public async Task More_than_a_page_of_projects_is_listed_whole()
    {
        await AddProjectsAsync(60);

        Assert.That(await _world.ListAsync(Root), Has.Count.EqualTo(61));
    }

    [Test]
    public async Task A_few_projects_are_compared_in_one_call()
    {
        await AddProjectsAsync(2);
        var listing = await _world.ListAsync(Root);

        Assert.That(await _world.CountCallsAsync(async () => Assert.That(await _world.IsUnchangedAsync(Root, listing), Is.True)), Is.EqualTo(1));
        await _world.ChangeAsync(_world.Project.RemoteId, entity => entity with { Name = "Renamed" });
        Assert.That(await _world.IsUnchangedAsync(Root, listing), Is.False);
    }

    [Test]
    public async Task More_projects_than_a_page_are_never_taken_for_unchanged()
    {
        await AddProjectsAsync(60);

        Assert.That(await _world.IsUnchangedAsync(Root, await _world.ListAsync(Root)), Is.False);
    }

    [Test]
    public async Task A_project_is_found_by_its_name()
    {
        Assert.That((await _world.FindAsync(Root, "World"))!.RemoteId, Is.EqualTo(_world.Project.RemoteId));
        Assert.That(await _world.FindAsync(Root, "world"), Is.Null);
    }

    private async Task AddProjectsAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await _world.Client.Entities.CreateAsync(
                new Entity { ConcreteType = SynapseTypes.Project, Name = $"Project {number}" },
                Client.RequestPriority.Interactive,
                CancellationToken.None);
        }
    }
}

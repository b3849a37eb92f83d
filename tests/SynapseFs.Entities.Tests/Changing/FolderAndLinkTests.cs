using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Changing;

internal sealed class FolderAndLinkTests
{
    private World _world = null!;

    private Writer Owner => _world.Owner;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync(options => options with { Users = [new ServerUser { Name = "other" }] });

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_new_folder_costs_one_call_and_is_described_whole()
    {
        await _world.DescribeAsync(_world.Project);
        RemoteChild made = null!;

        Assert.That(await _world.CountCallsAsync(async () => made = await Owner.CreateFolderAsync("folder")), Is.EqualTo(1));

        var listed = (await _world.ListAsync(_world.Project)).Single();
        var described = await _world.DescribeAsync(World.Node(made));
        Assert.That((made.Name, made.RemoteId, made.Revision), Is.EqualTo((listed.Name, listed.RemoteId, listed.Revision)));
        Assert.That(made.Details!.Xattrs, Is.EquivalentTo(described.Xattrs));
        Assert.That(made.Details with { Lifetime = null, Xattrs = described.Xattrs }, Is.EqualTo(described));
        Assert.That(made.Details.Rights, Is.EqualTo(NodeRights.All));
    }

    [Test]
    public async Task A_folder_that_is_there_is_taken_for_the_new_one()
    {
        var there = await _world.AddFolderAsync("folder");

        Assert.That((await Owner.CreateFolderAsync("folder")).RemoteId, Is.EqualTo(there));
    }

    [Test]
    public async Task A_lost_answer_leaves_one_folder()
    {
        _world.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/entity", LoseAnswer = true, Count = 1 });

        var made = await Owner.CreateFolderAsync("folder");

        Assert.That((await _world.ListAsync(_world.Project)).Select(child => child.RemoteId), Is.EqualTo(new[] { made.RemoteId }));
    }

    [Test]
    public async Task A_file_of_that_name_is_no_folder()
    {
        await _world.AddFileAsync("folder", "hello");

        Assert.That(() => Owner.CreateFolderAsync("folder"), Refused.By(ChangeRefusal.NameTaken));
    }

    [Test]
    public async Task A_new_project_stands_among_the_persons_projects_and_links_lead_into_it()
    {
        await _world.DescribeAsync(_world.Project);
        RemoteChild made = null!;

        Assert.That(await _world.CountCallsAsync(async () => made = await Owner.CreateProjectAsync("Mine")), Is.EqualTo(1));

        var listed = (await _world.ListAsync(SynapseKinds.ProjectsRoot("1"))).Single(child => child.Name == "Mine");
        Assert.That((made.RemoteId, made.Revision, made.Kind), Is.EqualTo((listed.RemoteId, listed.Revision, EntityKinds.Project)));
        Assert.That((await Owner.CreateProjectAsync("Mine")).RemoteId, Is.EqualTo(made.RemoteId));
    }

    [Test]
    public async Task A_project_of_somebody_else_has_its_name()
    {
        await using var other = _world.As(_world.Server.Accounts[0]);

        Assert.That(() => other.CreateProjectAsync("World"), Refused.By(ChangeRefusal.NameTaken));
        await _world.ShareAsync(_world.Server.Accounts[0], "READ");
        Assert.That(() => other.CreateProjectAsync("World"), Refused.By(ChangeRefusal.NameTaken));
        await _world.ShareAsync(_world.Server.Accounts[0], "READ", "CREATE");
        Assert.That((await other.CreateProjectAsync("World")).RemoteId, Is.EqualTo(_world.Project.RemoteId));
    }

    [Test]
    public async Task A_new_link_leads_where_it_was_made_to_lead()
    {
        var file = await _world.AddFileAsync("a.txt", "hello");

        var plain = await Owner.CreateLinkAsync("plain", file);
        var pinned = await Owner.CreateLinkAsync("pinned", $"{file}.1");

        Assert.That(plain.Details!.LinkTarget, Is.EqualTo("/a.txt"));
        Assert.That(pinned.Details!.LinkTarget, Is.EqualTo($"/.synapse/by-id/{file}.1"));
        var link = (await _world.GetAsync(pinned.RemoteId)).LinksTo;
        Assert.That(link, Is.EqualTo(new Reference { TargetId = file, TargetVersionNumber = 1 }));
        Assert.That((await Owner.CreateLinkAsync("plain", file)).RemoteId, Is.EqualTo(plain.RemoteId));
        Assert.That(() => Owner.CreateLinkAsync("plain", $"{file}.1"), Refused.By(ChangeRefusal.NameTaken));
    }

    [Test]
    public async Task A_new_link_costs_two_calls()
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");

        Assert.That(await _world.CountCallsAsync(() => Owner.CreateLinkAsync("link", file.RemoteId)), Is.EqualTo(2));
    }

    [TestCase("elsewhere/a.txt")]
    [TestCase("")]
    public void A_link_to_nothing_in_synapse_is_impossible(string target) =>
        Assert.That(() => Owner.CreateLinkAsync("link", target), Refused.By(ChangeRefusal.Impossible));

    [Test]
    public void Every_directory_says_what_can_be_made_in_it()
    {
        foreach (var kind in new[] { EntityKinds.Project, EntityKinds.Folder })
        {
            Assert.That(Owner.Kinds[kind].KindOfNew(NodeType.Directory, "x"), Is.EqualTo(EntityKinds.Folder));
            Assert.That(Owner.Kinds[kind].KindOfNew(NodeType.File, "x"), Is.EqualTo(EntityKinds.File));
            Assert.That(Owner.Kinds[kind].KindOfNew(NodeType.SymbolicLink, "x"), Is.EqualTo(EntityKinds.Link));
        }
        Assert.That(Owner.Kinds[EntityKinds.Projects].KindOfNew(NodeType.Directory, "x"), Is.EqualTo(EntityKinds.Project));
        Assert.That(() => Owner.Kinds[EntityKinds.Projects].KindOfNew(NodeType.File, "x"), Refused.ForNow(FsError.NotPermitted));
        Assert.That(() => Owner.Kinds[EntityKinds.HiddenRoom].KindOfNew(NodeType.File, "x"), Refused.ForNow(FsError.ReadOnly));
        Assert.That(() => Owner.Kinds[EntityKinds.ById].KindOfNew(NodeType.Directory, "x"), Refused.ForNow(FsError.ReadOnly));
    }

    [Test]
    public void A_remote_id_is_what_a_link_may_name()
    {
        Assert.That(Owner.Kinds[EntityKinds.File].RemoteIdOf(World.Node(EntityKinds.File, "syn5")), Is.EqualTo("syn5"));
        Assert.That(Owner.Kinds[EntityKinds.HiddenRoom].RemoteIdOf(World.Node(EntityKinds.HiddenRoom, "root:project:syn5")), Is.Null);
        Assert.That(Owner.Kinds[EntityKinds.Projects].RemoteIdOf(World.Node(EntityKinds.Projects, "1")), Is.Null);
    }

    [Test]
    public async Task Rights_are_those_that_synapse_tells()
    {
        var id = await _world.AddFolderAsync("folder");
        await _world.RestrictAsync(id, "READ", "CREATE");
        var details = await _world.DescribeAsync(World.Node(EntityKinds.Folder, id));
        var version = await _world.DescribeAsync(World.Node(EntityKinds.FileVersion, $"{await _world.AddFileAsync("a", "hello")}.1"));
        var table = await _world.DescribeAsync(World.Node(EntityKinds.Document, await _world.AddTableAsync("table")));
        var projects = await _world.DescribeAsync(SynapseKinds.ProjectsRoot("1"));

        Assert.That((details.Rights, details.Permissions), Is.EqualTo((
            NodeRights.AddChildren, FilePermissions.AllRead | FilePermissions.AllExecute | FilePermissions.UserWrite)));
        Assert.That((version.Rights, version.Permissions), Is.EqualTo((NodeRights.None, FilePermissions.AllRead)));
        Assert.That((table.Rights, table.Permissions), Is.EqualTo((NodeRights.None, FilePermissions.AllRead)));
        Assert.That(projects.Rights, Is.EqualTo(NodeRights.AddChildren));
    }
}

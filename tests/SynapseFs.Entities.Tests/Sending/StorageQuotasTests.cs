using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;

namespace SynapseFs.Entities.Tests.Sending;

internal sealed class StorageQuotasTests
{
    private const int Limit = 8;

    private World _world = null!;

    private Writer Owner => _world.Owner;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync(
        options => options with { ProjectStorageLimit = Limit, Users = [new ServerUser { Name = "other" }] });

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_project_and_its_folders_tell_what_the_project_may_hold_and_holds()
    {
        var folder = await Owner.CreateFolderAsync("folder");
        await Owner.CreateFileAsync("a.txt", "hello", folder.RemoteId);

        Assert.That(await FindAsync(Owner, _world.Project), Is.EqualTo(new StorageQuota(Limit, 5)));
        Assert.That(
            await FindAsync(Owner, World.Node(EntityKinds.Folder, await _world.AddFolderAsync("b"))),
            Is.EqualTo(new StorageQuota(Limit, 5)));
    }

    [Test]
    public async Task It_is_asked_for_once_in_a_while()
    {
        await FindAsync(Owner, _world.Project);

        Assert.That(await _world.CountCallsAsync(() => FindAsync(Owner, _world.Project)), Is.Zero);
    }

    [Test]
    public async Task A_full_project_takes_no_more()
    {
        var file = await Owner.CreateFileAsync("a.txt", "more than it may hold");

        Assert.That(
            () => Owner.CreateFileAsync("b.txt", "hello"),
            Refused.By(ChangeRefusal.OverQuota).And.Message.Contains("ask its owner for more room"));
        Assert.That(() => Owner.ReplaceAsync(file, "other"), Refused.By(ChangeRefusal.OverQuota));
    }

    [Test]
    public async Task Where_nobody_knows_there_is_none()
    {
        _world.Server.Faults.Add(new FaultRule { Path = "/file/v1/entity/*/uploadDestination", Status = 404 });

        Assert.That(await FindAsync(Owner, _world.Project), Is.Null);
        Assert.That(await FindAsync(Owner, SynapseKinds.ProjectsRoot("1")), Is.Null);
    }

    [Test]
    public async Task A_stranger_hears_none()
    {
        await using var other = _world.As(_world.Server.Accounts[0]);

        Assert.That(await FindAsync(other, _world.Project), Is.Null);
    }

    private static Task<StorageQuota?> FindAsync(Writer writer, RemoteNode directory) =>
        writer.Kinds[directory.Kind].GetQuotaAsync(directory, Urgency.Waiting, CancellationToken.None);
}

using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Store;

namespace SynapseFs.Entities.Tests.Documents;

internal sealed class FaceProviderTests
{
    private World _world = null!;
    private string _id = null!;
    private RemoteNode _faces = null!;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync(options => options with { Users = [new ServerUser { Name = "guest" }] });
        _id = await _world.AddTableAsync("samples");
        _faces = World.Node(EntityKinds.Faces, _id);
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task Annotations_are_a_text_of_the_length_told()
    {
        await AnnotateAsync("7");
        var face = await FindAsync();
        var text = await _world.ReadAsync(World.Node(face), face.Details!);

        Assert.That(text, Is.EqualTo("{\n  \"age\": 7\n}\n"));
        Assert.That(face.Details!.Length, Is.EqualTo(text.Length));
        Assert.That(face.Details.Rights, Is.EqualTo(NodeRights.Change | NodeRights.Delete));
        Assert.That((await _world.ListAsync(_faces)).Select(child => child.Name), Is.EqualTo(new[] { "entity.json", "annotations.json", "access.json", "provenance.json", "wiki" }));
    }

    [Test]
    public async Task What_is_written_replaces_all_and_reads_as_it_was_understood()
    {
        await AnnotateAsync("7");
        var face = await FindAsync();
        RemoteChild written = null!;

        var calls = await _world.CountCallsAsync(async () => written = await _world.Owner.ReplaceAsync(face, "{\"when\":\"2024-01-02\"}"));

        Assert.That(calls, Is.EqualTo(3));
        Assert.That(written.Revision, Is.EqualTo((await FindAsync()).Revision));
        Assert.That(
            await _world.ReadAsync(World.Node(written), written.Details!), Is.EqualTo("{\n  \"when\": \"2024-01-02T00:00:00.000Z\"\n}\n"));
        Assert.That(_world.Owner.Announced, Is.Empty);
    }

    [Test]
    public async Task What_is_so_already_costs_one_call()
    {
        await AnnotateAsync("7");
        var face = await FindAsync();

        Assert.That(await _world.CountCallsAsync(() => _world.Owner.ReplaceAsync(face, "{\"age\":7}")), Is.EqualTo(1));
    }

    [Test]
    public async Task What_somebody_else_changed_since_stays()
    {
        await AnnotateAsync("7");
        var face = await FindAsync();
        await AnnotateAsync("8");

        Assert.That(() => _world.Owner.ReplaceAsync(face, "{\"age\":9}"), Refused.By(ChangeRefusal.ContentChanged));

        Assert.That(await _world.ReadAsync(World.Node(await FindAsync()), (await FindAsync()).Details!), Does.Contain("8"));
        Assert.That((await _world.Owner.ReplaceAsync(face, "{\"age\":8}")).Details!.Content, Is.EqualTo((await FindAsync()).Details!.Content),
            "unless it is the same");
    }

    [Test]
    public async Task What_cannot_be_is_refused_for_good()
    {
        await _world.AnnotateAsync(_id, new() { ["age"] = new AnnotationsValue { Type = "STRING", Value = ["x"] } });
        var face = await FindAsync();
        var dates = string.Join(',', Enumerable.Repeat("\"2024-01-02T00:00:00Z\"", 60));

        Assert.That(() => _world.Owner.ReplaceAsync(face, $"{{\"age\":[{dates}]}}"), Refused.By(ChangeRefusal.Impossible));
        Assert.That(() => _world.Owner.DeleteAsync(face), Refused.By(ChangeRefusal.Impossible));
        Assert.That(() => _world.Owner.RenameAsync(face, "other"), Refused.By(ChangeRefusal.Impossible));
    }

    [Test]
    public async Task Who_may_only_read_may_not_write()
    {
        var guest = _world.Server.Accounts[0];
        await _world.ShareAsync(guest, "READ");
        await using var reader = _world.As(guest);
        var shown = await reader.Kinds[EntityKinds.Faces].FindAsync(_faces, "annotations.json", Urgency.Waiting, CancellationToken.None);

        Assert.That(shown!.Details!.Rights, Is.EqualTo(NodeRights.None));
        Assert.That(shown.Details.Permissions & Vfs.FilePermissions.AllWrite, Is.EqualTo(Vfs.FilePermissions.None));
        Assert.That(() => reader.ReplaceAsync(shown, "{\"age\":9}"), Refused.By(ChangeRefusal.NotAllowed));
    }

    [Test]
    public async Task A_backup_shows_what_it_was()
    {
        await AnnotateAsync("7");
        var face = await FindAsync();
        var backup = World.Node(EntityKinds.Scratch, face.RemoteId);

        Assert.That(await _world.ReadAsync(backup, face.Details!), Is.EqualTo("{\n  \"age\": 7\n}\n"));
        Assert.That(_world.Kinds[EntityKinds.Faces].KindOfNew(Vfs.NodeType.File, "x"), Is.EqualTo(EntityKinds.Scratch));
    }

    private Task AnnotateAsync(string age) =>
        _world.AnnotateAsync(_id, new() { ["age"] = new AnnotationsValue { Type = "LONG", Value = [age] } });

    private async Task<RemoteChild> FindAsync() => (await _world.FindAsync(_faces, "annotations.json"))!;
}

using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Documents;

internal sealed class DocumentProviderTests
{
    private World _world = null!;
    private RemoteNode _table = null!;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync();
        _table = World.Node(EntityKinds.Document, await _world.AddTableAsync("samples"));
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task The_text_has_the_length_that_was_told_and_is_the_entity()
    {
        var details = await _world.DescribeAsync(_table);
        var text = await _world.ReadAsync(_table, details);

        using var json = JsonDocument.Parse(text);
        Assert.That(text, Has.Length.EqualTo(details.Length));
        Assert.That(json.RootElement.GetProperty("concreteType").GetString(), Is.EqualTo(SynapseTypes.Table));
        Assert.That(json.RootElement.GetProperty("id").GetString(), Is.EqualTo(_table.RemoteId));
        Assert.That(details.Permissions, Is.EqualTo(FilePermissions.AllRead));
    }

    [Test]
    public async Task Reading_after_describing_costs_no_call()
    {
        var details = await _world.DescribeAsync(_table);

        Assert.That(await _world.CountCallsAsync(() => _world.ReadAsync(_table, details)), Is.Zero);
    }

    [Test]
    public async Task In_a_later_run_the_same_text_is_asked_for_again()
    {
        var details = await _world.DescribeAsync(_table);
        var text = await _world.ReadAsync(_table, details);
        var later = SynapseKinds.Create(_world.Client, _world.Project, TimeProvider.System)[EntityKinds.Document].OpenContent(_table, details);

        await using var stream = await later.OpenRangeAsync(0, length: null, Urgency.Waiting, CancellationToken.None);

        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(text));
    }

    [Test]
    public async Task A_text_that_is_no_longer_so_is_stale()
    {
        var details = await _world.DescribeAsync(_table);
        await _world.ChangeAsync(_table.RemoteId, entity => entity with { Description = "changed" });
        var later = SynapseKinds.Create(_world.Client, _world.Project, TimeProvider.System)[EntityKinds.Document].OpenContent(_table, details);

        var thrown = Assert.ThrowsAsync<FsException>(() => later.OpenRangeAsync(0, length: null, Urgency.Waiting, CancellationToken.None));

        Assert.That(thrown!.Error, Is.EqualTo(FsError.Stale));
    }

    [Test]
    public async Task A_document_is_never_a_download()
    {
        _world.Server.Log.Reset();

        await _world.ReadAsync(_table, await _world.DescribeAsync(_table));

        Assert.That(_world.Server.Log.Totals.DownloadEvents, Is.Zero);
    }
}

using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Store;

namespace SynapseFs.Entities.Tests.Changing;

internal sealed class AnnotatingTests
{
    private World _world = null!;
    private RemoteChild _file = null!;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync(options => options with { Users = [new ServerUser { Name = "guest" }] });
        _file = await _world.Owner.CreateFileAsync("a.txt", "one");
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task Annotations_are_written_and_all_about_the_file_is_told()
    {
        RemoteChild changed = null!;

        var calls = await _world.CountCallsAsync(async () => changed = await SetAsync(("user.age", new("7", null, null))));

        var described = await _world.DescribeAsync(World.Node(_file));
        Assert.That(calls, Is.EqualTo(3));
        Assert.That(changed.Details!.Xattrs, Is.EquivalentTo(described.Xattrs));
        Assert.That(changed.Details.Xattrs["user.age"], Is.EqualTo("7"));
        Assert.That(changed.Revision, Is.EqualTo((await _world.ListAsync(_world.Project)).Single().Revision));
        Assert.That(changed.Details.Content, Is.EqualTo(_file.Details!.Content));
        Assert.That(await TypesAsync(), Is.EqualTo("age=LONG"));
    }

    [Test]
    public async Task What_is_so_already_costs_one_call()
    {
        await SetAsync(("user.age", new("7", null, null)));

        Assert.That(await _world.CountCallsAsync(() => SetAsync(("user.age", new("7", null, null)))), Is.EqualTo(1));
    }

    [Test]
    public async Task What_others_write_between_reading_and_writing_is_read_again()
    {
        await Task.WhenAll(Enumerable.Range(1, 4).Select(number => SetAsync(($"user.k{number}", new("x", null, null)))));

        Assert.That((await TypesAsync()).Split(' '), Has.Length.EqualTo(4));
    }

    [Test]
    public async Task Without_the_right_to_change_it_is_refused()
    {
        var guest = _world.Server.Accounts[0];
        await _world.ShareAsync(guest, "READ");
        await using var writer = _world.As(guest);

        var refusal = Assert.ThrowsAsync<ChangeRefusedException>(
            () => writer.UpdateAsync(_file, new NodeUpdate { Xattrs = Changes(("user.a", new("1", null, null))) }))!;

        Assert.That(refusal.Refusal, Is.EqualTo(ChangeRefusal.NotAllowed));
        Assert.That(await TypesAsync(), Is.Empty);
    }

    [Test]
    public async Task More_keys_than_the_service_holds_are_refused()
    {
        await _world.AnnotateAsync(_file.RemoteId, Enumerable.Range(1, 100).ToDictionary(
            number => $"k{number}", _ => new AnnotationsValue { Type = "STRING", Value = ["x"] }));

        var refusal = Assert.ThrowsAsync<ChangeRefusedException>(() => SetAsync(("user.more", new("1", null, null))))!;

        Assert.That(refusal.Refusal, Is.EqualTo(ChangeRefusal.Impossible));
        Assert.That(refusal.Message, Does.Contain("100"));
    }

    private Task<RemoteChild> SetAsync(params (string Name, XattrChange Change)[] changes) =>
        _world.Owner.UpdateAsync(_file, new NodeUpdate { Xattrs = Changes(changes) });

    private static XattrChanges Changes(params (string Name, XattrChange Change)[] changes) =>
        changes.Aggregate(XattrChanges.None, (all, change) => all.With(change.Name, change.Change));

    private async Task<string> TypesAsync()
    {
        var annotations = await _world.Client.Annotations.GetAsync(
            _file.RemoteId, version: null, Client.RequestPriority.Interactive, CancellationToken.None);
        return string.Join(' ', annotations.Values!.OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key}={value.Value.Type}"));
    }
}

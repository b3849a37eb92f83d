using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Server;

namespace SynapseFs.Entities.Tests.Changing;

internal sealed class DeletionTests
{
    private World _world = null!;

    private Writer Owner => _world.Owner;

    [SetUp]
    public async Task Start() => _world = await World.StartAsync(options => options with { Users = [new ServerUser { Name = "other" }] });

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_deleted_file_costs_two_calls_and_lies_in_the_trash()
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");

        Assert.That(await _world.CountCallsAsync(() => Owner.DeleteAsync(file)), Is.EqualTo(2));

        var trash = await _world.Client.Trash.GetPageAsync(0, 10, RequestPriority.Interactive, CancellationToken.None);
        Assert.That(trash.Results.Select(item => item.EntityId), Is.EqualTo(new[] { file.RemoteId }));
        Assert.That(await _world.ListAsync(_world.Project), Is.Empty);
    }

    [Test]
    public async Task What_is_gone_already_is_success()
    {
        var (file, folder) = (await Owner.CreateFileAsync("a.txt", "hello"), await Owner.CreateFolderAsync("folder"));
        var link = await Owner.CreateLinkAsync("link", file.RemoteId);

        foreach (var child in new[] { file, folder, link, file, folder, link })
            await Owner.DeleteAsync(child);

        Assert.That(await _world.ListAsync(_world.Project), Is.Empty);
        Assert.That(await _world.CountCallsAsync(() => Owner.DeleteAsync(file)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_lost_answer_does_no_harm()
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");
        _world.Server.Faults.Add(new FaultRule { Method = "DELETE", LoseAnswer = true, Count = 1 });

        await Owner.DeleteAsync(file);

        Assert.That(await _world.ListAsync(_world.Project), Is.Empty);
    }

    [Test]
    public async Task Content_that_somebody_changed_since_is_not_deleted()
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");
        await _world.ReplaceAsync(file.RemoteId, "theirs");

        Assert.That(() => Owner.DeleteAsync(file), Refused.By(ChangeRefusal.ContentChanged));
        Assert.That(await _world.ListAsync(_world.Project), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Where_only_the_listing_was_known_its_version_tells_whether_somebody_changed_the_content()
    {
        await Owner.CreateFileAsync("a.txt", "hello");
        await Owner.CreateFileAsync("b.txt", "hello");
        var listed = await _world.ListAsync(_world.Project);
        var (a, b) = (listed.Single(child => child.Name == "a.txt"), listed.Single(child => child.Name == "b.txt"));
        await _world.ReplaceAsync(a.RemoteId, "theirs");
        await _world.ChangeAsync(b.RemoteId, entity => entity with { Description = "told" });

        Assert.That(() => Owner.DeleteAsync(a, new NodeDeletion { Revision = a.Revision }), Refused.By(ChangeRefusal.ContentChanged));
        await Owner.DeleteAsync(b, new NodeDeletion { Revision = b.Revision });

        Assert.That((await _world.ListAsync(_world.Project)).Select(child => child.Name), Is.EqualTo(new[] { "a.txt" }));
    }

    [Test]
    public async Task Where_only_a_description_was_changed_a_file_is_deleted()
    {
        var file = await Owner.CreateFileAsync("a.txt", "hello");
        await _world.ChangeAsync(file.RemoteId, entity => entity with { Description = "told" });

        await Owner.DeleteAsync(file);

        Assert.That(await _world.ListAsync(_world.Project), Is.Empty);
    }

    [Test]
    public async Task A_link_that_somebody_changed_since_is_not_deleted()
    {
        var link = await Owner.CreateLinkAsync("link", _world.Project.RemoteId);
        await _world.ChangeAsync(link.RemoteId, entity => entity with { LinksTo = new Reference { TargetId = "syn123" } });

        Assert.That(() => Owner.DeleteAsync(link), Refused.By(ChangeRefusal.ContentChanged));
    }

    [Test]
    public async Task An_empty_folder_costs_two_calls()
    {
        var folder = await Owner.CreateFolderAsync("folder");

        Assert.That(await _world.CountCallsAsync(() => Owner.DeleteAsync(folder)), Is.EqualTo(2));
        Assert.That(await _world.ListAsync(_world.Project), Is.Empty);
    }

    [Test]
    public async Task A_tree_goes_with_one_deletion_when_all_in_it_was_deleted()
    {
        var (folder, known) = await TreeAsync();
        await _world.ForgetRequestsAsync();

        await Owner.DeleteAsync(folder, new NodeDeletion { AlsoDeleted = known });

        Assert.That((await _world.GetCallsAsync()).Count(call => call.StartsWith("DELETE", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(await _world.GetCallsAsync(), Has.Count.EqualTo(5), "whether empty, two pages above, one below, the deletion");
        Assert.That(await _world.ListAsync(_world.Project), Is.Empty);
    }

    [Test]
    public async Task Something_unknown_anywhere_below_keeps_the_whole_tree()
    {
        var (folder, known) = await TreeAsync();
        var inner = (await _world.ListAsync(World.Node(folder))).Single(child => child.Name == "inner");
        await _world.AddFileAsync("theirs.txt", "theirs", inner.RemoteId);

        Assert.That(
            () => Owner.DeleteAsync(folder, new NodeDeletion { AlsoDeleted = known }),
            Refused.By(ChangeRefusal.NotEmpty).And.Message.Contains("'theirs.txt'"));
        Assert.That(await _world.ListAsync(_world.Project), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_folder_that_is_not_empty_is_kept()
    {
        var folder = await Owner.CreateFolderAsync("folder");
        await _world.AddTableAsync("table", folder.RemoteId);

        Assert.That(() => Owner.DeleteAsync(folder), Refused.By(ChangeRefusal.NotEmpty));
    }

    [Test]
    public async Task A_folder_with_something_hidden_in_it_is_kept()
    {
        await _world.ShareAsync(_world.Server.Accounts[0], "READ", "CREATE", "UPDATE", "DELETE", "DOWNLOAD");
        var folder = await Owner.CreateFolderAsync("folder");
        await _world.RestrictAsync(await _world.AddFolderAsync("hidden", folder.RemoteId), "READ");
        await using var other = _world.As(_world.Server.Accounts[0]);

        Assert.That(() => other.DeleteAsync(folder), Refused.By(ChangeRefusal.NotEmpty).And.Message.Contains("may not see"));
    }

    [Test]
    public void A_document_cannot_be_deleted() => Assert.That(
        () => Owner.Kinds[EntityKinds.Document].DeleteAsync(
            World.Node(EntityKinds.Document, "syn1"), new NodeDeletion(), Urgency.Sending, CancellationToken.None),
        Refused.By(ChangeRefusal.Impossible));

    private async Task<(RemoteChild Folder, IReadOnlySet<string> Known)> TreeAsync()
    {
        var folder = await Owner.CreateFolderAsync("folder");
        var inner = await _world.AddFolderAsync("inner", folder.RemoteId);
        var known = new HashSet<string> { inner, await _world.AddFileAsync("deep.txt", "deep", inner) };
        for (var i = 0; i < 51; i++)
            known.Add(await _world.AddLeafAsync($"leaf {i}", folder.RemoteId));
        return (folder, known);
    }
}

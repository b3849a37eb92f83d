using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Wikis;

/// <summary>Pages, texts and attachments as the engine asks for them; the tests of the mount tell the rest.</summary>
[TestFixture]
internal sealed class WikiProviderTests
{
    private World _world = null!;
    private string _project = null!;
    private RemoteNode _root = null!;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync();
        _project = _world.Project.RemoteId;
        _root = new RemoteNode(EntityKinds.WikiPage, $"wiki-page:{_project}", "wiki", Revision: null);
    }

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task A_walk_through_a_wiki_asks_once_for_its_tree_and_once_for_each_page()
    {
        var root = await AddAsync(null, "top\n");
        for (var page = 0; page < 60; page++)
            await AddAsync(root, "text\n", $"Page {page}");
        await _world.ListAsync(_root);
        var before = _world.Server.Log.Requests.Count;

        foreach (var page in (await _world.ListAsync(_root)).Where(child => child.Kind == EntityKinds.WikiPage).Take(10))
            Assert.That((await _world.ListAsync(World.Node(page))).Single().Details!.Length, Is.EqualTo(5));

        Assert.That(_world.Server.Log.Requests.Count - before, Is.LessThanOrEqualTo(1 + 10 + 2));
    }

    [Test]
    public async Task A_text_that_was_stored_uncompressed_is_read()
    {
        var handle = await _world.UploadAsync("plain.md", "plain words\n");
        await _world.PostAsync(_world.Server.FirstUser, $"/repo/v1/entity/{_project}/wiki2", $$"""{"markdownFileHandleId":"{{handle}}"}""");

        var text = (await _world.ListAsync(_root)).Single();

        Assert.That(await _world.ReadAsync(World.Node(text), text.Details!), Is.EqualTo("plain words\n"));
    }

    [Test]
    public async Task A_page_of_the_title_that_is_there_is_taken_for_the_new_one()
    {
        var root = await AddAsync(null, "top\n");
        var there = await AddAsync(root, "", "Methods");

        var made = await _world.Kinds[EntityKinds.WikiPage].CreateAsync(
            new NewNode { Parent = _root.RemoteId, ParentKind = EntityKinds.WikiPage, Name = "Methods" }, Urgency.Sending, CancellationToken.None);

        Assert.That(made.RemoteId, Is.EqualTo($"wiki-page:{_project}/{there}"));
    }

    [Test]
    public async Task A_change_whose_etag_is_no_longer_so_is_made_again_from_what_is_there()
    {
        var root = await AddAsync(null, "top\n");
        var text = (await _world.ListAsync(_root)).Single();
        var rule = _world.Server.Faults.Add(new Server.FaultRule { Conflict = true, Method = "PUT", Path = "/repo/v1/entity/*/wiki/*", Count = 1 });

        await UpdateAsync(text, "ours\n");

        Assert.That(_world.Server.Faults.TimesApplied(rule), Is.EqualTo(1));
        Assert.That((await GetAsync(root)).Markdown, Is.EqualTo("ours\n"));
    }

    [Test]
    public async Task A_text_changed_since_refuses_and_the_same_text_is_success()
    {
        var root = await AddAsync(null, "top\n");
        var text = (await _world.ListAsync(_root)).Single();
        await _world.Client.Wikis.UpdateAsync(
            _project, await GetAsync(root) with { Markdown = "theirs\n" }, RequestPriority.Interactive, CancellationToken.None);

        Assert.That(() => UpdateAsync(text, "ours\n"), Refused.By(ChangeRefusal.ContentChanged));
        Assert.That(() => _world.Owner.DeleteAsync(text), Refused.By(ChangeRefusal.ContentChanged));
        var etag = (await GetAsync(root)).Etag;
        await UpdateAsync(text, "theirs\n");
        Assert.That((await GetAsync(root)).Etag, Is.EqualTo(etag));
    }

    [Test]
    public void A_page_stays_in_its_wiki()
    {
        var kind = _world.Kinds[EntityKinds.WikiPage];
        var page = _root with { RemoteId = "wiki-page:syn5/6001" };

        Assert.That(kind.CanMoveTo(page, page with { RemoteId = "wiki-page:syn5" }));
        Assert.That(kind.CanMoveTo(page, page with { RemoteId = "wiki-page:syn6/6002" }), Is.False);
        Assert.That(kind.CanMoveTo(page, new RemoteNode(EntityKinds.Folder, "syn5", "", null)), Is.False);
        Assert.That(kind.KindOfNew(NodeType.File, "Home.md"), Is.EqualTo(EntityKinds.WikiText));
        Assert.That(kind.KindOfNew(NodeType.File, "home.md"), Is.EqualTo(EntityKinds.WikiAttachment));
    }

    private async Task<string> AddAsync(string? parent, string text, string? title = null) => (await _world.Client.Wikis.CreateAsync(
        _project, new WikiPage { ParentWikiId = parent, Title = title, Markdown = text }, RequestPriority.Interactive, CancellationToken.None)).Id!;

    private Task<WikiPage> GetAsync(string page) =>
        _world.Client.Wikis.GetAsync(_project, page, RequestPriority.Interactive, CancellationToken.None);

    private Task<RemoteChild> UpdateAsync(RemoteChild text, string wanted) => _world.Owner.ReplaceAsync(text, wanted);
}

using SynapseFs.Api;
using SynapseFs.Client.Tests.Support;
using SynapseFs.Server;

namespace SynapseFs.Client.Tests.Integration;

internal sealed class EntityTests
{
    private EmbeddedWorld _world = null!;

    private SynapseClient Client => _world.Client;

    [SetUp]
    public async Task SetUp() => _world = await EmbeddedWorld.StartAsync();

    [TearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public async Task The_account_tells_who_calls_and_which_projects_there_are()
    {
        var profile = await Client.Account.GetProfileAsync(RequestPriority.Interactive, default);
        var projects = await Client.Account.GetProjectsAsync(null, RequestPriority.Interactive, default);

        Assert.That(profile.UserName, Is.EqualTo(_world.Server.FirstUser.UserName));
        Assert.That(projects.Results.Select(project => project.Id), Is.EqualTo(new[] { _world.ProjectId }));
        Assert.That((await Client.Account.GetStatusAsync(RequestPriority.Interactive, default)).Status, Is.EqualTo("READ_WRITE"));
        var names = await Client.Account.GetPrincipalsAsync([profile.OwnerId!], RequestPriority.Interactive, default);
        Assert.That(names.Select(name => name.UserName), Is.EqualTo(new[] { profile.UserName }));
    }

    [Test]
    public async Task Children_come_in_pages_of_fifty_with_their_total()
    {
        for (var i = 0; i < 120; i++)
            await _world.AddFolderAsync($"d{i:000}");

        var names = new List<string?>();
        var sizes = new List<int>();
        for (string? token = null; sizes.Count == 0 || token is not null;)
        {
            var page = await Client.Children.GetPageAsync(
                new EntityChildrenRequest
                {
                    ParentId = _world.ProjectId,
                    NextPageToken = token,
                    IncludeTypes = ["folder", "file", "link"],
                    IncludeTotalChildCount = true
                },
                RequestPriority.Interactive, default);
            Assert.That(page.TotalChildCount, Is.EqualTo(120));
            names.AddRange(page.Page.Select(child => child.Name));
            sizes.Add(page.Page.Count);
            token = page.NextPageToken;
        }

        Assert.That(sizes, Is.EqualTo(new[] { 50, 50, 20 }));
        Assert.That(names, Is.EqualTo(Enumerable.Range(0, 120).Select(i => $"d{i:000}")));
    }

    [Test]
    public async Task A_child_is_found_by_its_exact_name()
    {
        var folder = await _world.AddFolderAsync("A (1)");

        Assert.That(await Client.Children.FindAsync(_world.ProjectId, "A (1)", RequestPriority.Interactive, default),
            Is.EqualTo(folder.Id));
        Assert.That(await Client.Children.FindAsync(_world.ProjectId, "a (1)", RequestPriority.Interactive, default), Is.Null);
    }

    [Test]
    public async Task One_bundle_brings_entity_handles_permissions_and_annotations()
    {
        var file = await _world.AddFileAsync("a.txt", "hello"u8.ToArray());

        var bundle = await Client.Entities.GetBundleAsync(file.AssociateObjectId!, null,
            new EntityBundleRequest
            {
                IncludeEntity = true,
                IncludeFileHandles = true,
                IncludePermissions = true,
                IncludeAnnotations = true
            },
            RequestPriority.Interactive, default);

        var handle = bundle.FileHandles!.Single(candidate => candidate.Id == bundle.Entity!.DataFileHandleId);
        Assert.That((handle.ContentSize, handle.ContentMd5), Is.EqualTo((5, "5d41402abc4b2a76b9719d911017c592")));
        Assert.That((bundle.Permissions!.CanDownload, bundle.Annotations!.Values!.Count), Is.EqualTo((true, 0)));
        Assert.That((await Client.Entities.GetVersionsAsync(file.AssociateObjectId!, 0, 1, RequestPriority.Interactive,
            default)).Results.Single().ContentSize, Is.EqualTo("5"));
        Assert.That((await _world.TotalsAsync()).DownloadEvents, Is.Zero);
    }

    [Test]
    public async Task Updates_need_the_current_etag_and_deletion_is_final_for_readers()
    {
        var folder = await _world.AddFolderAsync("old");

        var renamed = await Client.Entities.UpdateAsync(folder with { Name = "new" }, VersionChange.Keep, RequestPriority.Interactive,
            default);

        Assert.That(renamed.Name, Is.EqualTo("new"));
        Assert.That(
            () => Client.Entities.UpdateAsync(folder with { Name = "newer" }, VersionChange.Keep, RequestPriority.Interactive, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.StaleEtag));
        await Client.Entities.DeleteAsync(folder.Id!, RequestPriority.Interactive, default);
        Assert.That(() => Client.Entities.GetAsync(folder.Id!, null, RequestPriority.Interactive, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.NotFound));
    }

    [Test]
    public async Task Annotations_are_replaced_as_a_whole()
    {
        var folder = await _world.AddFolderAsync("d");
        var before = await Client.Annotations.GetAsync(folder.Id!, null, RequestPriority.Interactive, default);

        var after = await Client.Annotations.UpdateAsync(folder.Id!, before with
        {
            Values = new Dictionary<string, AnnotationsValue> { ["species"] = new() { Type = "STRING", Value = ["Mus músculus 漢"] } },
        }, RequestPriority.Interactive, default);

        Assert.That(after.Etag, Is.Not.EqualTo(before.Etag));
        Assert.That(after.Values!["species"].Value, Is.EqualTo(new[] { "Mus músculus 漢" }));
    }

    [Test]
    public async Task Paths_headers_access_lists_and_raw_json_are_read()
    {
        var folder = await _world.AddFolderAsync("d");

        var path = await Client.Entities.GetPathAsync(folder.Id!, RequestPriority.Interactive, default);
        var headers = await Client.Entities.GetHeadersAsync(
            [new Reference { TargetId = folder.Id }, new Reference { TargetId = "syn999999999" }], RequestPriority.Interactive, default);
        var json = await Client.Entities.GetJsonAsync(folder.Id!, null, RequestPriority.Interactive, default);

        Assert.That(path.Path.Select(step => step.Id), Is.EqualTo(new[] { SynapseTypes.RootFolderId, _world.ProjectId, folder.Id }));
        Assert.That(headers.Select(header => header.Name), Is.EqualTo(new[] { "d" }));
        Assert.That(json.GetProperty("etag").GetString(), Is.EqualTo(folder.Etag));
        Assert.That(await Client.Entities.GetAclAsync(folder.Id!, RequestPriority.Interactive, default), Is.Null);
        Assert.That((await Client.Entities.GetAclAsync(_world.ProjectId, RequestPriority.Interactive, default))!.ResourceAccess,
            Is.Not.Empty);
    }

    [Test]
    public async Task A_creation_whose_answer_was_lost_is_made_once()
    {
        _world.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/entity", LoseAnswer = true, Count = 1 });

        var folder = await _world.AddFolderAsync("once");

        Assert.That(await Client.Children.FindAsync(_world.ProjectId, "once", RequestPriority.Interactive, default), Is.EqualTo(folder.Id));
        await _world.Server.Log.QuietAsync(default);
        Assert.That(_world.Server.Log.Requests.Count(request => request is { Method: "POST", Path: "/repo/v1/entity" }), Is.EqualTo(2));
    }

    [Test]
    public async Task The_servers_throttle_never_has_to_step_in()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 90).Select(i => Client.Entities.GetAsync(_world.ProjectId, null, (RequestPriority)(i % 5), default)));

        var totals = await _world.TotalsAsync();
        Assert.That((totals.ApiRequests, totals.Throttled), Is.EqualTo((90L, 0L)));
    }

    [Test]
    public async Task Throttling_is_waited_out()
    {
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Api, Status = 429, Count = 3 });

        Assert.That((await Client.Entities.GetAsync(_world.ProjectId, null, RequestPriority.Interactive, default)).Id,
            Is.EqualTo(_world.ProjectId));
    }

    [Test]
    public async Task A_bad_token_is_refused_as_such()
    {
        await using var stranger = _world.Connect("not-a-token");

        Assert.That(() => stranger.Account.GetProfileAsync(RequestPriority.Interactive, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.Unauthorized).And.Message.Not.Contains(
                "not-a-token"));
    }
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>The first API of wikis.</summary>
public sealed class WikiTests
{
    private TestServer _test = null!;
    private string _project = "";
    private string _path = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _path = $"/repo/v1/entity/{_project}";
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_page_is_made_and_read_with_its_text()
    {
        var made = await _test.Owner.SendAsync("POST", _path + "/wiki", Page("Home", "# Grüße"));
        var root = await _test.Owner.DoAsync("GET", _path + "/wiki");
        var byId = await _test.Owner.DoAsync("GET", $"{_path}/wiki/{made.Json["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)made.Json["markdown"]!, Is.EqualTo("# Grüße"));
            Assert.That((string)made.Json["createdBy"]!, Is.EqualTo($"{_test.Server.FirstUser.PrincipalId}"));
            Assert.That((string)made.Json["modifiedOn"]!, Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
            Assert.That(made.Json["attachmentFileHandleIds"]!.AsArray(), Is.Empty);
            Assert.That(made.Json["parentWikiId"], Is.Null);
            Assert.That(JsonNode.DeepEquals(root, made.Json), Is.True, root.ToJsonString());
            Assert.That(JsonNode.DeepEquals(byId, made.Json), Is.True);
        });
    }

    [Test]
    public async Task A_second_root_page_is_refused()
    {
        await _test.Owner.DoAsync("POST", _path + "/wiki", Page("Home", "a"));

        var answer = await _test.Owner.SendAsync("POST", _path + "/wiki", Page("Other", "b"));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(answer.Reason, Is.EqualTo($"An owner already exists with the ownerId: {_project[3..]} and ownerType: ENTITY"));
        });
    }

    [Test]
    public async Task Without_a_wiki_everything_is_404()
    {
        foreach (var path in (string[])["/wiki", "/wikikey", "/wikiheadertree", "/wiki/1", "/wiki2", "/wikiheadertree2", "/wiki2orderhint"])
        {
            var answer = await _test.Owner.SendAsync("GET", _path + path);

            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound), path);
            Assert.That(answer.Reason, Is.EqualTo($"A root wiki does not exist for ownerId: {_project[3..]} and ownerType: ENTITY"));
        }
    }

    [Test]
    public async Task A_page_is_updated_with_all_that_was_read_and_a_stale_etag_is_refused()
    {
        var page = await _test.Owner.DoAsync("POST", _path + "/wiki", Page("Home", "old"));
        page["markdown"] = "new";
        page["uri"] = "what a client of 2018 sends";

        var updated = await _test.Owner.DoAsync("PUT", $"{_path}/wiki/{page["id"]}", page);
        var stale = await _test.Owner.SendAsync("PUT", $"{_path}/wiki/{page["id"]}", page);

        Assert.Multiple(() =>
        {
            Assert.That((string)updated["markdown"]!, Is.EqualTo("new"));
            Assert.That((string)updated["etag"]!, Is.Not.EqualTo((string)page["etag"]!));
            Assert.That((string)updated["createdOn"]!, Is.EqualTo((string)page["createdOn"]!));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(stale.Reason, Is.EqualTo(
                $"ObjectId: {_project} was updated since you last fetched it, retrieve it again and reapply the update"));
        });
    }

    [Test]
    public async Task The_id_in_the_body_must_be_that_of_the_path()
    {
        var page = await _test.Owner.DoAsync("POST", _path + "/wiki", Page("Home", "old"));

        var answer = await _test.Owner.SendAsync("PUT", $"{_path}/wiki/99", page);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Is.EqualTo("Path variable wikiId does not match the ID of the passed WikiPage"));
        });
    }

    [Test]
    public async Task The_tree_lists_the_root_first_and_then_children_by_title()
    {
        var root = (string)(await _test.Owner.DoAsync("POST", _path + "/wiki", Page("Home", "")))["id"]!;
        await _test.Owner.DoAsync("POST", _path + "/wiki", Page("b", "", root));
        await _test.Owner.DoAsync("POST", _path + "/wiki", Page("A", "", root));

        var tree = await _test.Owner.DoAsync("GET", _path + "/wikiheadertree?limit=20&offset=0");
        var first = await _test.Owner.DoAsync("GET", _path + "/wikiheadertree?limit=1");
        var past = await _test.Owner.DoAsync("GET", _path + "/wikiheadertree?limit=20&offset=20");
        var tooMany = await _test.Owner.SendAsync("GET", _path + "/wikiheadertree?limit=51");

        Assert.Multiple(() =>
        {
            Assert.That(tree["results"]!.AsArray().Select(page => (string)page!["title"]!), Is.EqualTo(new[] { "Home", "A", "b" }));
            Assert.That(tree["results"]![0]!.AsObject().ContainsKey("parentId"), Is.False);
            Assert.That((string)tree["results"]![1]!["parentId"]!, Is.EqualTo(root));
            Assert.That((long)tree["totalNumberOfResults"]!, Is.EqualTo(3));
            Assert.That((long)first["totalNumberOfResults"]!, Is.EqualTo(2));
            Assert.That(past["results"]!.AsArray(), Is.Empty);
            Assert.That(tooMany.Reason, Is.EqualTo("Limit cannot exceed: 50"));
        });
    }

    [Test]
    public async Task The_root_key_names_owner_and_page()
    {
        var root = await _test.Owner.DoAsync("POST", _path + "/wiki", Page("Home", ""));

        var key = await _test.Owner.DoAsync("GET", _path + "/wikikey");

        Assert.Multiple(() =>
        {
            Assert.That((string)key["ownerObjectId"]!, Is.EqualTo(_project));
            Assert.That((string)key["ownerObjectType"]!, Is.EqualTo("ENTITY"));
            Assert.That((string)key["wikiPageId"]!, Is.EqualTo((string)root["id"]!));
        });
    }

    [Test]
    public async Task A_page_goes_with_all_below_it_and_again_without_complaint()
    {
        var root = (string)(await _test.Owner.DoAsync("POST", _path + "/wiki", Page("Home", "")))["id"]!;
        var child = (string)(await _test.Owner.DoAsync("POST", _path + "/wiki", Page("child", "", root)))["id"]!;
        await _test.Owner.DoAsync("POST", _path + "/wiki", Page("grandchild", "", child));

        var deleted = await _test.Owner.SendAsync("DELETE", $"{_path}/wiki/{child}");
        var tree = await _test.Owner.DoAsync("GET", _path + "/wikiheadertree");
        var again = await _test.Owner.SendAsync("DELETE", $"{_path}/wiki/{child}");
        await _test.Owner.DoAsync("DELETE", $"{_path}/wiki/{root}");
        var gone = await _test.Owner.SendAsync("GET", _path + "/wiki");
        var anew = await _test.Owner.SendAsync("POST", _path + "/wiki", Page("Home", ""));

        Assert.Multiple(() =>
        {
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(tree["results"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(anew.Status, Is.EqualTo(HttpStatusCode.Created));
        });
    }

    [Test]
    public async Task Who_may_read_the_owner_may_read_the_wiki_and_no_more()
    {
        var page = await _test.Owner.DoAsync("POST", _path + "/wiki", Page("Home", "text"));
        var before = await _test.Reader.SendAsync("GET", _path + "/wiki");
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ");

        var read = await _test.Reader.SendAsync("GET", _path + "/wiki");
        var update = await _test.Reader.SendAsync("PUT", $"{_path}/wiki/{page["id"]}", page);
        var create = await _test.Reader.SendAsync("POST", _path + "/wiki", Page("x", "", (string)page["id"]!));
        var delete = await _test.Reader.SendAsync("DELETE", $"{_path}/wiki/{page["id"]}");
        var nobody = await _test.Nobody.SendAsync("GET", _path + "/wiki");

        Assert.Multiple(() =>
        {
            Assert.That(before.Reason, Is.EqualTo(
                $"User is not authorized to 'READ' a WikiPage with an ownerId: '{_project}' of type: 'ENTITY'"));
            Assert.That(read.Status, Is.EqualTo(HttpStatusCode.OK));
            foreach (var refused in new[] { before, update, create, delete, nobody })
            {
                Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            }

            Assert.That(create.Reason, Does.StartWith("User is not authorized to 'CREATE'"));
        });
    }

    [Test]
    public async Task A_wiki_is_reachable_only_while_its_owner_is()
    {
        await _test.Owner.DoAsync("POST", _path + "/wiki", Page("Home", "text"));
        await _test.Owner.DoAsync("DELETE", _path);

        var trashed = await _test.Owner.SendAsync("GET", _path + "/wiki");
        await _test.Owner.DoAsync("PUT", $"/repo/v1/trashcan/restore/{_project}");
        var restored = await _test.Owner.DoAsync("GET", _path + "/wiki");

        Assert.Multiple(() =>
        {
            Assert.That(trashed.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((string)restored["markdown"]!, Is.EqualTo("text"));
        });
    }

    [Test]
    public async Task A_page_without_text_has_an_empty_one_and_a_long_title_is_refused()
    {
        var empty = await _test.Owner.DoAsync("POST", _path + "/wiki", new JsonObject());
        var tooLong = await _test.Owner.SendAsync("POST", _path + "/wiki", Page(new string('x', 257), "", (string)empty["id"]!));

        Assert.Multiple(() =>
        {
            Assert.That((string)empty["markdown"]!, Is.Empty);
            Assert.That(tooLong.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task An_access_requirements_wiki_is_written_by_the_compliance_team_only()
    {
        const string path = "/repo/v1/access_requirement/7";

        var refused = await _test.Reader.SendAsync("POST", path + "/wiki", Page("x", ""));
        var none = await _test.Owner.SendAsync("GET", path + "/wikikey");
        var page = await _test.Owner.DoAsync("POST", path + "/wiki", Page("Terms", "Promise."));
        var read = await _test.Reader.DoAsync("GET", $"{path}/wiki/{page["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Reason, Is.EqualTo(
                "User is not authorized to 'CREATE' a WikiPage with an ownerId: '7' of type: 'ACCESS_REQUIREMENT'"));
            Assert.That(none.Reason, Is.EqualTo("A root wiki does not exist for ownerId: 7 and ownerType: ACCESS_REQUIREMENT"));
            Assert.That((string)read["markdown"]!, Is.EqualTo("Promise."));
        });
    }

    [Test]
    public async Task An_evaluations_wiki_follows_the_evaluations_rights()
    {
        var queue = (string)(await _test.Owner.DoAsync(
            "POST", "/repo/v1/evaluation", new JsonObject { ["name"] = "A queue", ["contentSource"] = _project }))["id"]!;
        var path = $"/repo/v1/evaluation/{queue}";

        var page = await _test.Owner.DoAsync("POST", path + "/wiki", Page("Rules", "Be kind."));
        page["title"] = "Renamed";
        page.Remove("markdown");
        await _test.Owner.DoAsync("PUT", $"{path}/wiki/{page["id"]}", page);
        var read = await _test.Owner.DoAsync("GET", path + "/wiki2");
        var key = await _test.Owner.DoAsync("GET", path + "/wikikey");
        var tree = await _test.Owner.DoAsync("GET", path + "/wikiheadertree2");
        var history = await _test.Owner.DoAsync("GET", $"{path}/wiki2/{page["id"]}/wikihistory?offset=0&limit=10");
        var restored = await _test.Owner.DoAsync("PUT", $"{path}/wiki2/{page["id"]}/0");
        var foreign = await _test.Reader.SendAsync("GET", path + "/wiki");
        var unknown = await _test.Owner.SendAsync("POST", "/repo/v1/evaluation/999999/wiki", Page("x", ""));
        var badId = await _test.Owner.SendAsync("GET", "/repo/v1/evaluation/syn7/wiki");
        var deleted = await _test.Owner.SendAsync("DELETE", $"{path}/wiki2/{page["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That((string)read["title"]!, Is.EqualTo("Renamed"));
            Assert.That((string)key["ownerObjectType"]!, Is.EqualTo("EVALUATION"));
            Assert.That(tree["results"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(history["results"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((string)restored["title"]!, Is.EqualTo("Rules"));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(badId.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task A_wiki_is_there_after_a_restart()
    {
        var directory = TestServer.NewDirectory();
        string project;
        await using (var first = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            project = (string)(await first.Owner.CreateProjectAsync())["id"]!;
            await first.Owner.DoAsync("POST", $"/repo/v1/entity/{project}/wiki", Page("Home", "kept"));
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        var page = await second.Owner.DoAsync("GET", $"/repo/v1/entity/{project}/wiki");

        Assert.That((string)page["markdown"]!, Is.EqualTo("kept"));
    }

    private static JsonObject Page(string title, string markdown, string? parent = null) => new()
    {
        ["title"] = title,
        ["markdown"] = markdown,
        ["parentWikiId"] = parent,
        ["attachmentFileHandleIds"] = new JsonArray(),
    };
}

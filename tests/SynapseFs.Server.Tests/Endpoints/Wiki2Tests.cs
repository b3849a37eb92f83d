using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>The second API of wikis: pages, text as a file, order.</summary>
public sealed class Wiki2Tests
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
    public async Task Both_apis_show_one_page()
    {
        var made = await _test.Owner.CreatePage2Async(_project, "Home");
        var first = await _test.Owner.DoAsync("GET", _path + "/wiki");
        first["markdown"] = "by the first API";
        await _test.Owner.DoAsync("PUT", $"{_path}/wiki/{first["id"]}", first);
        var second = await _test.Owner.DoAsync("GET", _path + "/wiki2");
        var url = await _test.Owner.SendAsync("GET", $"{_path}/wiki2/{made["id"]}/markdown?redirect=false");
        var content = await _test.Nobody.GetRangeAsync(url.Text, null);
        var handle = await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{second["markdownFileHandleId"]}");

        Assert.Multiple(() =>
        {
            Assert.That((string)made["title"]!, Is.EqualTo("Home"));
            Assert.That((string)second["markdownFileHandleId"]!, Is.Not.EqualTo((string)made["markdownFileHandleId"]!));
            Assert.That(second.ContainsKey("markdown"), Is.False);
            Assert.That(WikiWork.Gunzip(content.Bytes), Is.EqualTo("by the first API"));
            Assert.That((string)handle["fileName"]!, Is.EqualTo($"{made["id"]}_markdown.txt.gz"));
            Assert.That((string)handle["contentType"]!, Is.EqualTo("application/x-gzip; charset=UTF-8"));
        });
    }

    [Test]
    public async Task The_text_is_had_by_redirect_and_by_a_batch_for_whoever_reads_the_owner()
    {
        var page = await _test.Owner.CreatePage2Async(_project, "Home");
        var refused = await MarkdownByBatchAsync(_test.Reader, page);
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ");

        var redirect = await _test.Reader.SendAsync("GET", $"{_path}/wiki2/{page["id"]}/markdown");
        var allowed = await MarkdownByBatchAsync(_test.Reader, page);
        var content = await _test.Nobody.GetRangeAsync((string)allowed["preSignedURL"]!, null);

        Assert.Multiple(() =>
        {
            Assert.That((string)refused["failureCode"]!, Is.EqualTo("UNAUTHORIZED"));
            Assert.That(redirect.Status, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
            Assert.That(redirect.Headers["Location"], Does.Contain("/s3/"));
            Assert.That(WikiWork.Gunzip(content.Bytes), Is.EqualTo("# Home"));
        });
    }

    [Test]
    public async Task A_text_that_is_not_gzip_cannot_be_shown_by_the_first_api()
    {
        var plain = await _test.Owner.UploadAsync("plain.md", Encoding.UTF8.GetBytes("# plain"));
        await _test.Owner.DoAsync("POST", _path + "/wiki2", new JsonObject { ["markdownFileHandleId"] = long.Parse(plain) });

        var answer = await _test.Owner.SendAsync("GET", _path + "/wiki");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Is.EqualTo("Not in GZIP format"));
        });
    }

    [Test]
    public async Task Files_must_exist_and_be_the_callers_own()
    {
        var none = await _test.Owner.SendAsync("POST", _path + "/wiki2", new JsonObject { ["title"] = "x" });
        var unknown = await _test.Owner.SendAsync("POST", _path + "/wiki2", new JsonObject { ["markdownFileHandleId"] = "9" });
        var foreign = await _test.Reader.UploadMarkdownAsync("x");
        var refused = await _test.Owner.SendAsync("POST", _path + "/wiki2", new JsonObject { ["markdownFileHandleId"] = foreign });

        Assert.Multiple(() =>
        {
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(refused.Reason, Does.StartWith("Only the creator of a FileHandle can access it directly by its ID."));
        });
    }

    [Test]
    public async Task Another_editor_may_keep_files_that_the_page_has_already()
    {
        var page = await _test.Owner.CreatePage2Async(_project, "Home");
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ", "UPDATE");
        page["title"] = "Renamed";

        var updated = await _test.Reader.DoAsync("PUT", $"{_path}/wiki2/{page["id"]}", page);

        Assert.Multiple(() =>
        {
            Assert.That((string)updated["title"]!, Is.EqualTo("Renamed"));
            Assert.That((string)updated["modifiedBy"]!, Is.EqualTo($"{_test.Server.Accounts[0].PrincipalId}"));
            Assert.That((string)updated["createdBy"]!, Is.EqualTo((string)page["createdBy"]!));
        });
    }

    [Test]
    public async Task A_page_moves_below_another_but_not_below_itself()
    {
        var root = await _test.Owner.CreatePage2Async(_project, "Home");
        var a = await _test.Owner.CreatePage2Async(_project, "a", (string)root["id"]!);
        var b = await _test.Owner.CreatePage2Async(_project, "b", (string)root["id"]!);
        b["parentWikiId"] = (string)a["id"]!;
        var moved = await _test.Owner.DoAsync("PUT", $"{_path}/wiki2/{b["id"]}", b);
        a["parentWikiId"] = (string)b["id"]!;

        var cycle = await _test.Owner.SendAsync("PUT", $"{_path}/wiki2/{a["id"]}", a);
        moved.Remove("parentWikiId");
        var orphan = await _test.Owner.SendAsync("PUT", $"{_path}/wiki2/{b["id"]}", moved);

        Assert.Multiple(() =>
        {
            Assert.That(cycle.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(cycle.Reason, Is.EqualTo("There will be a cycle if this wiki is updated. Put in valid parentId"));
            Assert.That(orphan.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task A_page_is_found_below_its_own_owner_only()
    {
        var other = (string)(await _test.Owner.CreateProjectAsync("Other"))["id"]!;
        await _test.Owner.CreatePage2Async(other, "Other");
        var page = await _test.Owner.CreatePage2Async(_project, "Home");

        var answers = new[]
        {
            await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{other}/wiki2/{page["id"]}"),
            await _test.Owner.SendAsync("PUT", $"/repo/v1/entity/{other}/wiki2/{page["id"]}", page),
            await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{other}/wiki2/{page["id"]}/wikihistory?offset=0&limit=1"),
            await _test.Owner.SendAsync(
                "POST", $"/repo/v1/entity/{other}/wiki2",
                new JsonObject { ["parentWikiId"] = (string)page["id"]!, ["markdownFileHandleId"] = (string)page["markdownFileHandleId"]! }),
        };

        Assert.That(answers.Select(answer => answer.Reason), Is.All.EqualTo($"No wiki page found with id: {page["id"]}"));
    }

    [Test]
    public async Task The_order_of_pages_is_kept_under_an_etag_of_its_own()
    {
        var root = await _test.Owner.CreatePage2Async(_project, "Home");
        var hint = await _test.Owner.DoAsync("GET", _path + "/wiki2orderhint");
        var hasList = hint.ContainsKey("idList");
        hint["idList"] = new JsonArray((string)root["id"]!);

        var stored = await _test.Owner.DoAsync("PUT", _path + "/wiki2orderhint", hint);
        var read = await _test.Owner.DoAsync("GET", _path + "/wiki2orderhint");
        var stale = await _test.Owner.SendAsync("PUT", _path + "/wiki2orderhint", hint);

        Assert.Multiple(() =>
        {
            Assert.That(hasList, Is.False);
            Assert.That((string)hint["ownerId"]!, Is.EqualTo(_project[3..]));
            Assert.That((string)hint["ownerObjectType"]!, Is.EqualTo("ENTITY"));
            Assert.That((string)stored["idList"]![0]!, Is.EqualTo((string)root["id"]!));
            Assert.That(JsonNode.DeepEquals(stored, read), Is.True);
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        });
    }

    [TestCase("/wiki2/x")]
    [TestCase("/wiki2/99999999999999999999")]
    [TestCase("/wiki2/1?wikiVersion=-1")]
    [TestCase("/wikiheadertree2?offset=-1")]
    [TestCase("/wikiheadertree2?limit=0")]
    [TestCase("/wiki2/1/wikihistory?offset=0")]
    [TestCase("/wiki2/1/attachment")]
    public async Task A_malformed_call_is_refused(string path)
    {
        var answer = await _test.Owner.SendAsync("GET", _path + path);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static async Task<JsonObject> MarkdownByBatchAsync(TestClient client, JsonObject page)
    {
        var body = new JsonObject
        {
            ["requestedFiles"] = new JsonArray(new JsonObject
            {
                ["fileHandleId"] = (string)page["markdownFileHandleId"]!,
                ["associateObjectId"] = (string)page["id"]!,
                ["associateObjectType"] = "WikiMarkdown",
            }),
            ["includePreSignedURLs"] = true,
            ["includeFileHandles"] = true,
        };
        return (await client.DoAsync("POST", "/file/v1/fileHandle/batch", body))["requestedFiles"]![0]!.AsObject();
    }
}

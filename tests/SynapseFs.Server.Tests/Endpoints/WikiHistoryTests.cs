using System.Net;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class WikiHistoryTests
{
    private TestServer _test = null!;
    private string _project = "";
    private string _path = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _path = $"/repo/v1/entity/{_project}/wiki2";
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Versions_begin_at_0_and_are_listed_newest_first()
    {
        var page = await _test.Owner.CreatePage2Async(_project, "first");
        page["title"] = "second";
        await _test.Owner.DoAsync("PUT", $"{_path}/{page["id"]}", page);

        var history = await _test.Owner.DoAsync("GET", $"{_path}/{page["id"]}/wikihistory?offset=0&limit=20");
        var old = await _test.Owner.DoAsync("GET", $"{_path}/{page["id"]}?wikiVersion=0");
        var current = await _test.Owner.DoAsync("GET", $"{_path}/{page["id"]}");
        var unknown = await _test.Owner.SendAsync("GET", $"{_path}/{page["id"]}?wikiVersion=7");

        Assert.Multiple(() =>
        {
            Assert.That(history["results"]!.AsArray().Select(version => (string)version!["version"]!), Is.EqualTo(new[] { "1", "0" }));
            Assert.That((string)history["results"]![0]!["modifiedBy"]!, Is.EqualTo($"{_test.Server.FirstUser.PrincipalId}"));
            Assert.That((string)old["title"]!, Is.EqualTo("first"));
            Assert.That((string)old["etag"]!, Is.EqualTo((string)current["etag"]!));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task A_restored_version_is_a_new_one_with_the_old_words()
    {
        var page = await _test.Owner.CreatePage2Async(_project, "first");
        var changed = (System.Text.Json.Nodes.JsonObject)page.DeepClone();
        changed["title"] = "second";
        changed["markdownFileHandleId"] = await _test.Owner.UploadMarkdownAsync("other");
        await _test.Owner.DoAsync("PUT", $"{_path}/{page["id"]}", changed);
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ", "UPDATE");

        var restored = await _test.Reader.DoAsync("PUT", $"{_path}/{page["id"]}/0");
        var history = await _test.Owner.DoAsync("GET", $"{_path}/{page["id"]}/wikihistory?offset=0&limit=20");
        var unknown = await _test.Owner.SendAsync("PUT", $"{_path}/{page["id"]}/9");

        Assert.Multiple(() =>
        {
            Assert.That((string)restored["title"]!, Is.EqualTo("first"));
            Assert.That((string)restored["markdownFileHandleId"]!, Is.EqualTo((string)page["markdownFileHandleId"]!));
            Assert.That(history["results"]!.AsArray(), Has.Count.EqualTo(3));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(unknown.Reason, Is.EqualTo($"No wiki page found with id: {page["id"]} and version: 9"));
        });
    }

    [Test]
    public async Task About_a_hundred_versions_are_kept()
    {
        var page = await _test.Owner.CreatePage2Async(_project, "x");
        for (var i = 0; i < 103; i++)
        {
            page = await _test.Owner.DoAsync("PUT", $"{_path}/{page["id"]}", page);
        }

        var history = await _test.Owner.DoAsync("GET", $"{_path}/{page["id"]}/wikihistory?offset=0&limit=1000");
        var pruned = await _test.Owner.SendAsync("PUT", $"{_path}/{page["id"]}/0");

        Assert.Multiple(() =>
        {
            Assert.That((string)history["results"]![0]!["version"]!, Is.EqualTo("103"));
            Assert.That(history["results"]!.AsArray(), Has.Count.EqualTo(102));
            Assert.That(pruned.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }
}

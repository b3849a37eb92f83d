using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class WikiAttachmentTests
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
    public async Task Attachments_are_listed_and_downloaded_by_name()
    {
        var a = await _test.Owner.UploadAsync("a.txt.gz", Encoding.ASCII.GetBytes("aaa"));
        var b = await _test.Owner.UploadAsync("b.png", Encoding.ASCII.GetBytes("bbb"));
        var page = await _test.Owner.CreatePage2Async(_project, "Home", parent: null, a, b);

        foreach (var api in (string[])["wiki", "wiki2"])
        {
            var handles = await _test.Owner.DoAsync("GET", $"{_path}/{api}/{page["id"]}/attachmenthandles");
            var url = await _test.Owner.SendAsync("GET", $"{_path}/{api}/{page["id"]}/attachment?fileName=a.txt.gz&redirect=false");
            var redirect = await _test.Owner.SendAsync("GET", $"{_path}/{api}/{page["id"]}/attachment?fileName=b.png");
            var unknown = await _test.Owner.SendAsync("GET", $"{_path}/{api}/{page["id"]}/attachment?fileName=c");
            var content = await _test.Nobody.GetRangeAsync(url.Text, null);

            Assert.Multiple(() =>
            {
                Assert.That(handles["list"]!.AsArray().Select(handle => (string)handle!["id"]!), Is.EqualTo(new[] { a, b }));
                Assert.That(url.Headers["Content-Type"], Does.StartWith("text/plain"));
                Assert.That(content.Text, Is.EqualTo("aaa"));
                Assert.That(redirect.Status, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
                Assert.That(unknown.Reason, Is.EqualTo(
                    $"Cannot find a wiki attachment for OwnerID: {_project}, ObjectType: ENTITY, WikiPageId: {page["id"]}, fileName: c"));
            });
        }
    }

    [Test]
    public async Task Of_two_attachments_with_one_name_the_newest_is_kept()
    {
        var first = await _test.Owner.UploadAsync("a.txt", Encoding.ASCII.GetBytes("old"));
        var second = await _test.Owner.UploadAsync("a.txt", Encoding.ASCII.GetBytes("new"));

        var page = await _test.Owner.CreatePage2Async(_project, "Home", parent: null, second, first);

        Assert.That(page["attachmentFileHandleIds"]!.AsArray().Select(id => (string)id!), Is.EqualTo(new[] { second }));
    }

    [Test]
    public async Task An_update_without_attachments_drops_them_and_the_old_version_has_them_still()
    {
        var file = await _test.Owner.UploadAsync("a.txt", Encoding.ASCII.GetBytes("a"));
        var page = await _test.Owner.CreatePage2Async(_project, "Home", parent: null, file);
        page.Remove("attachmentFileHandleIds");

        await _test.Owner.DoAsync("PUT", $"{_path}/wiki2/{page["id"]}", page);
        var now = await _test.Owner.DoAsync("GET", $"{_path}/wiki2/{page["id"]}/attachmenthandles");
        var before = await _test.Owner.DoAsync("GET", $"{_path}/wiki2/{page["id"]}/attachmenthandles?wikiVersion=0");
        var url = await _test.Owner.SendAsync(
            "GET", $"{_path}/wiki2/{page["id"]}/attachment?fileName=a.txt&wikiVersion=0&redirect=false");

        Assert.Multiple(() =>
        {
            Assert.That(now["list"]!.AsArray(), Is.Empty);
            Assert.That(before["list"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(url.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Who_reads_the_owner_downloads_an_attachment_by_its_page()
    {
        var file = await _test.Owner.UploadAsync("a.txt", Encoding.ASCII.GetBytes("a"));
        var page = await _test.Owner.CreatePage2Async(_project, "Home", parent: null, file);
        var body = new JsonObject
        {
            ["requestedFiles"] = new JsonArray(new JsonObject
            {
                ["fileHandleId"] = file,
                ["associateObjectId"] = (string)page["id"]!,
                ["associateObjectType"] = "WikiAttachment",
            }),
            ["includePreSignedURLs"] = true,
        };

        var before = await _test.Reader.DoAsync("POST", "/file/v1/fileHandle/batch", body);
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ");
        var after = await _test.Reader.DoAsync("POST", "/file/v1/fileHandle/batch", body);
        await _test.Owner.DoAsync("DELETE", _path);
        var gone = await _test.Reader.DoAsync("POST", "/file/v1/fileHandle/batch", body);

        Assert.Multiple(() =>
        {
            Assert.That((string?)before["requestedFiles"]![0]!["failureCode"], Is.EqualTo("UNAUTHORIZED"));
            Assert.That((string?)after["requestedFiles"]![0]!["preSignedURL"], Is.Not.Null);
            Assert.That((string?)gone["requestedFiles"]![0]!["failureCode"], Is.EqualTo("UNAUTHORIZED"));
        });
    }

    [Test]
    public async Task A_preview_that_does_not_exist_is_404()
    {
        var file = await _test.Owner.UploadAsync("a.bin", Encoding.ASCII.GetBytes("a"));
        var page = await _test.Owner.CreatePage2Async(_project, "Home", parent: null, file);

        var answer = await _test.Owner.SendAsync("GET", $"{_path}/wiki2/{page["id"]}/attachmentpreview?fileName=a.bin&redirect=false");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(answer.Reason, Is.EqualTo($"A preview does not exist for file {file}"));
        });
    }

    [Test]
    public async Task A_preview_is_made_listed_and_had_by_the_files_name()
    {
        await using var test = await TestServer.StartAsync(options => options with { MakesPreviews = true });
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.UploadAsync("a.txt", Encoding.ASCII.GetBytes("words to preview"));
        var page = await test.Owner.CreatePage2Async(project, "Home", parent: null, file);
        var path = $"/repo/v1/entity/{project}/wiki2/{page["id"]}";

        var url = await test.Owner.UntilAsync(
            path + "/attachmentpreview?fileName=a.txt&redirect=false", answer => answer.Status == HttpStatusCode.OK);
        var content = await test.Nobody.GetRangeAsync(url.Text, null);
        var handles = await test.Owner.DoAsync("GET", path + "/attachmenthandles");

        Assert.Multiple(() =>
        {
            Assert.That(content.Text, Does.StartWith("words"));
            Assert.That(
                handles["list"]!.AsArray().Select(handle => (bool?)handle!["isPreview"] == true), Is.EqualTo(new[] { false, true }));
        });
    }

    [Test]
    public async Task A_file_of_a_wiki_cannot_be_deleted()
    {
        var file = await _test.Owner.UploadAsync("a.txt", Encoding.ASCII.GetBytes("a"));
        var page = await _test.Owner.CreatePage2Async(_project, "Home", parent: null, file);

        var attachment = await _test.Owner.SendAsync("DELETE", $"/file/v1/fileHandle/{file}");
        var markdown = await _test.Owner.SendAsync("DELETE", $"/file/v1/fileHandle/{page["markdownFileHandleId"]}");
        await _test.Owner.DoAsync("DELETE", $"{_path}/wiki2/{page["id"]}");
        var freed = await _test.Owner.SendAsync("DELETE", $"/file/v1/fileHandle/{file}");

        Assert.Multiple(() =>
        {
            Assert.That(attachment.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(markdown.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(freed.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }
}

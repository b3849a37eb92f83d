using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>What clients send for annotations, provenance and wiki pages.</summary>
public sealed class ClientMetadataTraceTests
{
    private const string Model = "org.sagebionetworks.repo.model.";

    private TestServer _test = null!;
    private TraceClient _trace = null!;
    private string _id = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _trace = new TraceClient(_test.Owner);
        _id = (string)(await _trace.CallAsync(
            201, "POST /repo/v1/entity", $$"""{"concreteType":"{{Model}}Project","name":"P","parentId":null}"""))["id"]!;
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Annotations_of_the_second_API_are_texts_of_every_type()
    {
        var etag = (string)(await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/annotations2"))["etag"]!;
        var put = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{_id}/annotations2", $$$$"""
            {"id":"{{{{_id}}}}","etag":"{{{{etag}}}}","annotations":{"species":{"type":"STRING","value":["human"]},
            "n":{"type":"LONG","value":["1","2"]},"x":{"type":"DOUBLE","value":["1.5"]},"good":{"type":"BOOLEAN","value":["true"]},
            "when":{"type":"TIMESTAMP_MS","value":["1577836800000"]}}}
            """);
        var stale = await _trace.SendAsync(
            $"PUT /repo/v1/entity/{_id}/annotations2", $$$"""{"id":"{{{_id}}}","etag":"{{{etag}}}","annotations":{}}""");
        var old = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/annotations");

        Assert.Multiple(() =>
        {
            Assert.That((string)put["etag"]!, Is.Not.EqualTo(etag));
            Assert.That(put["annotations"]!["n"]!["value"]!.ToJsonString(), Is.EqualTo("""["1","2"]"""));
            Assert.That((string)put["annotations"]!["when"]!["type"]!, Is.EqualTo("TIMESTAMP_MS"));
            Assert.That((int)stale.Status, Is.EqualTo(412));
            Assert.That(old["stringAnnotations"]!["species"]!.ToJsonString(), Is.EqualTo("""["human"]"""));
            Assert.That(old["longAnnotations"]!["n"]!.ToJsonString(), Is.EqualTo("[1,2]"));
            Assert.That(old["doubleAnnotations"]!["x"]!.ToJsonString(), Is.EqualTo("[1.5]"));
            Assert.That(old["dateAnnotations"]!["when"]!.ToJsonString(), Is.EqualTo("[1577836800000]"));
        });
    }

    [Test]
    public async Task Annotations_of_the_first_API_are_seen_by_the_second()
    {
        var had = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/annotations");
        await _trace.CallAsync(200, $"PUT /repo/v1/entity/{_id}/annotations", $$$"""
            {"id":"{{{_id}}}","etag":"{{{had["etag"]}}}","creationDate":"{{{had["creationDate"]}}}","uri":"/entity/{{{_id}}}/annotations",
            "stringAnnotations":{"species":["human"]},"longAnnotations":{"n":[7]},"dateAnnotations":{"when":[1577836800000]}}
            """);

        var now = (await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/annotations2"))["annotations"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string)now["species"]!["value"]![0]!, Is.EqualTo("human"));
            Assert.That((string)now["n"]!["value"]![0]!, Is.EqualTo("7"));
            Assert.That((string)now["when"]!["type"]!, Is.EqualTo("TIMESTAMP_MS"));
        });
    }

    [Test]
    public async Task Provenance_is_made_attached_read_by_version_and_taken_away()
    {
        var file = await _test.Owner.CreateFileAsync("a.txt", _id, Encoding.ASCII.GetBytes("a"));
        await _trace.CallAsync(404, $"GET /repo/v1/entity/{file["id"]}/generatedBy");
        var activity = await _trace.CallAsync(201, "POST /repo/v1/activity", $$"""
            {"name":"act","description":null,"used":[
            {"concreteType":"{{Model}}provenance.UsedEntity","reference":{"targetId":"{{file["id"]}}"},"wasExecuted":false},
            {"concreteType":"{{Model}}provenance.UsedURL","url":"https://example.org/x.py","name":"https://example.org/x.py","wasExecuted":true}]}
            """);
        var attached = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{file["id"]}/generatedBy?generatedBy={activity["id"]}");
        var entity = await _trace.CallAsync(200, $"GET /repo/v1/entity/{file["id"]}");
        var read = await _trace.CallAsync(200, $"GET /repo/v1/entity/{file["id"]}/version/1/generatedBy");
        read["name"] = "renamed";
        var renamed = await _trace.CallAsync(200, $"PUT /repo/v1/activity/{activity["id"]}", read.ToJsonString());
        await _trace.SendAsync($"DELETE /repo/v1/entity/{file["id"]}/generatedBy");
        await _trace.SendAsync($"DELETE /repo/v1/activity/{activity["id"]}");
        await _trace.CallAsync(404, $"GET /repo/v1/entity/{file["id"]}/generatedBy");

        Assert.Multiple(() =>
        {
            Assert.That((string)attached["id"]!, Is.EqualTo((string)activity["id"]!));
            Assert.That((string)entity["etag"]!, Is.Not.EqualTo((string)file["etag"]!), "the client reads it for the new etag");
            Assert.That((long)read["used"]![0]!["reference"]!["targetVersionNumber"]!, Is.EqualTo(1), "manifests show it");
            Assert.That((string)read["used"]![1]!["url"]!, Is.EqualTo("https://example.org/x.py"));
            Assert.That((string)renamed["name"]!, Is.EqualTo("renamed"));
        });
    }

    [Test]
    public async Task A_description_is_written_by_the_first_API_and_read_by_the_second()
    {
        await _trace.CallAsync(404, $"GET /repo/v1/entity/{_id}/wiki2");
        var attachment = await _trace.UploadAsync("a.txt", Encoding.ASCII.GetBytes("attached"), location: "null");
        var page = await _trace.CallAsync(201, $"POST /repo/v1/entity/{_id}/wiki", $$"""
            {"markdown":"hello ${x}","title":null,"parentWikiId":null,"attachmentFileHandleIds":[{{attachment}}]}
            """);
        var second = await _trace.SendAsync($"POST /repo/v1/entity/{_id}/wiki", """{"markdown":"x","attachmentFileHandleIds":[]}""");
        var read = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/wiki2");
        var text = await MarkdownAsync(read);
        page["markdown"] = "changed";
        page["title"] = "T";
        var updated = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{_id}/wiki/{page["id"]}", page.ToJsonString());
        var stale = await _trace.SendAsync($"PUT /repo/v1/entity/{_id}/wiki/{page["id"]}", page.ToJsonString());
        var tree = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/wikiheadertree?offset=0&limit=50");
        var end = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/wikiheadertree?offset=50&limit=50");
        var handles = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/wiki/{page["id"]}/attachmenthandles");
        var old = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/wiki2/{page["id"]}?wikiVersion=0");
        var deleted = await _trace.SendAsync($"DELETE /repo/v1/entity/{_id}/wiki/{page["id"]}");
        await _trace.CallAsync(404, $"GET /repo/v1/entity/{_id}/wikiheadertree?offset=0&limit=50");

        Assert.Multiple(() =>
        {
            Assert.That((int)second.Status, Is.EqualTo(409).Or.EqualTo(400));
            Assert.That((string)read["id"]!, Is.EqualTo((string)page["id"]!));
            Assert.That(text, Is.EqualTo("hello ${x}"));
            Assert.That((string)updated["title"]!, Is.EqualTo("T"));
            Assert.That((int)stale.Status, Is.EqualTo(412));
            Assert.That((string)tree["results"]![0]!["title"]!, Is.EqualTo("T"));
            Assert.That(end["results"]!.AsArray(), Is.Empty);
            Assert.That((string)handles["list"]![0]!["id"]!, Is.EqualTo(attachment));
            Assert.That(old["title"], Is.Null);
            Assert.That((int)deleted.Status, Is.InRange(200, 204));
        });
    }

    [Test]
    public async Task A_page_of_the_object_API_is_a_zipped_upload_with_fields_that_nobody_asked_for()
    {
        var markdown = await _trace.UploadAsync("wiki_markdown_T.md.gz", Zipped("one"), "text/markdown");
        var page = await _trace.CallAsync(201, $"POST /repo/v1/entity/{_id}/wiki2", $$"""
            {"id":null,"etag":null,"title":"T","parentWikiId":null,"markdown":"one","attachments":[],"ownerId":"{{_id}}",
            "markdownFileHandleId":"{{markdown}}","attachmentFileHandleIds":[],"wikiVersion":"0","createdOn":null,"createdBy":null}
            """);
        page["title"] = "U";
        page["markdownFileHandleId"] = await _trace.UploadAsync("wiki_markdown_U.md.gz", Zipped("two"), "text/markdown");
        var updated = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{_id}/wiki2/{page["id"]}", page.ToJsonString());
        var child = await _trace.CallAsync(201, $"POST /repo/v1/entity/{_id}/wiki2", $$"""
            {"title":"Sub","parentWikiId":"{{page["id"]}}","markdownFileHandleId":"{{markdown}}","attachmentFileHandleIds":[]}
            """);
        var tree = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/wikiheadertree2?offset=0&limit=20");
        var history = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/wiki2/{page["id"]}/wikihistory?offset=0&limit=20");
        var url = await _trace.SendAsync($"GET /repo/v1/entity/{_id}/wiki2/{page["id"]}/markdown?redirect=false");
        var old = await _trace.SendAsync($"GET /repo/v1/entity/{_id}/wiki2/{page["id"]}/markdown?wikiVersion=0&redirect=false");
        var order = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_id}/wiki2orderhint");
        order["idList"] = new JsonArray((string)page["id"]!, (string)child["id"]!);
        var ordered = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{_id}/wiki2orderhint", order.ToJsonString());

        Assert.Multiple(async () =>
        {
            Assert.That((string)updated["title"]!, Is.EqualTo("U"));
            Assert.That(tree["results"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(history["results"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(Unzipped((await _test.Nobody.GetRangeAsync(url.Text, null)).Bytes), Is.EqualTo("two"));
            Assert.That(Unzipped((await _test.Nobody.GetRangeAsync(old.Text, null)).Bytes), Is.EqualTo("one"));
            Assert.That(ordered["idList"]!.AsArray(), Has.Count.EqualTo(2));
        });
    }

    // The client takes the text by the page's id, and insists on gzip.
    private async Task<string> MarkdownAsync(JsonObject page)
    {
        var handle = (string)page["markdownFileHandleId"]!;
        return Unzipped(await _trace.DownloadAsync(handle, "WikiMarkdown", (string)page["id"]!));
    }

    private static byte[] Zipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static string Unzipped(byte[] bytes)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(zip);
        return reader.ReadToEnd();
    }
}

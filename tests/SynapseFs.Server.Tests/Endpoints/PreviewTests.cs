using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class PreviewTests
{
    private TestServer _test = null!;
    private string _project = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync(options => options with { MakesPreviews = true });
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD");
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_text_gets_a_preview_that_whoever_has_the_file_may_see()
    {
        var file = await _test.Owner.CreateFileAsync("a.txt", _project, [.. Enumerable.Repeat((byte)'x', 5000)]);
        var preview = await PreviewAsync((string)file["dataFileHandleId"]!);

        var list = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{file["id"]}/filehandles");
        var url = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{file["id"]}/filepreview?redirect=false");
        var content = await _test.Nobody.GetRangeAsync(url.Text, range: null);
        var batch = await _test.Reader.DoAsync("POST", "/file/v1/fileHandle/batch", new JsonObject
        {
            ["requestedFiles"] = new JsonArray(Association(preview, file), Association((string)file["dataFileHandleId"]!, file)),
            ["includeFileHandles"] = true,
            ["includePreviewPreSignedURLs"] = true,
        });

        Assert.Multiple(() =>
        {
            Assert.That(list["list"]!.AsArray().Select(one => (bool)one!["isPreview"]!), Is.EqualTo(new[] { false, true }));
            Assert.That((string?)list["list"]![1]!["fileName"], Is.EqualTo("preview.txt"));
            Assert.That(content.Text, Has.Length.EqualTo(1500).And.EndsWith("x..."));
            Assert.That(batch["requestedFiles"]![0]!["failureCode"], Is.Null);
            Assert.That((string?)batch["requestedFiles"]![1]!["previewPreSignedURL"], Does.StartWith("http"));
        });
    }

    [Test]
    public async Task A_cleared_preview_is_made_anew_and_a_deleted_file_takes_its_along()
    {
        var handle = await _test.Owner.UploadAsync("a.txt", "hello"u8.ToArray());
        var first = await PreviewAsync(handle);

        var foreign = await _test.Reader.SendAsync("DELETE", $"/file/v1/fileHandle/{handle}/filepreview");
        await _test.Owner.DoAsync("DELETE", $"/file/v1/fileHandle/{handle}/filepreview");
        var second = await PreviewAsync(handle);
        await _test.Owner.DoAsync("DELETE", $"/file/v1/fileHandle/{handle}");
        var gone = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{second}");

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Reason, Is.EqualTo("Only the creator of a FileHandle can clear the preview"));
            Assert.That(second, Is.Not.EqualTo(first));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Who_wants_no_preview_gets_a_handle_that_names_itself()
    {
        var bytes = "hello"u8.ToArray();
        var request = TestClient.UploadRequest("a.txt", bytes);
        request["generatePreview"] = false;
        var upload = (string)(await _test.Owner.DoAsync("POST", "/file/v1/file/multipart", request))["uploadId"]!;
        await _test.Owner.PutPartAsync(await _test.Owner.PartUrlAsync(upload, 1), bytes);
        await _test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/add/1?partMD5Hex={TestClient.Md5(bytes)}");
        var id = (string)(await _test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/complete"))["resultFileHandleId"]!;

        var handle = await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{id}");

        Assert.That((string?)handle["previewId"], Is.EqualTo(id));
    }

    private Task<string> PreviewAsync(string handle) => Eventually.GetAsync(async () =>
        (string?)(await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{handle}"))["previewId"]);

    private static JsonObject Association(string handle, JsonObject file) => new()
    {
        ["fileHandleId"] = handle,
        ["associateObjectId"] = (string)file["id"]!,
        ["associateObjectType"] = "FileEntity",
    };
}

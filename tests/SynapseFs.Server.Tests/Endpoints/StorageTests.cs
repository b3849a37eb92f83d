using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class StorageTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("0123456789");

    [Test]
    public async Task An_uploaded_file_comes_back_byte_for_byte()
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a b+c (1)'.txt", (string)project["id"]!, Content);

        var answer = await test.Nobody.GetRangeAsync(await test.Owner.DownloadUrlAsync(file), range: null);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Bytes, Is.EqualTo(Content));
            Assert.That(answer.Headers["Content-Length"], Is.EqualTo("10"));
            Assert.That(answer.Headers["Content-Type"], Is.EqualTo("text/plain"));
            Assert.That(answer.Headers["Content-Disposition"], Is.EqualTo(
                "attachment; filename=\"a b+c (1)'.txt\"; filename*=utf-8''a%20b%2Bc%20%281%29%27.txt"));
        });
    }

    [TestCase("bytes=2-4", 206, "234", "bytes 2-4/10")]
    [TestCase("bytes=7-", 206, "789", "bytes 7-9/10")]
    [TestCase("bytes=7-99", 206, "789", "bytes 7-9/10")]
    [TestCase("bytes=-3", 206, "789", "bytes 7-9/10")]
    [TestCase("bytes=0-0", 206, "0", "bytes 0-0/10")]
    [TestCase("bytes=10-", 416, null, "bytes */10")]
    [TestCase("bytes=x-", 200, "0123456789", null)]
    [TestCase("bytes=0-1,4-5", 200, "0123456789", null)]
    public async Task A_range_is_answered_with_just_that(string range, int status, string? body, string? contentRange)
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);

        var answer = await test.Nobody.GetRangeAsync(await test.Owner.DownloadUrlAsync(file), range);

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(body is null || answer.Text == body, Is.True, answer.Text);
            Assert.That(answer.Headers.GetValueOrDefault("Content-Range"), Is.EqualTo(contentRange));
        });
    }

    [Test]
    public async Task A_url_ends_after_its_lifetime_and_refuses_in_xml()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options);
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);
        var url = await test.Owner.DownloadUrlAsync(file);

        time.Advance(TimeSpan.FromSeconds(28));
        var inTime = await test.Nobody.GetRangeAsync(url, range: null);
        time.Advance(TimeSpan.FromSeconds(3));
        var late = await test.Nobody.GetRangeAsync(url, range: null);

        Assert.Multiple(() =>
        {
            Assert.That(inTime.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(late.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(late.Headers["Content-Type"], Is.EqualTo("application/xml"));
            Assert.That(late.Text, Does.Contain("<Code>AccessDenied</Code>").And.Contain("Request has expired"));
            Assert.That(url, Does.Contain("X-Amz-Expires=30").And.Match("X-Amz-Date=[0-9]{8}T[0-9]{6}Z"));
        });
    }

    [TestCase("response-content-type=text%2Fplain", "response-content-type=text%2Fhtml")]
    [TestCase("X-Amz-Expires=30", "X-Amz-Expires=3000")]
    [TestCase("/object/", "/object/x")]
    public async Task A_changed_url_is_refused(string from, string to)
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);
        var url = await test.Owner.DownloadUrlAsync(file);

        var answer = await test.Nobody.GetRangeAsync(url.Replace(from, to, StringComparison.Ordinal), range: null);

        Assert.Multiple(() =>
        {
            Assert.That(url, Does.Contain(from));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Text, Does.Contain("SignatureDoesNotMatch"));
        });
    }

    [Test]
    public async Task Head_is_refused_because_the_signature_is_for_get()
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);

        var answer = await test.Nobody.SendAsync("HEAD", await test.Owner.DownloadUrlAsync(file));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("PUT")]
    [TestCase("POST")]
    [TestCase("DELETE")]
    [TestCase("PATCH")]
    public async Task A_url_is_for_one_method(string method)
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);

        var answer = await test.Nobody.SendAsync(method, await test.Owner.DownloadUrlAsync(file));
        var unsigned = await test.Nobody.SendAsync("GET", "/s3/synapsefs.data/none");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Text, Does.Contain("<Code>AccessDenied</Code>"));
            Assert.That(unsigned.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task A_hostile_name_and_type_come_harmless()
    {
        await using var test = await TestServer.StartAsync();
        var handle = await test.Owner.UploadAsync("a.txt", Content);
        var copy = (await test.Owner.DoAsync("POST", "/file/v1/filehandles/copy", new JsonObject
        {
            ["copyRequests"] = new JsonArray(new JsonObject
            {
                ["originalFile"] = new JsonObject
                {
                    ["fileHandleId"] = handle,
                    ["associateObjectId"] = "syn1",
                    ["associateObjectType"] = "FileEntity",
                },
                ["newFileName"] = "\u00e9\r\nSet-Cookie: x",
                ["newContentType"] = "text/\nplain",
            }),
        }))["copyResults"]![0]!["newFileHandle"]!;

        var url = await test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{copy["id"]}/url?redirect=false");
        var answer = await test.Nobody.GetRangeAsync(url.Text, range: null);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Bytes, Is.EqualTo(Content));
            Assert.That(answer.Headers.ContainsKey("Set-Cookie"), Is.False);
            Assert.That(answer.Headers["Content-Disposition"], Does.Contain("__Set-Cookie: x\""));
        });
    }

    [Test]
    public async Task Conditions_are_kept()
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);
        var url = await test.Owner.DownloadUrlAsync(file);
        var etag = (await test.Nobody.GetRangeAsync(url, range: null)).Headers["ETag"];

        var same = await test.Nobody.GetRangeAsync(url, null, ("If-None-Match", etag));
        var other = await test.Nobody.GetRangeAsync(url, null, ("If-Match", "\"other\""));
        var stale = await test.Nobody.GetRangeAsync(url, "bytes=1-2", ("If-Range", "\"other\""));
        var fresh = await test.Nobody.GetRangeAsync(url, "bytes=1-2", ("If-Range", etag));

        Assert.Multiple(() =>
        {
            Assert.That(same.Status, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(other.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(fresh.Text, Is.EqualTo("12"));
        });
    }

    [Test]
    public async Task A_url_carries_the_host_that_the_request_named()
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);
        test.Owner.Http.DefaultRequestHeaders.Host = "relay.example:8443";
        test.Owner.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var url = new Uri(await test.Owner.DownloadUrlAsync(file));
        var direct = new UriBuilder(url) { Scheme = "http", Host = "127.0.0.1", Port = test.Server.BaseAddress.Port }.Uri;
        var answer = await test.Nobody.GetRangeAsync(direct.AbsoluteUri, range: null);

        Assert.Multiple(() =>
        {
            Assert.That(url.GetLeftPart(UriPartial.Authority), Is.EqualTo("https://relay.example:8443"));
            Assert.That(answer.Bytes, Is.EqualTo(Content));
        });
    }

    [Test]
    public async Task Each_url_handed_out_is_a_download_event_and_metadata_is_none()
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);
        test.Server.Log.Reset();

        await test.Owner.BatchAsync((string)file["dataFileHandleId"]!, (string)file["id"]!, withUrl: false);
        var before = test.Server.Log.Totals.DownloadEvents;
        await test.Owner.DownloadUrlAsync(file);
        await test.Owner.SendAsync("GET", $"/repo/v1/entity/{file["id"]}/file?redirect=false");
        await test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{file["dataFileHandleId"]}/url");
        await test.Server.Log.WaitAsync(request => request.Path.EndsWith("/url", StringComparison.Ordinal), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.Zero);
            Assert.That(test.Server.Log.Totals.DownloadEvents, Is.EqualTo(3));
        });
    }
}

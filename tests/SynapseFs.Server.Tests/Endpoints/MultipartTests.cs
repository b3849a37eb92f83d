using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>Corners of the multipart protocol; its course is in <see cref="UploadTests"/>.</summary>
public sealed partial class MultipartTests
{
    private const int PartSize = 5 << 20;
    private static readonly byte[] Small = "hello"u8.ToArray();

    [Test]
    public async Task A_content_type_that_was_signed_must_be_sent()
    {
        await using var test = await TestServer.StartAsync();
        var upload = (string)(await test.Owner.DoAsync("POST", "/file/v1/file/multipart", TestClient.UploadRequest("a.txt", Small)))["uploadId"]!;
        var body = new JsonObject { ["partNumbers"] = new JsonArray(1), ["contentType"] = "text/csv" };

        var part = (await test.Owner.DoAsync("POST", $"/file/v1/file/multipart/{upload}/presigned/url/batch", body))["partPresignedUrls"]![0]!;
        var without = await PutAsync(test, part, Small, withHeaders: false);
        var with = await PutAsync(test, part, Small, withHeaders: true);

        Assert.Multiple(() =>
        {
            Assert.That((string?)part["signedHeaders"]!["Content-Type"], Is.EqualTo("text/csv"));
            Assert.That(without.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(with.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(with.Headers["ETag"], Is.EqualTo($"\"{TestClient.Md5(Small)}\""));
        });
    }

    [TestCase("XUFAKrxLKna5cZ2REBfFkg==", 200, null)]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAA==", 400, "BadDigest")]
    [TestCase("not base64", 400, "InvalidDigest")]
    public async Task A_content_md5_is_compared(string header, int status, string? code)
    {
        await using var test = await TestServer.StartAsync();
        var upload = (string)(await test.Owner.DoAsync("POST", "/file/v1/file/multipart", TestClient.UploadRequest("a.txt", Small)))["uploadId"]!;
        using var request = new HttpRequestMessage(HttpMethod.Put, await test.Owner.PartUrlAsync(upload, 1)) { Content = new ByteArrayContent(Small) };
        request.Content.Headers.TryAddWithoutValidation("Content-MD5", header);

        using var response = await test.Nobody.Http.SendAsync(request);
        var answer = await Answer.OfAsync(response);

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(code is null || answer.Text.Contains($"<Code>{code}</Code>", StringComparison.Ordinal), Is.True, answer.Text);
        });
    }

    [Test]
    public async Task Parts_have_bounds_and_a_completed_upload_takes_none()
    {
        await using var test = await TestServer.StartAsync();
        var upload = (string)(await test.Owner.DoAsync("POST", "/file/v1/file/multipart", TestClient.UploadRequest("a.txt", Small)))["uploadId"]!;

        var zero = await UrlsAsync(test, upload, 0);
        var two = await UrlsAsync(test, upload, 2);
        var none = await UrlsAsync(test, upload);
        var md5less = await test.Owner.SendAsync("PUT", $"/file/v1/file/multipart/{upload}/add/1");
        var unsent = await test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/add/1?partMD5Hex={TestClient.Md5(Small)}");
        await test.Owner.PutPartAsync(await test.Owner.PartUrlAsync(upload, 1), Small);
        await test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/add/1?partMD5Hex={TestClient.Md5(Small)}");
        await test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/complete");
        var late = await test.Owner.SendAsync("PUT", $"/file/v1/file/multipart/{upload}/add/1?partMD5Hex=x");

        Assert.Multiple(() =>
        {
            Assert.That(zero.Reason, Is.EqualTo("Part numbers cannot be less than one."));
            Assert.That(two.Reason, Does.StartWith("Part number cannot be larger than number of parts."));
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(md5less.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That((string?)unsent["addPartState"], Is.EqualTo("ADD_FAILED"));
            Assert.That(late.Reason, Is.EqualTo("Cannot add parts to completed file upload."));
        });
    }

    [TestCase("fileName", "a/b.txt", "Invalid Name: 'a/b.txt'.")]
    [TestCase("fileName", null, "MultipartUploadRequest.fileName is required and must not be the empty string.")]
    [TestCase("contentMD5Hex", "", "MultipartUploadRequest.contentMD5Hex is required and must not be the empty string.")]
    [TestCase("partSizeBytes", null, "MultipartUploadRequest.partSizeBytes is required.")]
    [TestCase("concreteType", "org.sagebionetworks.repo.model.Folder", "Unsupported request type:")]
    public async Task A_bad_start_is_refused(string field, string? value, string reason)
    {
        await using var test = await TestServer.StartAsync();
        var request = TestClient.UploadRequest("a.txt", Small);
        request[field] = value;

        var answer = await test.Owner.SendAsync("POST", "/file/v1/file/multipart", request);

        Assert.That(answer.Reason, Does.StartWith(reason));
    }

    [Test]
    public async Task An_upload_that_nothing_happens_to_is_forgotten_after_thirty_days()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options);
        var idle = (string)(await test.Owner.DoAsync("POST", "/file/v1/file/multipart", TestClient.UploadRequest("a.txt", Small)))["uploadId"]!;
        await test.Owner.PutPartAsync(await test.Owner.PartUrlAsync(idle, 1), Small);
        var finished = await test.Owner.UploadAsync("b.txt", Small);

        time.Advance(TimeSpan.FromDays(29));
        var known = await test.Owner.SendAsync("PUT", $"/file/v1/file/multipart/{idle}/complete");
        time.Advance(TimeSpan.FromDays(2));
        var gone = await Eventually.GetAsync(async () =>
            await test.Owner.SendAsync("PUT", $"/file/v1/file/multipart/{idle}/complete") is { Status: HttpStatusCode.NotFound } answer
                ? answer
                : null);
        var handle = await test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{finished}");

        Assert.Multiple(() =>
        {
            Assert.That(known.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(gone.Reason, Is.EqualTo($"MultipartUploadStatus cannot be found for id: {idle}"));
            Assert.That(handle.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Directory.EnumerateFiles(Path.Combine(test.DataDirectory, "uploads")), Is.Empty);
        });
    }

    [Test]
    public async Task A_file_is_copied_part_by_part_into_another_location()
    {
        await using var test = await TestServer.StartAsync();
        var bytes = RandomNumberGenerator.GetBytes(PartSize + 1000);
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("a.bin", project, bytes);
        var location = await LocationAsync(test.Owner);
        var request = CopyRequest(file, location);

        var status = await test.Owner.DoAsync("POST", "/file/v1/file/multipart", request);
        var upload = (string)status["uploadId"]!;
        var urls = (await UrlsAsync(test, upload, 1, 2)).Json["partPresignedUrls"]!.AsArray();
        var unsigned = await PutAsync(test, urls[0]!, [], withHeaders: false);
        foreach (var (url, number) in urls.Select((url, index) => (url!, index + 1)))
        {
            var etag = EtagPattern().Match((await PutAsync(test, url, [], withHeaders: true)).Text).Groups[1].Value;
            var add = $"/file/v1/file/multipart/{upload}/add/{number}?partMD5Hex={etag}";
            Assert.That((string?)(await test.Owner.DoAsync("PUT", add))["addPartState"], Is.EqualTo("ADD_SUCCESS"));
            Assert.That((string?)(await test.Owner.DoAsync("PUT", add))["addPartState"], Is.EqualTo("ADD_SUCCESS"));
        }

        var done = await test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/complete");
        var handle = await test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{done["resultFileHandleId"]}");
        var content = await test.Nobody.GetRangeAsync(
            (await test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{handle["id"]}/url?redirect=false")).Text, range: null);
        var again = await test.Owner.DoAsync("POST", "/file/v1/file/multipart", request);

        Assert.Multiple(() =>
        {
            Assert.That((string?)status["partsState"], Is.EqualTo("00"));
            Assert.That((string?)urls[1]!["signedHeaders"]!["x-amz-copy-source-range"], Is.EqualTo($"bytes={PartSize}-{bytes.Length - 1}"));
            Assert.That(unsigned.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((long)handle["storageLocationId"]!, Is.EqualTo(location));
            Assert.That((string?)handle["fileName"], Is.EqualTo("a.bin"));
            Assert.That((string?)handle["contentMd5"], Is.EqualTo(TestClient.Md5(bytes)));
            Assert.That(content.Bytes, Is.EqualTo(bytes));
            Assert.That((string?)again["resultFileHandleId"], Is.EqualTo((string?)handle["id"]));
        });
    }

    [Test]
    public async Task A_copy_needs_the_source_and_the_location()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("a.bin", project, Small);
        var (own, foreign) = (await LocationAsync(test.Owner), await LocationAsync(test.Reader));

        var noSource = await test.Reader.SendAsync("POST", "/file/v1/file/multipart", CopyRequest(file, foreign));
        var notOwner = await test.Owner.SendAsync("POST", "/file/v1/file/multipart", CopyRequest(file, foreign));
        var synapses = await test.Owner.SendAsync("POST", "/file/v1/file/multipart", CopyRequest(file, 1));
        var incomplete = CopyRequest(file, own);
        incomplete["storageLocationId"] = null;
        var nowhere = await test.Owner.SendAsync("POST", "/file/v1/file/multipart", incomplete);

        Assert.Multiple(() =>
        {
            Assert.That(noSource.Reason, Is.EqualTo("The user is not authorized to access the source file."));
            Assert.That(notOwner.Reason, Is.EqualTo("The user does not own the destination storage location."));
            Assert.That(synapses.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(nowhere.Reason, Is.EqualTo("MultipartUploadCopyRequest.storageLocationId is required."));
        });
    }

    private static JsonObject CopyRequest(JsonObject file, long location) => new()
    {
        ["concreteType"] = "org.sagebionetworks.repo.model.file.MultipartUploadCopyRequest",
        ["fileName"] = null,
        ["partSizeBytes"] = PartSize,
        ["storageLocationId"] = location,
        ["sourceFileHandleAssociation"] = new JsonObject
        {
            ["fileHandleId"] = (string)file["dataFileHandleId"]!,
            ["associateObjectId"] = (string)file["id"]!,
            ["associateObjectType"] = "FileEntity",
        },
    };

    private static Task<Answer> UrlsAsync(TestServer test, string upload, params int[] parts) => test.Owner.SendAsync(
        "POST", $"/file/v1/file/multipart/{upload}/presigned/url/batch",
        new JsonObject { ["partNumbers"] = new JsonArray([.. parts.Select(part => (JsonNode)part)]) });

    private static async Task<long> LocationAsync(TestClient client)
    {
        var body = new JsonObject { ["concreteType"] = "org.sagebionetworks.repo.model.project.S3StorageLocationSetting" };
        return (long)(await client.DoAsync("POST", "/repo/v1/storageLocation", body))["storageLocationId"]!;
    }

    private static async Task<Answer> PutAsync(TestServer test, JsonNode part, byte[] bytes, bool withHeaders)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, (string)part["uploadPresignedUrl"]!) { Content = new ByteArrayContent(bytes) };
        foreach (var (name, value) in withHeaders ? part["signedHeaders"]!.AsObject().ToList() : [])
        {
            if (!request.Headers.TryAddWithoutValidation(name, (string)value!))
            {
                request.Content.Headers.TryAddWithoutValidation(name, (string)value!);
            }
        }

        using var response = await test.Nobody.Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    [GeneratedRegex("<ETag>&quot;(.*?)&quot;</ETag>")]
    private static partial Regex EtagPattern();
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class UploadTests
{
    private const int PartSize = 5 << 20;
    private static readonly byte[] Small = Encoding.ASCII.GetBytes("hello");

    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync() => _test = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Parts_in_any_order_become_one_content_and_a_second_start_resumes()
    {
        var bytes = RandomNumberGenerator.GetBytes((2 * PartSize) + 17);
        var request = TestClient.UploadRequest("big.bin", bytes, PartSize);
        var upload = (string)(await StartUploadAsync(request))["uploadId"]!;
        await SendPartAsync(upload, 3, bytes[(2 * PartSize)..]);
        await SendPartAsync(upload, 1, bytes[..PartSize]);

        var resumed = await StartUploadAsync(request);
        var early = await _test.Owner.SendAsync("PUT", $"/file/v1/file/multipart/{upload}/complete");
        await SendPartAsync(upload, 2, bytes[PartSize..(2 * PartSize)]);
        var complete = await _test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/complete");
        var again = await _test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/complete");
        var url = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{complete["resultFileHandleId"]}/url?redirect=false");
        var content = await _test.Nobody.GetRangeAsync(url.Text, range: null);

        Assert.Multiple(() =>
        {
            Assert.That((string)resumed["uploadId"]!, Is.EqualTo(upload));
            Assert.That((string)resumed["partsState"]!, Is.EqualTo("101"));
            Assert.That(early.Reason, Does.StartWith("Missing 1 part(s)."));
            Assert.That((string)complete["state"]!, Is.EqualTo("COMPLETED"));
            Assert.That((string)again["resultFileHandleId"]!, Is.EqualTo((string)complete["resultFileHandleId"]!));
            Assert.That(TestClient.Md5(content.Bytes), Is.EqualTo(TestClient.Md5(bytes)));
            Assert.That(Directory.EnumerateFiles(Path.Combine(_test.DataDirectory, "uploads")), Is.Empty);
        });
    }

    [Test]
    public async Task The_same_upload_again_gives_the_same_handle_and_a_forced_one_another()
    {
        var first = await _test.Owner.UploadAsync("a.txt", Small);

        var same = await StartUploadAsync(TestClient.UploadRequest("a.txt", Small));
        var forced = await StartUploadAsync(TestClient.UploadRequest("a.txt", Small), forceRestart: true);
        var others = await _test.Reader.DoAsync("POST", "/file/v1/file/multipart", TestClient.UploadRequest("a.txt", Small));

        Assert.Multiple(() =>
        {
            Assert.That((string)same["state"]!, Is.EqualTo("COMPLETED"));
            Assert.That((string)same["resultFileHandleId"]!, Is.EqualTo(first));
            Assert.That((string)forced["state"]!, Is.EqualTo("UPLOADING"));
            Assert.That((string)others["state"]!, Is.EqualTo("UPLOADING"));
        });
    }

    [Test]
    public async Task A_part_with_another_md5_fails_and_may_be_sent_again()
    {
        var upload = (string)(await StartUploadAsync(TestClient.UploadRequest("a.txt", Small)))["uploadId"]!;
        await _test.Owner.PutPartAsync(await _test.Owner.PartUrlAsync(upload, 1), Encoding.ASCII.GetBytes("wrong"));

        var wrong = await AddAsync(upload, Small);
        await _test.Owner.PutPartAsync(await _test.Owner.PartUrlAsync(upload, 1), Small);
        var right = await AddAsync(upload, Small);

        Assert.Multiple(() =>
        {
            Assert.That((string)wrong["addPartState"]!, Is.EqualTo("ADD_FAILED"));
            Assert.That((string)wrong["errorMessage"]!, Does.StartWith("The provided MD5 does not match"));
            Assert.That((string)right["addPartState"]!, Is.EqualTo("ADD_SUCCESS"));
        });
    }

    [Test]
    public async Task Adding_a_part_twice_loses_it()
    {
        var request = TestClient.UploadRequest("a.txt", Small);
        var upload = (string)(await StartUploadAsync(request))["uploadId"]!;
        await SendPartAsync(upload, 1, Small);

        var second = await AddAsync(upload, Small);
        var status = await StartUploadAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That((string)second["addPartState"]!, Is.EqualTo("ADD_FAILED"));
            Assert.That((string)status["partsState"]!, Is.EqualTo("0"));
        });
    }

    [TestCase("fileSizeBytes", 0, "File size must be at least one byte")]
    [TestCase("partSizeBytes", 1024, "The part size must be at least 5242880 bytes.")]
    [TestCase("storageLocationId", 7, "Storage location setting: '7' does not exist")]
    public async Task A_bad_request_is_refused(string field, long value, string reason)
    {
        var request = TestClient.UploadRequest("a.txt", Small);
        request[field] = value;

        var answer = await _test.Owner.SendAsync("POST", "/file/v1/file/multipart", request);

        Assert.That(answer.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task Uploads_belong_to_whoever_started_them_and_anonymous_starts_none()
    {
        var upload = (string)(await StartUploadAsync(TestClient.UploadRequest("a.txt", Small)))["uploadId"]!;

        var stranger = await _test.Reader.SendAsync("PUT", $"/file/v1/file/multipart/{upload}/complete");
        var anonymous = await _test.Nobody.SendAsync("POST", "/file/v1/file/multipart", TestClient.UploadRequest("a.txt", Small));
        var unknown = await _test.Owner.SendAsync("PUT", "/file/v1/file/multipart/99/complete");

        Assert.Multiple(() =>
        {
            Assert.That(stranger.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(anonymous.Reason, Is.EqualTo("Anonymous cannot upload files."));
            Assert.That(unknown.Reason, Is.EqualTo("MultipartUploadStatus cannot be found for id: 99"));
        });
    }

    [Test]
    public async Task A_copied_handle_has_the_same_bytes_under_a_new_name_and_is_the_copiers()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var file = await _test.Owner.CreateFileAsync("a.txt", project, Small);
        await _test.Owner.ShareAsync(project, _test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD");

        var result = await _test.Reader.DoAsync("POST", "/file/v1/filehandles/copy", new JsonObject
        {
            ["copyRequests"] = new JsonArray(new JsonObject
            {
                ["originalFile"] = new JsonObject
                {
                    ["fileHandleId"] = (string)file["dataFileHandleId"]!,
                    ["associateObjectId"] = (string)file["id"]!,
                    ["associateObjectType"] = "FileEntity",
                },
                ["newFileName"] = "b.txt",
            }),
        });
        var copy = result["copyResults"]![0]!["newFileHandle"]!;
        var url = await _test.Reader.SendAsync("GET", $"/file/v1/fileHandle/{copy["id"]}/url?redirect=false");
        var content = await _test.Nobody.GetRangeAsync(url.Text, range: null);

        Assert.Multiple(() =>
        {
            Assert.That((string)copy["fileName"]!, Is.EqualTo("b.txt"));
            Assert.That((string)copy["id"]!, Is.Not.EqualTo((string)file["dataFileHandleId"]!));
            Assert.That(content.Bytes, Is.EqualTo(Small));
        });
    }

    [Test]
    public async Task A_handle_in_use_cannot_be_deleted_and_an_unused_one_takes_its_bytes_along()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var used = (string)(await _test.Owner.CreateFileAsync("a.txt", project, Small))["dataFileHandleId"]!;
        var content = Encoding.ASCII.GetBytes("of nobody");
        var unused = await _test.Owner.UploadAsync("b.txt", content);

        var refused = await _test.Owner.SendAsync("DELETE", $"/file/v1/fileHandle/{used}");
        await _test.Owner.DoAsync("DELETE", $"/file/v1/fileHandle/{unused}");
        var gone = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{unused}");
        var files = Directory.EnumerateFiles(Path.Combine(_test.DataDirectory, "content"), "*", SearchOption.AllDirectories);
        var left = files.Where(file => File.ReadAllBytes(file).SequenceEqual(content)).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(left, Is.Empty);
        });
    }

    private Task<JsonObject> StartUploadAsync(JsonObject request, bool forceRestart = false) =>
        _test.Owner.DoAsync("POST", $"/file/v1/file/multipart?forceRestart={forceRestart}", request);

    private Task<JsonObject> AddAsync(string upload, byte[] bytes, int part = 1) =>
        _test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/add/{part}?partMD5Hex={TestClient.Md5(bytes)}");

    private async Task SendPartAsync(string upload, int part, byte[] bytes)
    {
        await _test.Owner.PutPartAsync(await _test.Owner.PartUrlAsync(upload, part), bytes);
        Assert.That((string)(await AddAsync(upload, bytes, part))["addPartState"]!, Is.EqualTo("ADD_SUCCESS"));
    }
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class StorageLocationTests
{
    private const string Project = "org.sagebionetworks.repo.model.project.";
    private const string File = "org.sagebionetworks.repo.model.file.";

    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync() => _test = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_location_is_made_once_and_shown_to_its_creator_only()
    {
        var body = Setting("S3StorageLocationSetting", ("description", "mine"), ("banner", "hello"));

        var made = await _test.Owner.SendAsync("POST", "/repo/v1/storageLocation", body);
        var again = await _test.Owner.DoAsync("POST", "/repo/v1/storageLocation", body);
        var id = (long)made.Json["storageLocationId"]!;
        var got = await _test.Owner.DoAsync("GET", $"/repo/v1/storageLocation/{id}");
        var list = await _test.Owner.DoAsync("GET", "/repo/v1/storageLocation");
        var others = await _test.Reader.SendAsync("GET", $"/repo/v1/storageLocation/{id}");
        var unknown = await _test.Owner.SendAsync("GET", "/repo/v1/storageLocation/999");

        Assert.Multiple(() =>
        {
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)made.Json["uploadType"], Is.EqualTo("S3"));
            Assert.That((string?)made.Json["etag"], Is.Not.Empty);
            Assert.That((long)made.Json["createdBy"]!, Is.EqualTo(_test.Server.FirstUser.PrincipalId));
            Assert.That((long)again["storageLocationId"]!, Is.EqualTo(id));
            Assert.That((string?)got["banner"], Is.EqualTo("hello"));
            Assert.That(list["list"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(others.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(others.Reason, Is.EqualTo("Only the creator can access storage location settings"));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [TestCase("S3StorageLocationSetting", "baseKey", "x", "Cannot specify baseKey when creating an S3StorageLocationSetting")]
    [TestCase("ExternalStorageLocationSetting", "url", "no url", "The External URL is not a valid url: no url")]
    [TestCase("ExternalObjectStorageLocationSetting", "bucket", "../x", "Invalid bucket name.")]
    [TestCase("ProxyStorageLocationSettings", "secretKey", "short", "The proxyUrl is required.")]
    [TestCase("ExternalS3StorageLocationSetting", "bucket", "none-such", "Did not find S3 bucket none-such. For security purposes")]
    [TestCase("Nonsense", "bucket", "x", "Unknown storage location type")]
    [TestCase("ExternalStorageLocationSetting", "uploadType", "CARRIER", "Unknown uploadType: CARRIER")]
    public async Task A_wrong_location_is_refused(string type, string field, string value, string reason)
    {
        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/storageLocation", Setting(type, (field, value)));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task A_bucket_belongs_to_whoever_its_owner_file_names()
    {
        MakeBucket("lab-bucket", "base/owner.txt", "someone, else");
        var body = Setting("ExternalS3StorageLocationSetting", ("bucket", "lab-bucket"), ("baseKey", "/base/"));

        var refused = await _test.Owner.SendAsync("POST", "/repo/v1/storageLocation", body);
        MakeBucket("lab-bucket", "base/owner.txt", $"someone\n{_test.Server.FirstUser.UserName}");
        var made = await _test.Owner.DoAsync("POST", "/repo/v1/storageLocation", body);

        Assert.Multiple(() =>
        {
            Assert.That(
                refused.Reason, Does.StartWith("Could not find a valid user identifier under key base/owner.txt from bucket lab-bucket"));
            Assert.That((string?)made["baseKey"], Is.EqualTo("base"));
            Assert.That((string?)made["uploadType"], Is.EqualTo("S3"));
        });
    }

    [Test]
    public async Task An_upload_goes_into_the_bucket_of_its_location()
    {
        MakeBucket("lab-bucket", "owner.txt", _test.Server.FirstUser.UserName);
        var location = await LocationAsync(
            Setting("ExternalGoogleCloudStorageLocationSetting", ("bucket", "lab-bucket"), ("baseKey", null)));
        var request = TestClient.UploadRequest("a.txt", "hello"u8.ToArray());
        request["storageLocationId"] = location;

        var upload = (string)(await _test.Owner.DoAsync("POST", "/file/v1/file/multipart", request))["uploadId"]!;
        await _test.Owner.PutPartAsync(await _test.Owner.PartUrlAsync(upload, 1), "hello"u8.ToArray());
        await _test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/add/1?partMD5Hex={TestClient.Md5("hello"u8.ToArray())}");
        var done = await _test.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/complete");
        var handle = await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{done["resultFileHandleId"]}");
        var url = (await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{handle["id"]}/url?redirect=false")).Text;
        var content = await _test.Nobody.GetRangeAsync(url, range: null);

        Assert.Multiple(() =>
        {
            Assert.That((string?)handle["concreteType"], Is.EqualTo(File + "GoogleCloudFileHandle"));
            Assert.That((string?)handle["bucketName"], Is.EqualTo("lab-bucket"));
            Assert.That((long)handle["storageLocationId"]!, Is.EqualTo(location));
            Assert.That(content.Text, Is.EqualTo("hello"));
        });
    }

    [Test]
    public async Task Each_kind_of_location_has_its_own_upload_destination()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync("P 1"))["id"]!;
        var folder = (string)(await _test.Owner.CreateFolderAsync("a b", project))["id"]!;
        var sftp = await LocationAsync(Setting(
            "ExternalStorageLocationSetting", ("url", "sftp://host.example/root"), ("uploadType", "SFTP"), ("supportsSubfolders", true)));
        var store = await LocationAsync(Setting(
            "ExternalObjectStorageLocationSetting", ("endpointUrl", "https://s3.example.org/"), ("bucket", "b"), ("uploadType", "S3")));
        var proxy = await LocationAsync(Setting(
            "ProxyStorageLocationSettings", ("proxyUrl", "https://proxy.example.org"), ("secretKey", new string('x', 36)),
            ("uploadType", "SFTP")));

        var toSftp = await DestinationAsync(folder, sftp);
        var toStore = await DestinationAsync(folder, store);
        var toStoreAgain = await DestinationAsync(folder, store);
        var toProxy = await _test.Owner.SendAsync("GET", $"/file/v1/entity/{folder}/uploadDestination/{proxy}");
        var unknown = await _test.Owner.SendAsync("GET", $"/file/v1/entity/{folder}/uploadDestination/999");
        var usual = await _test.Owner.DoAsync("GET", "/file/v1/entity/syn404404/uploadDestination");

        Assert.Multiple(() =>
        {
            Assert.That((string?)toSftp["concreteType"], Is.EqualTo(File + "ExternalUploadDestination"));
            Assert.That((string?)toSftp["url"], Does.Match("^sftp://host.example/root/P%201/a%20b/[0-9a-f-]{36}$"));
            Assert.That((string?)toStore["endpointUrl"], Is.EqualTo("https://s3.example.org"));
            Assert.That((string?)toStore["keyPrefixUUID"], Is.Not.EqualTo((string?)toStoreAgain["keyPrefixUUID"]));
            Assert.That(toProxy.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((long)usual["storageLocationId"]!, Is.EqualTo(1));
        });
    }

    private Task<JsonObject> DestinationAsync(string folder, long location) =>
        _test.Owner.DoAsync("GET", $"/file/v1/entity/{folder}/uploadDestination/{location}");

    private async Task<long> LocationAsync(JsonObject body) =>
        (long)(await _test.Owner.DoAsync("POST", "/repo/v1/storageLocation", body))["storageLocationId"]!;

    private static JsonObject Setting(string type, params (string Name, JsonNode? Value)[] fields)
    {
        var body = new JsonObject { ["concreteType"] = Project + type };
        foreach (var (name, value) in fields)
        {
            body[name] = value;
        }

        return body;
    }

    private void MakeBucket(string bucket, string key, string text)
    {
        var path = Path.Combine(_test.DataDirectory, "buckets", bucket, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
    }
}

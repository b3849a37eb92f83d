using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class FileHandleTests
{
    private const string File = "org.sagebionetworks.repo.model.file.";
    private const string Md5 = "5d41402abc4b2a76b9719d911017c592";
    private static readonly byte[] Bytes = "hello"u8.ToArray();

    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync() => _test = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_handle_is_its_makers_and_names_all_that_clients_read()
    {
        var id = await _test.Owner.UploadAsync("a.txt", Bytes);

        var handle = await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{id}");
        var foreign = await _test.Reader.SendAsync("GET", $"/file/v1/fileHandle/{id}");
        var foreignUrl = await _test.Reader.SendAsync("GET", $"/file/v1/fileHandle/{id}/url");
        var unknown = await _test.Owner.SendAsync("GET", "/file/v1/fileHandle/9");
        var redirect = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{id}/url");

        Assert.Multiple(() =>
        {
            Assert.That((string?)handle["concreteType"], Is.EqualTo(File + "S3FileHandle"));
            Assert.That((string?)handle["contentMd5"], Is.EqualTo(Md5));
            Assert.That((long)handle["contentSize"]!, Is.EqualTo(5));
            Assert.That((string?)handle["status"], Is.EqualTo("AVAILABLE"));
            Assert.That((string?)handle["createdOn"], Does.EndWith(".000Z"));
            Assert.That((string?)handle["key"], Does.StartWith($"{_test.Server.FirstUser.PrincipalId}/").And.EndWith("/a.txt"));
            Assert.That(foreign.Reason, Is.EqualTo(
                $"Only the creator of a FileHandle can access it directly by its ID.  FileHandleId = '{id}', "
                + $"UserId = '{_test.Server.Accounts[0].PrincipalId}'"));
            Assert.That(foreignUrl.Reason, Is.EqualTo("Only the user that created the FileHandle can get the URL of the file."));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(redirect.Status, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
            Assert.That(redirect.Headers["Location"], Does.Contain("X-Amz-Signature="));
        });
    }

    [Test]
    public async Task A_batch_answers_in_order_with_failure_codes()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var file = await _test.Owner.CreateFileAsync("a.txt", project, Bytes);
        var other = await _test.Owner.UploadAsync("b.txt", Bytes);
        await _test.Owner.ShareAsync(project, _test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD");
        var used = (string)file["dataFileHandleId"]!;
        var id = (string)file["id"]!;

        var answer = await _test.Reader.SendAsync(
            "POST", "/file/v1/fileHandle/batch", Batch(true, Association(other, id), Association("7", id), Association(used, id)));
        var list = answer.Json["requestedFiles"]!.AsArray();
        var nothing = await _test.Reader.SendAsync("POST", "/file/v1/fileHandle/batch", Batch(false, Association(used, id)));
        var empty = await _test.Reader.SendAsync("POST", "/file/v1/fileHandle/batch", Batch(true));
        var many = await _test.Reader.SendAsync(
            "POST", "/file/v1/fileHandle/batch", Batch(true, [.. Enumerable.Range(0, 101).Select(_ => Association(used, id))]));
        var gap = await _test.Reader.SendAsync(
            "POST", "/file/v1/fileHandle/batch", Batch(true, new JsonObject { ["fileHandleId"] = used, ["associateObjectId"] = id }));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(list.Select(one => (string?)one!["fileHandleId"]), Is.EqualTo(new[] { other, "7", used }));
            Assert.That(list.Select(one => (string?)one!["failureCode"]), Is.EqualTo(new[] { "UNAUTHORIZED", "NOT_FOUND", null }));
            Assert.That((string?)list[2]!["preSignedURL"], Does.StartWith("http"));
            Assert.That(nothing.Reason, Does.StartWith("Must include either FileHandles or pre-signed URLs"));
            Assert.That(empty.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(many.Reason, Is.EqualTo("Request exceeds the maximum number of objects per request: 100"));
            Assert.That(gap.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task A_url_becomes_a_handle_and_is_its_own_download_url()
    {
        var handle = await _test.Owner.SendAsync("POST", "/file/v1/externalFileHandle", new JsonObject
        {
            ["concreteType"] = File + "ExternalFileHandle",
            ["externalURL"] = "sftp://host.example/a.txt",
            ["contentMd5"] = null,
            ["id"] = "1",
            ["bucketName"] = "ignored",
        });
        var url = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{handle.Json["id"]}/url?redirect=false");

        Assert.Multiple(() =>
        {
            Assert.That(handle.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string?)handle.Json["fileName"], Is.EqualTo("NOT_SET"));
            Assert.That((string?)handle.Json["contentType"], Is.EqualTo("NOT_SET"));
            Assert.That(handle.Json["bucketName"], Is.Null);
            Assert.That(url.Text, Is.EqualTo("sftp://host.example/a.txt"));
        });
    }

    [TestCase("/externalFileHandle", """{"concreteType":"ExternalFileHandle","externalURL":"/etc/passwd"}""", "The External URL is not a valid url: /etc/passwd")]
    [TestCase("/externalFileHandle", """{"concreteType":"ExternalFileHandle"}""", "ExternalURL cannot be null")]
    [TestCase("/externalFileHandle", """{"concreteType":"S3FileHandle"}""", "Unexpected type of ExternalFileHandleInterface")]
    [TestCase("/externalFileHandle", """{"concreteType":"ExternalObjectStoreFileHandle"}""", "ExternalObjectStoreFileHandle.storageLocationId is required.")]
    [TestCase("/externalFileHandle", """{"concreteType":"ExternalObjectStoreFileHandle","storageLocationId":1,"contentSize":1,"contentMd5":"xyz","fileKey":"k"}""", "The content MD5 digest must be")]
    [TestCase("/externalFileHandle", """{"concreteType":"ExternalObjectStoreFileHandle","storageLocationId":1,"contentSize":1,"contentMd5":"5d41402abc4b2a76b9719d911017c592","fileKey":"k"}""", "StorageLocationSetting.id=1 was type:")]
    [TestCase("/externalFileHandle/proxy", """{"contentMd5":"5d41402abc4b2a76b9719d911017c592"}""", "ProxyFileHandle.contentSize is required.")]
    [TestCase("/externalFileHandle/s3", """{"bucketName":"b"}""", "FileHandle.storageLocationId is required.")]
    [TestCase("/externalFileHandle/googleCloud", """{"storageLocationId":1,"bucketName":"b","key":"k","contentMd5":"5d41402abc4b2a76b9719d911017c592"}""", "StorageLocationSetting.id=1 was not of the expected type")]
    public async Task A_wrong_external_handle_is_refused(string path, string json, string reason)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        if (body["concreteType"] is { } type)
        {
            body["concreteType"] = File + (string)type!;
        }

        var answer = await _test.Owner.SendAsync("POST", "/file/v1" + path, body);
        var anonymous = await _test.Nobody.SendAsync("POST", "/file/v1" + path, body);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.StartWith(reason));
            Assert.That(anonymous.Reason, Is.EqualTo("Anonymous cannot upload files."));
        });
    }

    [Test]
    public async Task An_object_in_a_bucket_is_registered_by_the_buckets_owner()
    {
        MakeFile("lab-bucket/owner.txt", _test.Server.FirstUser.UserName);
        MakeFile("lab-bucket/data/a.txt", "hello");
        MakeFile("secret.txt", "outside");
        var location = await LocationAsync("ExternalS3StorageLocationSetting", ("bucket", "lab-bucket"));

        var handle = await _test.Owner.DoAsync("POST", "/file/v1/externalFileHandle/s3", InBucket(location, "lab-bucket", "data/a.txt"));
        var url = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{handle["id"]}/url?redirect=false");
        var content = await _test.Nobody.GetRangeAsync(url.Text, "bytes=1-3");
        var absent = await _test.Owner.SendAsync("POST", "/file/v1/externalFileHandle/s3", InBucket(location, "lab-bucket", "data/b.txt"));
        var outside = await _test.Owner.SendAsync(
            "POST", "/file/v1/externalFileHandle/s3", InBucket(location, "lab-bucket", "../secret.txt"));
        var bucket = await _test.Owner.SendAsync("POST", "/file/v1/externalFileHandle/s3", InBucket(location, "other", "data/a.txt"));
        var foreign = await _test.Reader.SendAsync(
            "POST", "/file/v1/externalFileHandle/s3", InBucket(location, "lab-bucket", "data/a.txt"));

        Assert.Multiple(() =>
        {
            Assert.That((long)handle["contentSize"]!, Is.EqualTo(5));
            Assert.That(content.Text, Is.EqualTo("ell"));
            Assert.That(absent.Reason, Is.EqualTo("Unable to access the file at bucket: lab-bucket key: data/b.txt."));
            Assert.That(outside.Reason, Does.StartWith("Unable to access the file"));
            Assert.That(bucket.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Handles_of_stores_and_proxies_point_there()
    {
        var store = await LocationAsync("ExternalObjectStorageLocationSetting", ("bucket", "b"), ("endpointUrl", "https://s3.example.org"));
        var proxy = await LocationAsync(
            "ProxyStorageLocationSettings", ("proxyUrl", "https://proxy.example.org"), ("secretKey", new string('s', 40)),
            ("uploadType", "SFTP"));
        var body = InBucket(store, "b", "k");
        body["concreteType"] = File + "ExternalObjectStoreFileHandle";
        body["contentSize"] = 5;
        body["fileKey"] = "dir/a.txt";

        var stored = await _test.Owner.DoAsync("POST", "/file/v1/externalFileHandle", body);
        body["storageLocationId"] = proxy;
        body["filePath"] = "/dir/a b.txt";
        var proxied = await _test.Owner.DoAsync("POST", "/file/v1/externalFileHandle/proxy", body);
        var foreign = await _test.Reader.SendAsync("POST", "/file/v1/externalFileHandle/proxy", body);
        var storeUrl = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{stored["id"]}/url?redirect=false");
        var proxyUrl = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{proxied["id"]}/url?redirect=false");

        Assert.Multiple(() =>
        {
            Assert.That(storeUrl.Text, Is.EqualTo("https://s3.example.org/b/dir/a.txt"));
            Assert.That(proxyUrl.Text, Does.Match(
                "^https://proxy.example.org/sftp/dir/a%20b.txt\\?fileName=a.txt&.*expiration=[0-9]+&hmacSignature=[0-9a-f]{40}$"));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Copies_keep_bytes_and_refuse_what_may_not_be_had()
    {
        var id = await _test.Owner.UploadAsync("a.txt", Bytes);
        var copy = await _test.Owner.SendAsync("POST", $"/file/v1/fileHandle/{id}/copy?fileName=b.txt");
        var nameless = await _test.Owner.SendAsync("POST", $"/file/v1/fileHandle/{id}/copy");
        var foreign = await _test.Reader.SendAsync("POST", $"/file/v1/fileHandle/{id}/copy?fileName=b.txt");
        var twice = await CopyAsync(_test.Owner, Association(id, "syn1"), Association(id, "syn2"));
        var refused = await CopyAsync(_test.Reader, Association(id, "syn1"));
        var anonymous = await CopyAsync(_test.Nobody, Association(id, "syn1"));

        await _test.Owner.DoAsync("DELETE", $"/file/v1/fileHandle/{id}");
        var url = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{copy.Json["id"]}/url?redirect=false");
        var content = await _test.Nobody.GetRangeAsync(url.Text, range: null);

        Assert.Multiple(() =>
        {
            Assert.That(copy.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)copy.Json["fileName"], Is.EqualTo("b.txt"));
            Assert.That(nameless.Reason, Is.EqualTo("Either the fileName or the contentType needs to be set"));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(twice.Reason, Is.EqualTo("Request contains duplicated FileHandleId."));
            Assert.That((string?)refused.Json["copyResults"]![0]!["failureCode"], Is.EqualTo("UNAUTHORIZED"));
            Assert.That(anonymous.Reason, Is.EqualTo("Anonymous cannot copy files."));
            Assert.That(content.Bytes, Is.EqualTo(Bytes));
        });
    }

    [Test]
    public async Task Handles_are_kept_while_something_uses_them()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var attachment = await _test.Owner.UploadAsync("a.png", Bytes);
        await _test.Owner.DoAsync("POST", $"/repo/v1/entity/{project}/wiki", new JsonObject
        {
            ["markdown"] = "text",
            ["attachmentFileHandleIds"] = new JsonArray(attachment),
        });
        var free = await _test.Owner.UploadAsync("b.png", Bytes);

        var used = await _test.Owner.SendAsync("DELETE", $"/file/v1/fileHandle/{attachment}");
        var foreign = await _test.Reader.SendAsync("DELETE", $"/file/v1/fileHandle/{free}");
        var gone = await _test.Owner.SendAsync("DELETE", $"/file/v1/fileHandle/{free}");
        var again = await _test.Owner.SendAsync("DELETE", $"/file/v1/fileHandle/{free}");

        Assert.Multiple(() =>
        {
            Assert.That(used.Reason, Is.EqualTo(
                $"Cannot delete a file handle that has been assigned to an owner object. FileHandle id: {attachment}"));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task An_entitys_file_is_reached_by_redirects_of_both_services()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var file = await _test.Owner.CreateFileAsync("a.txt", project, Bytes);
        var (id, handle) = ((string)file["id"]!, (string)file["dataFileHandleId"]!);
        await _test.Owner.ShareAsync(project, _test.Server.Accounts[0].PrincipalId, "READ");

        var current = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{id}/file");
        var version = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{id}/version/1/file?redirect=false");
        var content = await _test.Nobody.GetRangeAsync(version.Text, range: null);
        var byHandle = await _test.Owner.SendAsync("GET", $"/file/v1/file/{handle}?fileAssociateType=FileEntity&fileAssociateId={id}");
        var list = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{id}/version/1/filehandles");
        var current2 = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{id}/filehandles");
        var preview = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{id}/filepreview");
        var oldPreview = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{id}/version/1/filepreview");
        var refused = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{id}/file");
        var refusedHandle = await _test.Reader.SendAsync(
            "GET", $"/file/v1/file/{handle}?fileAssociateType=FileEntity&fileAssociateId={id}");
        var none = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{project}/file");

        Assert.Multiple(() =>
        {
            Assert.That(current.Status, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
            Assert.That(content.Bytes, Is.EqualTo(Bytes));
            Assert.That(byHandle.Status, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
            Assert.That(list["list"]!.AsArray().Select(one => (string?)one!["id"]), Is.EqualTo(new[] { handle }));
            Assert.That(current2["list"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(preview.Reason, Is.EqualTo($"A preview does not exist for file {handle}"));
            Assert.That(oldPreview.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(refused.Reason, Is.EqualTo("You lack DOWNLOAD access to the requested entity."));
            Assert.That(refusedHandle.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(none.Reason, Is.EqualTo($"Object {project} does not have a file handle associated with it."));
        });
    }

    private static Task<Answer> CopyAsync(TestClient client, params JsonObject[] files) => client.SendAsync(
        "POST", "/file/v1/filehandles/copy",
        new JsonObject
        {
            ["copyRequests"] = new JsonArray(
            [.. files.Select(file => (JsonNode)new JsonObject { ["originalFile"] = file })])
        });

    private static JsonObject Batch(bool withUrls, params JsonObject[] files) => new()
    {
        ["requestedFiles"] = new JsonArray([.. files]),
        ["includePreSignedURLs"] = withUrls,
    };

    private static JsonObject Association(string handle, string entity) => new()
    {
        ["fileHandleId"] = handle,
        ["associateObjectId"] = entity,
        ["associateObjectType"] = "FileEntity",
    };

    private static JsonObject InBucket(long location, string bucket, string key) => new()
    {
        ["concreteType"] = File + "S3FileHandle",
        ["storageLocationId"] = location,
        ["bucketName"] = bucket,
        ["key"] = key,
        ["contentMd5"] = Md5,
        ["fileName"] = "a.txt",
        ["contentType"] = "text/plain",
        ["contentSize"] = key == "k" ? 5 : null,
    };

    private async Task<long> LocationAsync(string type, params (string Name, string Value)[] fields)
    {
        var body = new JsonObject { ["concreteType"] = "org.sagebionetworks.repo.model.project." + type };
        foreach (var (name, value) in fields)
        {
            body[name] = value;
        }

        return (long)(await _test.Owner.DoAsync("POST", "/repo/v1/storageLocation", body))["storageLocationId"]!;
    }

    private void MakeFile(string path, string text)
    {
        var full = Path.Combine(_test.DataDirectory, "buckets", path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
    }
}

using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class FileJobTests
{
    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync() => _test = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Many_files_come_in_one_zip_laid_out_as_the_clients_cache()
    {
        var first = await _test.Owner.UploadAsync("a.txt", "first"u8.ToArray());
        var second = await _test.Owner.UploadAsync("b.txt", "second"u8.ToArray());

        var result = await RunAsync(_test.Owner, new JsonObject { ["zipFileName"] = "many.zip" }, first, second, first, "7");
        var summary = result["fileSummary"]!.AsArray();
        var handle = await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{result["resultZipFileHandleId"]}");
        var zip = await UnzipAsync(_test.Owner, result);

        Assert.Multiple(() =>
        {
            Assert.That((string?)result["userId"], Is.EqualTo($"{_test.Server.FirstUser.PrincipalId}"));
            Assert.That((string?)handle["fileName"], Is.EqualTo("many.zip"));
            Assert.That((string?)handle["contentType"], Is.EqualTo("application/zip"));
            Assert.That(summary.Select(one => (string?)one!["status"]), Is.EqualTo(new[] { "SUCCESS", "SUCCESS", "FAILURE", "FAILURE" }));
            Assert.That(summary.Select(one => (string?)one!["failureCode"]), Is.EqualTo(new[] { null, null, "DUPLICATE", "NOT_FOUND" }));
            Assert.That((string?)summary[0]!["zipEntryName"], Is.EqualTo($"{long.Parse(first) % 1000}/{first}/a.txt"));
            Assert.That(zip[(string)summary[1]!["zipEntryName"]!], Is.EqualTo("second"));
        });
    }

    [Test]
    public async Task A_flat_zip_numbers_equal_names_and_leads_nowhere_else()
    {
        var first = await _test.Owner.UploadAsync("a.txt", "1"u8.ToArray());
        var second = await _test.Owner.UploadAsync("a.txt", "2"u8.ToArray());
        var hostile = (string)(await _test.Owner.DoAsync("POST", "/file/v1/filehandles/copy", new JsonObject
        {
            ["copyRequests"] = new JsonArray(new JsonObject { ["originalFile"] = Association(first), ["newFileName"] = "../../up.txt" }),
        }))["copyResults"]![0]!["newFileHandle"]!["id"]!;

        var zip = await UnzipAsync(_test.Owner, await RunAsync(
            _test.Owner, new JsonObject { ["zipFileFormat"] = "Flat" }, first, second, hostile));

        Assert.That(zip.Keys, Is.EqualTo(new[] { "a.txt", "a(1).txt", ".._.._up.txt" }));
    }

    [Test]
    public async Task What_cannot_be_packed_is_told_and_an_empty_zip_is_not_kept()
    {
        var others = await _test.Owner.UploadAsync("a.txt", "a"u8.ToArray());
        var url = (string)(await _test.Reader.DoAsync("POST", "/file/v1/externalFileHandle", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.file.ExternalFileHandle",
            ["externalURL"] = "https://example.org/a",
        }))["id"]!;
        var huge = await HugeAsync();

        var result = await RunAsync(_test.Reader, [], others, url, huge);

        Assert.Multiple(() =>
        {
            Assert.That(result["resultZipFileHandleId"], Is.Null);
            Assert.That(result["fileSummary"]!.AsArray().Select(one => (string?)one!["failureCode"]), Is.EqualTo(
                new[] { "UNAUTHORIZED", "UNKNOWN_ERROR", "EXCEEDS_SIZE_LIMIT" }));
            Assert.That((string?)result["fileSummary"]![1]!["failureMessage"], Is.EqualTo("Only S3FileHandles can be downloaded."));
            Assert.That(Directory.EnumerateFiles(Path.Combine(_test.DataDirectory, "uploads")), Is.Empty);
        });
    }

    [Test]
    public async Task Restoring_finds_nothing_to_do()
    {
        var own = await _test.Owner.UploadAsync("a.txt", "a"u8.ToArray());
        var others = await _test.Reader.UploadAsync("a.txt", "a"u8.ToArray());
        var body = new JsonObject { ["fileHandleIds"] = new JsonArray(own, others, "7", "x") };

        var token = (string)(await _test.Owner.DoAsync("POST", "/file/v1/fileHandle/restore/async/start", body))["token"]!;
        var done = await Eventually.GetAsync(() => FinishedAsync(_test.Owner, "/fileHandle/restore", token));
        var many = new JsonObject { ["fileHandleIds"] = new JsonArray([.. Enumerable.Range(1, 1001).Select(id => (JsonNode)$"{id}")]) };
        var tooMany = (string)(await _test.Owner.DoAsync("POST", "/file/v1/fileHandle/restore/async/start", many))["token"]!;
        var refused = await Eventually.GetAsync(() => FinishedAsync(_test.Owner, "/fileHandle/restore", tooMany));

        Assert.Multiple(() =>
        {
            Assert.That(done.Json["restoreResults"]!.AsArray().Select(one => (string?)one!["status"]), Is.EqualTo(
                new[] { "NO_ACTION", "UNAUTHORIZED", "NOT_FOUND", "NOT_FOUND" }));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    private static JsonObject Association(string handle) => new()
    {
        ["fileHandleId"] = handle,
        ["associateObjectId"] = "syn1",
        ["associateObjectType"] = "FileEntity",
    };

    // A size is believed of an object in somebody's bucket.
    private async Task<string> HugeAsync()
    {
        var bucket = Path.Combine(_test.DataDirectory, "buckets", "big");
        Directory.CreateDirectory(bucket);
        await File.WriteAllTextAsync(Path.Combine(bucket, "owner.txt"), "reader");
        var location = await _test.Reader.DoAsync("POST", "/repo/v1/storageLocation", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.project.ExternalS3StorageLocationSetting",
            ["bucket"] = "big",
        });
        return (string)(await _test.Reader.DoAsync("POST", "/file/v1/externalFileHandle/s3", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.file.S3FileHandle",
            ["storageLocationId"] = (long)location["storageLocationId"]!,
            ["bucketName"] = "big",
            ["key"] = "owner.txt",
            ["contentMd5"] = new string('a', 32),
            ["contentSize"] = 2L << 30,
        }))["id"]!;
    }

    private static async Task<JsonObject> RunAsync(TestClient client, JsonObject request, params string[] handles)
    {
        request["requestedFiles"] = new JsonArray([.. handles.Select(handle => (JsonNode)Association(handle))]);
        var token = (string)(await client.DoAsync("POST", "/file/v1/file/bulk/async/start", request))["token"]!;
        return (await Eventually.GetAsync(() => FinishedAsync(client, "/file/bulk", token))).Json;
    }

    private static async Task<Answer?> FinishedAsync(TestClient client, string path, string token) =>
        await client.SendAsync("GET", $"/file/v1{path}/async/get/{token}") is { Status: not HttpStatusCode.Accepted } answer
            ? answer
            : null;

    private static async Task<Dictionary<string, string>> UnzipAsync(TestClient client, JsonObject result)
    {
        var url = await client.SendAsync("GET", $"/file/v1/fileHandle/{result["resultZipFileHandleId"]}/url?redirect=false");
        var bytes = (await client.GetRangeAsync(url.Text, range: null)).Bytes;
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }
}

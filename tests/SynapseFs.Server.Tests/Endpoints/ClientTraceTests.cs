using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>The public client's call sequences, replayed by hand with its nulls, its numbers and its read-only fields.</summary>
public sealed class ClientTraceTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("trace");

    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync() => _test = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [TestCase("/repo/v1")]
    [TestCase("/auth/v1")]
    [TestCase("/file/v1")]
    public async Task The_probe_of_an_endpoint_is_answered_and_never_moved(string path) =>
        Assert.That((await _test.Nobody.SendAsync("GET", path)).Status, Is.EqualTo(HttpStatusCode.NotFound));

    [Test]
    public async Task Logging_in_asks_for_the_profile_with_and_without_a_slash()
    {
        var plain = await _test.Owner.DoAsync("GET", "/repo/v1/userProfile");
        var slashed = await _test.Owner.DoAsync("GET", "/repo/v1/userProfile/");

        Assert.Multiple(() =>
        {
            Assert.That((string)plain["userName"]!, Is.EqualTo("demo"));
            Assert.That((string)plain["ownerId"]!, Is.EqualTo((string)slashed["ownerId"]!));
        });
    }

    [Test]
    public async Task Storing_a_file_by_name_creates_it_and_storing_again_makes_a_version()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var lookup = new JsonObject { ["parentId"] = project, ["entityName"] = "a.txt" };
        var absent = await _test.Owner.SendAsync("POST", "/repo/v1/entity/child", lookup);
        var destination = await _test.Owner.DoAsync("GET", $"/file/v1/entity/{project}/uploadDestination");
        var handle = long.Parse(await _test.Owner.UploadAsync("a.txt", Content), System.Globalization.CultureInfo.InvariantCulture);
        var file = await _test.Owner.CreateAsync(
            "FileEntity", "a.txt", project, new JsonObject { ["dataFileHandleId"] = handle, ["versionComment"] = null });
        var annotated = await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{file["id"]}/annotations2", new JsonObject
        {
            ["id"] = (string)file["id"]!,
            ["etag"] = (string)file["etag"]!,
            ["annotations"] = new JsonObject { ["n"] = new JsonObject { ["type"] = "LONG", ["value"] = new JsonArray(7) } },
        });

        var bundle = await BundleAsync((string)file["id"]!);
        var entity = bundle["entity"]!.AsObject().DeepClone().AsObject();
        entity["uri"] = "/ignored";
        entity["versionLabel"] = "2";
        entity["dataFileHandleId"] = await _test.Owner.UploadAsync("a.txt", Encoding.ASCII.GetBytes("other"));
        var stored = await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{file["id"]}?newVersion=true", entity);

        Assert.Multiple(() =>
        {
            Assert.That(absent.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((string)destination["concreteType"]!, Is.EqualTo("org.sagebionetworks.repo.model.file.S3UploadDestination"));
            Assert.That((string)annotated["annotations"]!["n"]!["value"]![0]!, Is.EqualTo("7"));
            Assert.That((string)bundle["fileHandles"]![0]!["id"]!, Is.EqualTo((string)file["dataFileHandleId"]!));
            Assert.That((bool)bundle["restrictionInformation"]!["hasUnmetAccessRequirement"]!, Is.False);
            Assert.That((string)bundle["entityType"]!, Is.EqualTo("file"));
            Assert.That((long)stored["versionNumber"]!, Is.EqualTo(2));
            Assert.That(stored.ContainsKey("uri"), Is.False);
        });
    }

    [Test]
    public async Task Getting_a_file_takes_a_bundle_a_batch_with_numbers_for_ids_and_the_url_with_the_token_along()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var file = await _test.Owner.CreateFileAsync("a.txt", project, Content);
        var batch = await _test.Owner.DoAsync("POST", "/file/v1/fileHandle/batch", new JsonObject
        {
            ["requestedFiles"] = new JsonArray(new JsonObject
            {
                ["fileHandleId"] = long.Parse((string)file["dataFileHandleId"]!, System.Globalization.CultureInfo.InvariantCulture),
                ["associateObjectId"] = (string)file["id"]!,
                ["associateObjectType"] = "FileEntity",
            }),
            ["includeFileHandles"] = true,
            ["includePreSignedURLs"] = true,
        });

        // The client sends its Authorization along when host and port are the repository's.
        var content = await _test.Owner.GetRangeAsync((string)batch["requestedFiles"]![0]!["preSignedURL"]!, "bytes=2-");
        var byMd5 = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/md5/{TestClient.Md5(Content)}");

        Assert.Multiple(() =>
        {
            Assert.That(content.Text, Is.EqualTo("ace"));
            Assert.That((string)byMd5["results"]![0]!["id"]!, Is.EqualTo((string)file["id"]!));
        });
    }

    [Test]
    public async Task A_batch_answers_in_order_with_failure_codes_and_refuses_nonsense()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var file = await _test.Owner.CreateFileAsync("a.txt", project, Content);
        var foreign = await _test.Reader.UploadAsync("b.txt", Content);

        var unknown = await _test.Owner.BatchAsync("1", (string)file["id"]!);
        var elsewhere = await _test.Owner.BatchAsync(foreign, (string)file["id"]!);
        var nothing = await _test.Owner.SendAsync(
            "POST", "/file/v1/fileHandle/batch", new JsonObject { ["requestedFiles"] = new JsonArray() });

        Assert.Multiple(() =>
        {
            Assert.That((string)unknown["failureCode"]!, Is.EqualTo("NOT_FOUND"));
            Assert.That((string)elsewhere["failureCode"]!, Is.EqualTo("UNAUTHORIZED"));
            Assert.That(nothing.Reason, Is.EqualTo("Must include either FileHandles or pre-signed URLs or preview pre-signed URLs"));
        });
    }

    [Test]
    public async Task An_external_address_is_a_file_whose_url_is_the_address()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var handle = await _test.Owner.DoAsync("POST", "/file/v1/externalFileHandle", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.file.ExternalFileHandle",
            ["fileName"] = "page.html",
            ["externalURL"] = "https://example.org/page.html",
            ["contentMd5"] = null,
            ["contentSize"] = null,
        });
        var file = await _test.Owner.CreateAsync(
            "FileEntity", "page", project, new JsonObject { ["dataFileHandleId"] = (string)handle["id"]! });

        Assert.That(await _test.Owner.DownloadUrlAsync(file), Is.EqualTo("https://example.org/page.html"));
    }

    [Test]
    public async Task Sharing_begins_with_the_parents_acl_and_the_parents_id_in_the_body()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var folder = (string)(await _test.Owner.CreateFolderAsync("f", project))["id"]!;
        var benefactor = (string)(await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{folder}/benefactor"))["id"]!;
        var acl = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{benefactor}/acl");

        var answer = await _test.Owner.SendAsync("POST", $"/repo/v1/entity/{folder}/acl", acl);

        Assert.Multiple(() =>
        {
            Assert.That(benefactor, Is.EqualTo(project));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)answer.Json["id"]!, Is.EqualTo(folder));
        });
    }

    [Test]
    public async Task A_session_token_header_still_works()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/repo/v1/userProfile");
        request.Headers.Add("sessionToken", _test.Server.FirstUser.Token);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/json"));

        using var response = await _test.Nobody.Http.SendAsync(request);

        Assert.That((string)(await Answer.OfAsync(response)).Json["userName"]!, Is.EqualTo("demo"));
    }

    private Task<JsonObject> BundleAsync(string id) => _test.Owner.DoAsync("POST", $"/repo/v1/entity/{id}/bundle2", new JsonObject
    {
        ["includeEntity"] = true,
        ["includeAnnotations"] = true,
        ["includeFileHandles"] = true,
        ["includeRestrictionInformation"] = true,
    });
}

using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>What clients of every age send to create, store, get, list, move, copy, share and delete.</summary>
public sealed class ClientFileTraceTests
{
    private const string Model = "org.sagebionetworks.repo.model.";
    private const string All =
        """{"includeEntity":true,"includeAnnotations":true,"includeFileHandles":true,"includeRestrictionInformation":true}""";

    private static readonly byte[] First = Encoding.ASCII.GetBytes("first");
    private static readonly byte[] Second = Encoding.ASCII.GetBytes("second");

    private TestServer _test = null!;
    private TraceClient _trace = null!;
    private string _project = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _trace = new TraceClient(_test.Owner);
        _project = (string)(await _trace.CallAsync(
            201, "POST /repo/v1/entity", """{"concreteType":"org.sagebionetworks.repo.model.Project","name":"P","parentId":null}"""))["id"]!;
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Creating_a_folder_writes_empty_annotations_and_reads_it_back_in_either_form()
    {
        var folder = await FolderAsync("f");
        var id = (string)folder["id"]!;
        var first = await _trace.CallAsync(
            200, $"PUT /repo/v1/entity/{id}/annotations", $$"""{"id":"{{id}}","etag":"{{folder["etag"]}}"}""");
        var second = await _trace.CallAsync(
            200, $"PUT /repo/v1/entity/{id}/annotations2", $$$"""{"id":"{{{id}}}","etag":"{{{first["etag"]}}}","annotations":{}}""");
        var old = await _trace.CallAsync(200, $"GET /repo/v1/entity/{id}/bundle?mask=264195");
        var now = await _trace.CallAsync(200, $"POST /repo/v1/entity/{id}/bundle2", All);

        Assert.Multiple(() =>
        {
            Assert.That(second["annotations"]!.AsObject(), Is.Empty);
            Assert.That((string)old["annotations"]!["id"]!, Is.EqualTo(id));
            Assert.That((bool)old["restrictionInformation"]!["hasUnmetAccessRequirement"]!, Is.False, "1.9 fails without it");
            Assert.That(now["fileHandles"]!.AsArray(), Is.Empty);
            Assert.That((string)now["entity"]!["concreteType"]!, Is.EqualTo(Model + "Folder"));
            Assert.That((string)now["entity"]!["etag"]!, Is.EqualTo((string)second["etag"]!));
            Assert.That((string)now["entity"]!["createdOn"]!, Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
            Assert.That(now["entity"]!.AsObject().ContainsKey("uri"), Is.False);
        });
    }

    [Test]
    public async Task A_name_that_is_taken_leads_to_the_entity_and_an_update()
    {
        var id = (string)(await FolderAsync("f"))["id"]!;
        var taken = await _trace.SendAsync(
            "POST /repo/v1/entity", $$"""{"concreteType":"{{Model}}Folder","name":"f","parentId":"{{_project}}"}""");
        var found = await _trace.CallAsync(200, "POST /repo/v1/entity/child", $$"""{"parentId":"{{_project}}","entityName":"f"}""");
        var root = await _trace.CallAsync(200, "POST /repo/v1/entity/child", """{"parentId":null,"entityName":"P"}""");
        var bundle = await _trace.CallAsync(
            200, $"POST /repo/v1/entity/{id}/bundle2", """{"includeEntity":true,"includeAnnotations":true}""");
        var updated = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{id}", bundle["entity"]!.ToJsonString());

        Assert.Multiple(() =>
        {
            Assert.That((int)taken.Status, Is.EqualTo(409));
            Assert.That(taken.Reason, Is.EqualTo($"An entity with the name: f already exists with a parentId: {_project}"));
            Assert.That((string)found["id"]!, Is.EqualTo(id));
            Assert.That((string)root["id"]!, Is.EqualTo(_project));
            Assert.That((string)updated["name"]!, Is.EqualTo("f"));
        });
    }

    [Test]
    public async Task A_file_is_stored_stored_anew_and_got_in_both_versions()
    {
        var file = await StoreAsync("a.txt", First);
        var id = (string)file["id"]!;
        var handle = await _trace.UploadAsync("a.txt", Second);
        var read = await _trace.CallAsync(200, $"GET /file/v1/fileHandle/{handle}");
        var stored = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{id}?newVersion=true", $$"""
            {"id":"{{id}}","name":"a.txt","parentId":"{{_project}}","concreteType":"{{Model}}FileEntity","etag":"{{file["etag"]}}",
            "createdOn":"{{file["createdOn"]}}","createdBy":"{{file["createdBy"]}}","modifiedOn":"{{file["modifiedOn"]}}",
            "modifiedBy":"{{file["modifiedBy"]}}","versionNumber":1,"versionLabel":"2","versionComment":null,"isLatestVersion":true,
            "dataFileHandleId":{{handle}},"uri":"/repo/v1/entity/{{id}}","annotations":"/repo/v1/entity/{{id}}/annotations"}
            """);
        var current = await _trace.CallAsync(200, $"POST /repo/v1/entity/{id}/bundle2", All);
        var old = await _trace.CallAsync(200, $"POST /repo/v1/entity/{id}/version/1/bundle2", All);
        var older = await _trace.CallAsync(200, $"GET /repo/v1/entity/{id}/version/1/bundle?mask=264195");
        var entry = await _trace.BatchAsync(handle, "FileEntity", id);
        var byMd5 = await _trace.CallAsync(200, $"GET /repo/v1/entity/md5/{TestClient.Md5(First)}");

        Assert.Multiple(async () =>
        {
            Assert.That((string)read["concreteType"]!, Is.EqualTo(Model + "file.S3FileHandle"));
            Assert.That((string)read["contentMd5"]!, Is.EqualTo(TestClient.Md5(Second)));
            Assert.That((long)stored["versionNumber"]!, Is.EqualTo(2));
            Assert.That((string)stored["versionLabel"]!, Is.EqualTo("2"));
            Assert.That(stored.ContainsKey("annotations"), Is.False);
            Assert.That((string)current["fileHandles"]![0]!["id"]!, Is.EqualTo(handle));
            Assert.That((string)old["fileHandles"]![0]!["id"]!, Is.EqualTo((string)file["dataFileHandleId"]!));
            Assert.That((string)older["entity"]!["dataFileHandleId"]!, Is.EqualTo((string)file["dataFileHandleId"]!));
            Assert.That((long)entry["fileHandle"]!["contentSize"]!, Is.EqualTo(Second.Length));
            Assert.That((string)entry["preSignedURL"]!, Does.Match("X-Amz-Date=[0-9]{8}T[0-9]{6}Z").And.Match("X-Amz-Expires=[0-9]+"));
            Assert.That(await _trace.DownloadAsync((string)file["dataFileHandleId"]!, "FileEntity", id), Is.EqualTo(First));
            Assert.That((long)byMd5["results"]![0]!["versionNumber"]!, Is.EqualTo(1), "the header is of the version with that content");
        });
    }

    [Test]
    public async Task A_client_of_2018_makes_a_version_by_a_path_of_its_own()
    {
        var file = await StoreAsync("a.txt", First);
        file["uri"] = $"/entity/{file["id"]}";
        file["versionNumber"] = 2;
        file["versionLabel"] = "2";
        file["dataFileHandleId"] = await _trace.UploadAsync("a.txt", Second);

        var stored = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{file["id"]}/version", file.ToJsonString());

        Assert.That((long)stored["versionNumber"]!, Is.EqualTo(2));
    }

    [Test]
    public async Task A_copy_into_another_storage_location_names_the_location_by_a_text()
    {
        var file = await StoreAsync("a.txt", First);
        var location = await _trace.CallAsync(201, "POST /repo/v1/storageLocation", $$"""
            {"concreteType":"{{Model}}project.S3StorageLocationSetting","uploadType":"S3","banner":null,"description":null,"stsEnabled":false,
            "baseKey":null}
            """);
        var status = await _trace.CallAsync(201, "POST /file/v1/file/multipart?forceRestart=false", $$"""
            {"concreteType":"{{Model}}file.MultipartUploadCopyRequest","fileName":null,"generatePreview":true,"partSizeBytes":"104857600",
            "sourceFileHandleAssociation":{"fileHandleId":"{{file["dataFileHandleId"]}}","associateObjectId":"{{file["id"]}}",
            "associateObjectType":"FileEntity"},"storageLocationId":"{{location["storageLocationId"]}}"}
            """);
        var words = await _trace.SendAsync("POST /file/v1/file/multipart", """{"fileName":"x","storageLocationId":"somewhere"}""");

        Assert.Multiple(() =>
        {
            Assert.That((string)status["state"]!, Is.EqualTo("UPLOADING"));
            Assert.That((string)status["partsState"]!, Is.EqualTo("0"));
            Assert.That((int)words.Status, Is.EqualTo(400));
        });
    }

    [Test]
    public async Task A_url_is_stored_without_an_upload_and_is_its_own_download()
    {
        var handle = await _trace.CallAsync(200, "POST /file/v1/externalFileHandle", $$"""
            {"concreteType":"{{Model}}file.ExternalFileHandle","fileName":"page.html","externalURL":"https://example.org/page.html",
            "contentType":"text/html","contentMd5":null,"contentSize":null,"storageLocationId":null}
            """);
        var file = await _trace.CallAsync(201, "POST /repo/v1/entity", $$"""
            {"concreteType":"{{Model}}FileEntity","name":"page","parentId":"{{_project}}","dataFileHandleId":{{handle["id"]}}}
            """);

        var entry = await _trace.BatchAsync((string)handle["id"]!, "FileEntity", (string)file["id"]!);

        Assert.That((string)entry["preSignedURL"]!, Is.EqualTo("https://example.org/page.html"));
    }

    [Test]
    public async Task A_listing_takes_types_that_nobody_knows_and_shows_what_the_long_form_prints()
    {
        await FolderAsync("f");
        await StoreAsync("a.txt", First);
        var page = await _trace.CallAsync(200, "POST /repo/v1/entity/children", $$"""
            {"parentId":"{{_project}}","includeTypes":["folder","file","table","link","entityview","dockerrepo","submissionview","dataset",
            "materializedview","virtualtable","recordset","datasetcollection","something"],
            "sortBy":"NAME","sortDirection":"ASC","nextPageToken":null}
            """);
        var projects = await _trace.CallAsync(200, "POST /repo/v1/entity/children", """
            {"parentId":null,"includeTypes":["folder","file"],"sortBy":"NAME","sortDirection":"ASC","nextPageToken":null}
            """);
        var file = page["page"]![0]!;

        Assert.Multiple(() =>
        {
            Assert.That(page["page"]!.AsArray().Select(child => (string)child!["name"]!), Is.EqualTo(new[] { "a.txt", "f" }));
            Assert.That((string)file["type"]!, Is.EqualTo(Model + "FileEntity"));
            Assert.That((long)file["versionNumber"]!, Is.EqualTo(1));
            Assert.That((string)file["versionLabel"]!, Is.EqualTo("1"));
            Assert.That((long)file["benefactorId"]!, Is.GreaterThan(0));
            Assert.That((string)file["modifiedBy"]!, Is.EqualTo((string)file["createdBy"]!));
            Assert.That((string)file["modifiedOn"]!, Does.Match(@"\.\d{3}Z$"));
            Assert.That(page["nextPageToken"], Is.Null);
            Assert.That((string)projects["page"]![0]!["id"]!, Is.EqualTo(_project));
        });
    }

    [Test]
    public async Task Moving_and_copying_go_through_bundles_permissions_and_the_targets_names()
    {
        var folder = (string)(await FolderAsync("f"))["id"]!;
        var file = await StoreAsync("a.txt", First);
        var id = (string)file["id"]!;
        file["parentId"] = folder;
        var moved = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{id}", file.ToJsonString());
        var permissions = await _trace.CallAsync(200, $"GET /repo/v1/entity/{id}/permissions");
        var requirements = await _trace.CallAsync(200, $"GET /repo/v1/entity/{id}/accessRequirement");
        await _trace.CallAsync(404, "POST /repo/v1/entity/child", $$"""{"parentId":"{{_project}}","entityName":"a.txt"}""");
        var bundle = await _trace.CallAsync(
            200, $"POST /repo/v1/entity/{id}/version/1/bundle2", """{"includeEntity":true,"includeFileHandles":true}""");
        var copies = await _trace.CallAsync(200, "POST /file/v1/filehandles/copy", $$"""
            {"copyRequests":[{"originalFile":{"fileHandleId":"{{file["dataFileHandleId"]}}","associateObjectId":"{{id}}",
            "associateObjectType":"FileEntity"},"newContentType":null,"newFileName":"b.txt"}]}
            """);
        var copied = (string)copies["copyResults"]![0]!["newFileHandle"]!["id"]!;
        var copy = await _trace.CallAsync(201, "POST /repo/v1/entity", $$"""
            {"concreteType":"{{Model}}FileEntity","name":"a.txt","parentId":"{{_project}}","dataFileHandleId":{{copied}},"versionComment":null}
            """);
        await _trace.CallAsync(404, $"GET /repo/v1/entity/{id}/wikiheadertree?offset=0&limit=50");

        Assert.Multiple(async () =>
        {
            Assert.That((string)moved["parentId"]!, Is.EqualTo(folder));
            Assert.That((bool)permissions["canDownload"]!, Is.True);
            Assert.That(requirements["results"]!.AsArray(), Is.Empty);
            Assert.That((string)bundle["fileHandles"]![0]!["fileName"]!, Is.EqualTo("a.txt"));
            Assert.That(await _trace.DownloadAsync(copied, "FileEntity", (string)copy["id"]!), Is.EqualTo(First));
        });
    }

    [Test]
    public async Task Deleting_answers_nothing_and_frees_the_name()
    {
        var file = await StoreAsync("a.txt", First);
        file["versionLabel"] = "2";
        file["dataFileHandleId"] = await _trace.UploadAsync("a.txt", Second);
        await _trace.CallAsync(200, $"PUT /repo/v1/entity/{file["id"]}?newVersion=true", file.ToJsonString());
        var version = await _trace.SendAsync($"DELETE /repo/v1/entity/{file["id"]}/version/1");
        var whole = await _trace.SendAsync($"DELETE /repo/v1/entity/{file["id"]}");
        var gone = await _trace.SendAsync($"POST /repo/v1/entity/{file["id"]}/bundle2", All);
        await StoreAsync("a.txt", First);

        Assert.Multiple(() =>
        {
            Assert.That((int)version.Status, Is.InRange(200, 204));
            Assert.That(whole.Text, Is.Empty);
            Assert.That((int)gone.Status, Is.EqualTo(404));
            Assert.That(gone.Reason, Is.EqualTo($"Entity {file["id"]} is in trash can."));
        });
    }

    [Test]
    public async Task Sharing_begins_with_a_copy_of_the_benefactors_acl_and_ends_by_deleting_it()
    {
        var id = (string)(await FolderAsync("f"))["id"]!;
        var benefactor = (string)(await _trace.CallAsync(200, $"GET /repo/v1/entity/{id}/benefactor"))["id"]!;
        var acl = await _trace.CallAsync(200, $"GET /repo/v1/entity/{benefactor}/acl");
        await _trace.CallAsync(404, $"GET /repo/v1/entity/{id}/acl");
        await _trace.CallAsync(200, "GET /repo/v1/user/273949/team?limit=50&offset=0");
        var owner = acl["resourceAccess"]![0]!.ToJsonString();
        var made = await _trace.CallAsync(201, $"POST /repo/v1/entity/{id}/acl", $$"""
            {"id":"{{acl["id"]}}","etag":"{{acl["etag"]}}","creationDate":"{{acl["creationDate"]}}","uri":"/entity/{{acl["id"]}}/acl",
            "resourceAccess":[{{owner}},{"principalId":273948,"accessType":["READ","DOWNLOAD"]}]}
            """);
        made["resourceAccess"]!.AsArray().Add(JsonNode.Parse("""{"principalId":273949,"accessType":["READ"]}"""));
        var changed = await _trace.CallAsync(200, $"PUT /repo/v1/entity/{id}/acl", made.ToJsonString());
        var ended = await _trace.SendAsync($"DELETE /repo/v1/entity/{id}/acl");
        await _trace.CallAsync(404, $"GET /repo/v1/entity/{id}/acl");

        Assert.Multiple(() =>
        {
            Assert.That(benefactor, Is.EqualTo(_project));
            Assert.That((string)made["id"]!, Is.EqualTo(id), "the path counts");
            Assert.That(changed["resourceAccess"]!.AsArray(), Has.Count.EqualTo(3));
            Assert.That((int)ended.Status, Is.InRange(200, 204));
        });
    }

    private Task<JsonObject> FolderAsync(string name) => _trace.CallAsync(
        201, "POST /repo/v1/entity", $$"""{"name":"{{name}}","parentId":"{{_project}}","concreteType":"{{Model}}Folder"}""");

    private async Task<JsonObject> StoreAsync(string name, byte[] bytes)
    {
        await _trace.CallAsync(404, "POST /repo/v1/entity/child", $$"""{"parentId":"{{_project}}","entityName":"{{name}}"}""");
        var destination = await _trace.CallAsync(200, $"GET /file/v1/entity/{_project}/uploadDestination");
        Assert.That((string)destination["concreteType"]!, Is.EqualTo(Model + "file.S3UploadDestination"));
        var handle = await _trace.UploadAsync(name, bytes, location: destination["storageLocationId"]!.ToJsonString());
        return await _trace.CallAsync(201, "POST /repo/v1/entity", $$"""
            {"concreteType":"{{Model}}FileEntity","name":"{{name}}","parentId":"{{_project}}","dataFileHandleId":{{handle}},
            "versionComment":null,"versionLabel":null,"description":null}
            """);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ProjectSettingTests
{
    private const string Type = "org.sagebionetworks.repo.model.project.UploadDestinationListSetting";

    private TestServer _test = null!;
    private string _project = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task The_nearest_setting_says_where_files_go()
    {
        var folder = (string)(await _test.Owner.CreateFolderAsync("folder", _project))["id"]!;
        var below = (string)(await _test.Owner.CreateFolderAsync("below", folder))["id"]!;
        var location = await LocationAsync(new JsonObject { ["description"] = "second" });

        var made = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(folder, location, 1));
        var destination = await _test.Owner.DoAsync("GET", $"/file/v1/entity/{below}/uploadDestination");
        var choices = await _test.Owner.DoAsync("GET", $"/file/v1/entity/{below}/uploadDestinationLocations");
        var all = await _test.Owner.DoAsync("GET", $"/file/v1/entity/{below}/uploadDestinations");
        var above = await _test.Owner.DoAsync("GET", $"/file/v1/entity/{_project}/uploadDestination");
        var none = await _test.Owner.SendAsync("GET", $"/repo/v1/projectSettings/{below}/type/upload");
        var own = await _test.Owner.DoAsync("GET", $"/repo/v1/projectSettings/{folder}/type/upload");

        Assert.Multiple(() =>
        {
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)made.Json["settingsType"], Is.EqualTo("upload"));
            Assert.That((long)destination["storageLocationId"]!, Is.EqualTo(location));
            Assert.That((string?)destination["destinationProjectId"], Is.EqualTo(_project));
            Assert.That(choices["list"]!.AsArray().Select(one => (long)one!["storageLocationId"]!), Is.EqualTo(new[] { location, 1 }));
            Assert.That((string?)choices["list"]![0]!["description"], Is.EqualTo("second"));
            Assert.That(all["list"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((long)above["storageLocationId"]!, Is.EqualTo(1));
            Assert.That((none.Status, none.Text), Is.EqualTo((HttpStatusCode.OK, "")));
            Assert.That((string?)own["id"], Is.EqualTo((string?)made.Json["id"]));
        });
    }

    [Test]
    public async Task A_setting_is_changed_with_its_etag_and_deleted()
    {
        var made = await _test.Owner.DoAsync("POST", "/repo/v1/projectSettings", Setting(_project, 1));
        var location = await LocationAsync([]);
        made["locations"] = new JsonArray(location);

        var second = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(_project, 1));
        var changed = await _test.Owner.SendAsync("PUT", "/repo/v1/projectSettings", made);
        var stale = await _test.Owner.SendAsync("PUT", "/repo/v1/projectSettings", made);
        var got = await _test.Owner.DoAsync("GET", $"/repo/v1/projectSettings/{made["id"]}");
        var foreign = await _test.Reader.SendAsync("GET", $"/repo/v1/projectSettings/{made["id"]}");
        var kept = await _test.Reader.SendAsync("DELETE", $"/repo/v1/projectSettings/{made["id"]}");
        var deleted = await _test.Owner.SendAsync("DELETE", $"/repo/v1/projectSettings/{made["id"]}");
        var gone = await _test.Owner.SendAsync("GET", $"/repo/v1/projectSettings/{made["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That(second.Reason, Is.EqualTo($"A project setting of type 'upload' for project {_project} already exists."));
            Assert.That((changed.Status, changed.Text), Is.EqualTo((HttpStatusCode.OK, "")));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That((long)got["locations"]![0]!, Is.EqualTo(location));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(kept.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task A_wrong_setting_is_refused()
    {
        var file = (string)(await _test.Owner.CreateFileAsync("a.txt", _project, "a"u8.ToArray()))["id"]!;

        var unknown = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(_project, 999));
        var empty = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(_project));
        var many = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(_project, [.. Enumerable.Repeat(1L, 11)]));
        var ofFile = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(file, 1));
        var foreign = await _test.Reader.SendAsync("POST", "/repo/v1/projectSettings", Setting(_project, 1));
        var otherType = await _test.Owner.SendAsync("GET", $"/repo/v1/projectSettings/{_project}/type/other");

        Assert.Multiple(() =>
        {
            Assert.That(unknown.Reason, Is.EqualTo("uploadId 999 is not a valid upload destination location"));
            Assert.That(empty.Reason, Is.EqualTo("settings.locations must at least have one entry"));
            Assert.That(many.Reason, Is.EqualTo("The maximum number of settings.locations is limited to 10"));
            Assert.That(ofFile.Reason, Is.EqualTo("The id is not the id of a project or folder entity"));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(otherType.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task A_folder_with_keys_keeps_its_own_files_and_nothing_else()
    {
        var folder = (string)(await _test.Owner.CreateFolderAsync("keys", _project))["id"]!;
        var other = (string)(await _test.Owner.CreateFolderAsync("other", _project))["id"]!;
        var location = await LocationAsync(new JsonObject { ["stsEnabled"] = true });

        var onProject = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(_project, location));
        var onFull = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(folder, location, 1));
        await _test.Owner.DoAsync("POST", "/repo/v1/projectSettings", Setting(folder, location));
        var handle = await _test.Owner.UploadAsync("a.txt", "a"u8.ToArray());
        var wrongFile = await _test.Owner.SendAsync("POST", "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.FileEntity",
            ["name"] = "a",
            ["parentId"] = folder,
            ["dataFileHandleId"] = handle,
        });
        var link = await _test.Owner.SendAsync("POST", "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.Link",
            ["name"] = "l",
            ["parentId"] = folder,
            ["linksTo"] = new JsonObject { ["targetId"] = other },
        });
        var moved = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{other}");
        moved["parentId"] = folder;
        var move = await _test.Owner.SendAsync("PUT", $"/repo/v1/entity/{other}", moved);
        var inside = (string)(await _test.Owner.CreateFolderAsync("inside", folder))["id"]!;
        var acl = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_project}/acl");
        var sharing = await _test.Owner.SendAsync("POST", $"/repo/v1/entity/{inside}/acl", acl);
        var overridden = await _test.Owner.SendAsync("POST", "/repo/v1/projectSettings", Setting(inside, 1));

        Assert.Multiple(() =>
        {
            Assert.That(onProject.Reason, Is.EqualTo("Can only enable STS on a folder"));
            Assert.That(onFull.Reason, Is.EqualTo("An STS-enabled folder cannot add other upload destinations"));
            Assert.That(wrongFile.Reason, Does.StartWith("Folders with STS-enabled storage locations can only accept"));
            Assert.That(link.Reason, Is.EqualTo("Can only create Files and Folders inside STS-enabled folders"));
            Assert.That(move.Reason, Is.EqualTo("Non-STS-enabled folders cannot be placed inside STS-enabled folders"));
            Assert.That(sharing.Reason, Is.EqualTo("Cannot override ACLs in a child of an STS-enabled folder"));
            Assert.That(overridden.Reason, Is.EqualTo("Can't override project settings in an STS-enabled folder path"));
        });
    }

    [Test]
    public async Task Keys_are_for_reading_only_in_synapses_own_storage()
    {
        var folder = (string)(await _test.Owner.CreateFolderAsync("keys", _project))["id"]!;
        var none = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{folder}/sts?permission=read_only");
        var location = await LocationAsync(new JsonObject { ["stsEnabled"] = true });
        await _test.Owner.DoAsync("POST", "/repo/v1/projectSettings", Setting(folder, location));

        var keys = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{folder}/sts?permission=read_only");
        var write = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{folder}/sts?permission=read_write");
        var odd = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{folder}/sts?permission=all");
        var foreign = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{folder}/sts?permission=read_only");

        Assert.Multiple(() =>
        {
            Assert.That(none.Reason, Is.EqualTo("Entity must have an STS-enabled storage location"));
            Assert.That((string?)keys["bucket"], Is.EqualTo("synapsefs.data"));
            Assert.That((string?)keys["baseKey"], Does.StartWith($"{_test.Server.FirstUser.PrincipalId}/"));
            Assert.That(
                keys.Select(field => field.Key), Is.SupersetOf(new[] { "accessKeyId", "secretAccessKey", "sessionToken", "expiration" }));
            Assert.That(write.Reason, Is.EqualTo("STS write access is not allowed in Synapse storage"));
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Locations_settings_and_uploads_under_way_survive_a_restart()
    {
        var directory = TestServer.NewDirectory();
        var request = TestClient.UploadRequest("a.txt", "hello"u8.ToArray());
        string upload, folder;
        await using (var first = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            var location = (long)(await first.Owner.DoAsync("POST", "/repo/v1/storageLocation", new JsonObject
            {
                ["concreteType"] = "org.sagebionetworks.repo.model.project.S3StorageLocationSetting",
            }))["storageLocationId"]!;
            folder = (string)(await first.Owner.CreateProjectAsync())["id"]!;
            await first.Owner.DoAsync("POST", "/repo/v1/projectSettings", Setting(folder, location));
            request["storageLocationId"] = location;
            upload = (string)(await first.Owner.DoAsync("POST", "/file/v1/file/multipart", request))["uploadId"]!;
            await first.Owner.PutPartAsync(await first.Owner.PartUrlAsync(upload, 1), "hello"u8.ToArray());
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        var destination = await second.Owner.DoAsync("GET", $"/file/v1/entity/{folder}/uploadDestination");
        var resumed = await second.Owner.DoAsync("POST", "/file/v1/file/multipart", request);
        var added = await second.Owner.DoAsync(
            "PUT", $"/file/v1/file/multipart/{upload}/add/1?partMD5Hex={TestClient.Md5("hello"u8.ToArray())}");
        var done = await second.Owner.DoAsync("PUT", $"/file/v1/file/multipart/{upload}/complete");

        Assert.Multiple(() =>
        {
            Assert.That((long)destination["storageLocationId"]!, Is.EqualTo((long)request["storageLocationId"]!));
            Assert.That((string?)resumed["uploadId"], Is.EqualTo(upload));
            Assert.That((string?)added["addPartState"], Is.EqualTo("ADD_SUCCESS"));
            Assert.That((string?)done["resultFileHandleId"], Is.Not.Null);
        });
    }

    private async Task<long> LocationAsync(JsonObject body)
    {
        body["concreteType"] = "org.sagebionetworks.repo.model.project.S3StorageLocationSetting";
        return (long)(await _test.Owner.DoAsync("POST", "/repo/v1/storageLocation", body))["storageLocationId"]!;
    }

    private static JsonObject Setting(string node, params long[] locations) => new()
    {
        ["concreteType"] = Type,
        ["projectId"] = node,
        ["settingsType"] = "upload",
        ["locations"] = new JsonArray([.. locations.Select(location => (JsonNode)location)]),
    };
}

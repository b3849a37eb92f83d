using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class BundleTests
{
    private TestServer _test = null!;
    private string _project = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_bundle_creates_entity_annotations_and_acl_at_once()
    {
        var activity = await _test.Owner.DoAsync("POST", "/repo/v1/activity", new JsonObject { ["name"] = "made" });
        var created = await _test.Owner.SendAsync("POST", $"/repo/v1/entity/bundle2/create?generatedBy={activity["id"]}", new JsonObject
        {
            ["entity"] = Folder("f"),
            ["annotations"] = new JsonObject { ["annotations"] = new JsonObject { ["a"] = Value("1") } },
            ["accessControlList"] = Acl("READ"),
        });
        var id = (string)created.Json["entity"]!["id"]!;
        var read = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{id}");
        var origin = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{id}/generatedBy");

        Assert.Multiple(() =>
        {
            Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)created.Json["annotations"]!["annotations"]!["a"]!["value"]![0]!, Is.EqualTo("1"));
            Assert.That((string)created.Json["accessControlList"]!["id"]!, Is.EqualTo(id));
            Assert.That((string)created.Json["annotations"]!["etag"]!, Is.EqualTo((string)created.Json["entity"]!["etag"]!));
            Assert.That(read.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string)origin["id"]!, Is.EqualTo((string)activity["id"]!));
        });
    }

    [Test]
    public async Task What_fails_in_a_bundle_leaves_nothing_behind()
    {
        var bad = await _test.Owner.SendAsync("POST", "/repo/v1/entity/bundle2/create", new JsonObject
        {
            ["entity"] = Folder("f"),
            ["annotations"] = new JsonObject { ["annotations"] = new JsonObject { ["not allowed"] = Value("1") } },
        });
        var none = await _test.Owner.SendAsync("POST", "/repo/v1/entity/bundle2/create", new JsonObject());
        var empty = await _test.Owner.SendAsync("POST", "/repo/v1/entity/bundle2/create", new JsonObject
        {
            ["entity"] = Folder("f"),
            ["annotations"] = new JsonObject(),
        });

        Assert.Multiple(() =>
        {
            Assert.That(bad.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(none.Reason, Is.EqualTo("entityBundleCreate.entity is required."));
            Assert.That(empty.Reason, Is.EqualTo("entityBundleCreate.annotations.annotations is required."));
        });
        Assert.That(await _test.Owner.ListAsync(_project), Is.Empty);
    }

    [Test]
    public async Task An_update_merges_annotations_makes_no_version_and_checks_ids_and_etags()
    {
        var file = await _test.Owner.CreateFileAsync("a.txt", _project, Encoding.ASCII.GetBytes("abc"));
        var path = $"/repo/v1/entity/{file["id"]}/bundle2";
        await UpdateAsync(path, new JsonObject { ["annotations"] = Annotations(file, "a") });
        file["etag"] = (string)(await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{file["id"]}"))["etag"]!;
        file["name"] = "b.txt";
        var updated = await UpdateAsync(path, new JsonObject
        {
            ["entity"] = file.DeepClone(),
            ["annotations"] = Annotations(file, "b"),
        });
        var stale = await _test.Owner.SendAsync("PUT", path, new JsonObject { ["entity"] = file.DeepClone() });
        var foreign = await _test.Owner.SendAsync(
            "PUT", $"/repo/v1/entity/{_project}/bundle2", new JsonObject { ["entity"] = file.DeepClone() });
        var odd = await _test.Owner.SendAsync("PUT", path, new JsonObject
        {
            ["annotations"] = new JsonObject { ["id"] = _project, ["annotations"] = new JsonObject() },
        });
        var acl = await _test.Owner.SendAsync("PUT", path, new JsonObject { ["accessControlList"] = new JsonObject { ["id"] = _project } });

        Assert.Multiple(() =>
        {
            Assert.That(updated["annotations"]!["annotations"]!.AsObject().Select(pair => pair.Key), Is.EquivalentTo(new[] { "a", "b" }));
            Assert.That((string)updated["entity"]!["name"]!, Is.EqualTo("b.txt"));
            Assert.That((long)updated["entity"]!["versionNumber"]!, Is.EqualTo(1));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(foreign.Reason, Is.EqualTo("Entity does not match requested entity ID"));
            Assert.That(odd.Reason, Is.EqualTo("Annotations do not match requested entity ID"));
            Assert.That(acl.Reason, Is.EqualTo("ACL does not match requested entity ID"));
        });
    }

    [Test]
    public async Task An_own_acl_is_replaced_in_a_bundle_only_with_its_etag()
    {
        var folder = (string)(await _test.Owner.CreateFolderAsync("f", _project))["id"]!;
        var path = $"/repo/v1/entity/{folder}/bundle2";
        var acl = Acl("READ");
        acl["id"] = folder;
        var made = await UpdateAsync(path, new JsonObject { ["accessControlList"] = acl.DeepClone() });
        var missing = await _test.Owner.SendAsync("PUT", path, new JsonObject { ["accessControlList"] = acl.DeepClone() });
        acl["etag"] = "other";
        var stale = await _test.Owner.SendAsync("PUT", path, new JsonObject { ["accessControlList"] = acl.DeepClone() });
        acl["etag"] = (string)made["accessControlList"]!["etag"]!;
        await UpdateAsync(path, new JsonObject { ["accessControlList"] = acl });

        Assert.Multiple(() =>
        {
            Assert.That(made.Select(part => part.Key), Is.EqualTo(new[] { "accessControlList" }));
            Assert.That(missing.Reason, Is.EqualTo("acl.etag is required."));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        });
    }

    [Test]
    public async Task Every_flag_asks_for_its_part()
    {
        var folder = (string)(await _test.Owner.CreateFolderAsync("f", _project))["id"]!;
        var file = await _test.Owner.CreateFileAsync("a.txt", folder, Encoding.ASCII.GetBytes("abc"));
        var request = new JsonObject();
        foreach (var flag in (string[])["AccessControlList", "BenefactorACL", "EntityPath", "HasChildren", "FileName", "ThreadCount", "Permissions"])
        {
            request[$"include{flag}"] = true;
        }

        var bundle = await _test.Owner.DoAsync("POST", $"/repo/v1/entity/{file["id"]}/bundle2", request);
        var old = await _test.Owner.DoAsync(
            "POST", $"/repo/v1/entity/{file["id"]}/version/1/bundle2",
            new JsonObject { ["includeEntity"] = true, ["includeAnnotations"] = true });
        var missing = await _test.Owner.SendAsync("POST", $"/repo/v1/entity/{file["id"]}/version/9/bundle2", new JsonObject());
        var nothing = await _test.Owner.DoAsync("POST", $"/repo/v1/entity/{file["id"]}/bundle2", new JsonObject());

        Assert.Multiple(() =>
        {
            Assert.That(bundle.ContainsKey("accessControlList"), Is.False);
            Assert.That((string)bundle["benefactorAcl"]!["id"]!, Is.EqualTo(_project));
            Assert.That(bundle["path"]!["path"]!.AsArray(), Has.Count.EqualTo(4));
            Assert.That((bool)bundle["hasChildren"]!, Is.False);
            Assert.That((string)bundle["fileName"]!, Is.EqualTo("a.txt"));
            Assert.That((long)bundle["threadCount"]!, Is.Zero);
            Assert.That((bool)bundle["permissions"]!["canDownload"]!, Is.True);
            Assert.That((string)old["annotations"]!["etag"]!, Is.EqualTo("00000000-0000-0000-0000-000000000000"));
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(nothing, Is.Empty);
        });
    }

    private Task<JsonObject> UpdateAsync(string path, JsonObject body) => _test.Owner.DoAsync("PUT", path, body);

    private JsonObject Folder(string name) => new()
    {
        ["concreteType"] = "org.sagebionetworks.repo.model.Folder",
        ["name"] = name,
        ["parentId"] = _project,
    };

    private static JsonObject Annotations(JsonObject entity, string key) => new()
    {
        ["id"] = (string)entity["id"]!,
        ["etag"] = "ignored",
        ["annotations"] = new JsonObject { [key] = Value("1") },
    };

    private static JsonObject Value(string text) => new() { ["type"] = "STRING", ["value"] = new JsonArray(text) };

    private JsonObject Acl(string access) => new()
    {
        ["resourceAccess"] = new JsonArray(
            new JsonObject
            {
                ["principalId"] = _test.Server.FirstUser.PrincipalId,
                ["accessType"] = new JsonArray(
                "READ", "UPDATE", "CHANGE_PERMISSIONS")
            },
            new JsonObject { ["principalId"] = _test.Server.Accounts[0].PrincipalId, ["accessType"] = new JsonArray(access) }),
    };
}

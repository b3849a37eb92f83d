using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ActivityTests
{
    private const string Provenance = "org.sagebionetworks.repo.model.provenance.";

    private TestServer _test = null!;
    private string _project = "";
    private JsonObject _file = null!;

    private string Path => $"/repo/v1/entity/{_file["id"]}";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _file = await _test.Owner.CreateFileAsync("a.txt", _project, Encoding.ASCII.GetBytes("one"));
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task What_was_used_gets_the_version_of_today_and_duplicates_are_one()
    {
        var activity = await CreateAsync(
            Entity((string)_file["id"]!), Entity((string)_file["id"]!), Entity("syn424242"), Url("https://example.org/x"));
        var again = await _test.Owner.DoAsync("GET", $"/repo/v1/activity/{activity["id"]}");
        var used = activity["used"]!.AsArray();

        Assert.Multiple(() =>
        {
            Assert.That(used, Has.Count.EqualTo(3));
            Assert.That((long)used[0]!["reference"]!["targetVersionNumber"]!, Is.EqualTo(1));
            Assert.That(used[1]!["reference"]!.AsObject().ContainsKey("targetVersionNumber"), Is.False);
            Assert.That((string)used[2]!["url"]!, Is.EqualTo("https://example.org/x"));
            Assert.That((bool)used[2]!["wasExecuted"]!, Is.True);
            Assert.That((string)activity["createdBy"]!, Is.EqualTo($"{_test.Server.FirstUser.PrincipalId}"));
            Assert.That(JsonNode.DeepEquals(activity, again), Is.True);
        });
    }

    [Test]
    public async Task An_activity_is_attached_to_the_current_version_and_a_new_version_starts_without()
    {
        var activity = await CreateAsync(Entity((string)_file["id"]!));
        var none = await _test.Owner.SendAsync("GET", Path + "/generatedBy");
        var attached = await _test.Owner.DoAsync("PUT", $"{Path}/generatedBy?generatedBy={activity["id"]}");
        var stale = await _test.Owner.SendAsync("PUT", Path, _file);
        var current = await _test.Owner.DoAsync("GET", Path);
        current["name"] = "renamed";
        current = await _test.Owner.DoAsync("PUT", Path, current);
        var kept = await _test.Owner.SendAsync("GET", Path + "/generatedBy");
        current.Remove("versionLabel");
        await _test.Owner.DoAsync("PUT", Path + "?newVersion=true", current);
        var second = await _test.Owner.SendAsync("GET", Path + "/generatedBy");
        var first = await _test.Owner.DoAsync("GET", Path + "/version/1/generatedBy");
        var generated = await _test.Owner.DoAsync("GET", $"/repo/v1/activity/{activity["id"]}/generated");

        Assert.Multiple(() =>
        {
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(none.Reason, Is.EqualTo("No activity"));
            Assert.That((string)attached["id"]!, Is.EqualTo((string)activity["id"]!));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(kept.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(second.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((string)first["id"]!, Is.EqualTo((string)activity["id"]!));
            Assert.That((long)generated["totalNumberOfResults"]!, Is.EqualTo(1));
            Assert.That((string)generated["results"]![0]!["targetId"]!, Is.EqualTo((string)_file["id"]!));
            Assert.That((long)generated["results"]![0]!["targetVersionNumber"]!, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Writing_an_entity_can_name_what_generated_it()
    {
        var activity = await CreateAsync();
        var id = (string)activity["id"]!;
        var folder = new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.Folder",
            ["name"] = "made",
            ["parentId"] = _project,
        };
        var created = await _test.Owner.DoAsync("POST", $"/repo/v1/entity?generatedBy={id}", folder);
        _file.Remove("versionLabel");
        var updated = await _test.Owner.DoAsync("PUT", $"{Path}?newVersion=true&generatedBy={id}", _file);
        var bundle = await _test.Owner.DoAsync("POST", Path + "/bundle2", new JsonObject { ["includeActivity"] = true });
        var unknown = await _test.Owner.SendAsync("PUT", $"{Path}?generatedBy=1", updated);

        Assert.Multiple(() =>
        {
            Assert.That((string)bundle["activity"]!["id"]!, Is.EqualTo(id));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(unknown.Reason, Is.EqualTo("Activity id 1 not found."));
        });
        Assert.That(
            (string)(await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{created["id"]}/generatedBy"))["id"]!, Is.EqualTo(id));
    }

    [Test]
    public async Task An_update_replaces_everything_and_needs_the_current_etag()
    {
        var activity = await CreateAsync(Url("https://example.org/x"));
        activity["name"] = "other";
        activity["used"] = new JsonArray();
        var updated = await _test.Owner.DoAsync("PUT", $"/repo/v1/activity/{activity["id"]}", activity);
        var stale = await _test.Owner.SendAsync("PUT", $"/repo/v1/activity/{activity["id"]}", activity);
        var foreign = await _test.Reader.SendAsync("PUT", $"/repo/v1/activity/{activity["id"]}", updated);

        Assert.Multiple(() =>
        {
            Assert.That((string)updated["name"]!, Is.EqualTo("other"));
            Assert.That(updated.ContainsKey("description"), Is.False);
            Assert.That(updated["used"]!.AsArray(), Is.Empty);
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(foreign.Reason, Does.EndWith("lacks change access to the requested object."));
        });
    }

    [Test]
    public async Task An_activity_is_read_by_its_maker_and_by_readers_of_what_it_generated()
    {
        var activity = await CreateAsync();
        var path = $"/repo/v1/activity/{activity["id"]}";
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ");
        var before = await _test.Reader.SendAsync("GET", path);
        await _test.Owner.DoAsync("PUT", $"{Path}/generatedBy?generatedBy={activity["id"]}");
        var after = await _test.Reader.SendAsync("GET", path);
        var unknown = await _test.Owner.SendAsync("GET", "/repo/v1/activity/1");

        Assert.Multiple(() =>
        {
            Assert.That(before.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(before.Reason, Is.EqualTo($"User lacks permission to access Activity {activity["id"]}"));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(unknown.Reason, Is.EqualTo("Activity with id '1' could not be found."));
        });
    }

    [Test]
    public async Task An_activity_in_use_is_not_deleted_and_one_detached_is()
    {
        var activity = await CreateAsync();
        var path = $"/repo/v1/activity/{activity["id"]}";
        await _test.Owner.DoAsync("PUT", $"{Path}/generatedBy?generatedBy={activity["id"]}");
        var inUse = await _test.Owner.SendAsync("DELETE", path);
        var foreign = await _test.Reader.SendAsync("DELETE", path);
        var detached = await _test.Owner.SendAsync("DELETE", Path + "/generatedBy");
        var deleted = await _test.Owner.SendAsync("DELETE", path);
        var again = await _test.Owner.SendAsync("DELETE", path);

        Assert.Multiple(() =>
        {
            Assert.That(inUse.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(inUse.Reason, Does.StartWith("If you wish to delete this activity"));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(detached.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.NoContent));
        });
    }

    [TestCase("UsedURL", "nonsense", "UsedURL url field is malformed: nonsense")]
    [TestCase("Surprise", "https://example.org", "Unknown concreteType of what was used:")]
    public async Task A_bad_item_is_refused(string type, string url, string reason)
    {
        var body = new JsonObject
        {
            ["used"] = new JsonArray(new JsonObject { ["concreteType"] = Provenance + type, ["url"] = url }),
        };

        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/activity", body);
        var nobody = await _test.Nobody.SendAsync("POST", "/repo/v1/activity", new JsonObject());

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.StartWith(reason));
            Assert.That(nobody.Reason, Is.EqualTo("Cannot create activity with anonymous user."));
        });
    }

    [Test]
    public async Task Provenance_survives_a_restart()
    {
        var directory = TestServer.NewDirectory();
        string file, activity;
        await using (var first = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            var project = (string)(await first.Owner.CreateProjectAsync())["id"]!;
            file = (string)(await first.Owner.CreateFolderAsync("f", project))["id"]!;
            activity = (string)(await first.Owner.DoAsync("POST", "/repo/v1/activity", new JsonObject { ["name"] = "kept" }))["id"]!;
            await first.Owner.DoAsync("PUT", $"/repo/v1/entity/{file}/generatedBy?generatedBy={activity}");
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        var found = await second.Owner.DoAsync("GET", $"/repo/v1/entity/{file}/generatedBy");

        Assert.That((string)found["name"]!, Is.EqualTo("kept"));
    }

    private Task<JsonObject> CreateAsync(params JsonNode[] used) => _test.Owner.DoAsync("POST", "/repo/v1/activity", new JsonObject
    {
        ["id"] = "7",
        ["name"] = "align",
        ["description"] = null,
        ["used"] = new JsonArray(used),
    });

    private static JsonObject Entity(string id) => new()
    {
        ["concreteType"] = Provenance + "UsedEntity",
        ["wasExecuted"] = false,
        ["reference"] = new JsonObject { ["targetId"] = id },
    };

    private static JsonObject Url(string url) => new()
    {
        ["concreteType"] = Provenance + "UsedURL",
        ["wasExecuted"] = true,
        ["name"] = "x",
        ["url"] = url,
    };
}

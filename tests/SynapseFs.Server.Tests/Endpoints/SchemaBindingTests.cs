using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class SchemaBindingTests
{
    private TestServer _test = null!;
    private string _project = "";
    private string _folder = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _folder = (string)(await _test.Owner.CreateFolderAsync("folder", _project))["id"]!;
        await _test.Owner.CreateOrganizationAsync();
        await _test.Owner.RegisterAsync("my.organization-a-1.0.0", []);
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_binding_holds_for_the_entity_and_all_below_it()
    {
        var bound = await _test.Owner.BindAsync(_project, "my.organization-a-1.0.0", derived: true);
        var inherited = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_folder}/schema/binding");

        Assert.Multiple(() =>
        {
            Assert.That((long)bound["objectId"]!, Is.EqualTo(long.Parse(_project[3..])));
            Assert.That((string)bound["objectType"]!, Is.EqualTo("entity"));
            Assert.That((bool)bound["enableDerivedAnnotations"]!, Is.True);
            Assert.That((string)bound["jsonSchemaVersionInfo"]!["$id"]!, Is.EqualTo("my.organization-a-1.0.0"));
            Assert.That((string)bound["createdBy"]!, Is.EqualTo($"{_test.Server.FirstUser.PrincipalId}"));
            Assert.That(JsonNode.DeepEquals(inherited, bound), Is.True);
        });
    }

    [Test]
    public async Task The_nearest_binding_wins_and_one_without_version_follows_the_latest()
    {
        await _test.Owner.BindAsync(_project, "my.organization-a-1.0.0");
        await _test.Owner.BindAsync(_folder, "my.organization-a");
        await _test.Owner.RegisterAsync("my.organization-a-2.0.0", []);

        var project = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_project}/schema/binding");
        var folder = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_folder}/schema/binding");

        Assert.Multiple(() =>
        {
            Assert.That((string)project["jsonSchemaVersionInfo"]!["semanticVersion"]!, Is.EqualTo("1.0.0"));
            Assert.That((string)folder["jsonSchemaVersionInfo"]!["semanticVersion"]!, Is.EqualTo("2.0.0"));
            Assert.That((long)folder["objectId"]!, Is.EqualTo(long.Parse(_folder[3..])));
        });
    }

    [Test]
    public async Task Without_a_binding_there_is_none_also_after_it_went()
    {
        var before = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{_folder}/schema/binding");
        await _test.Owner.BindAsync(_folder, "my.organization-a-1.0.0");
        var deleted = await _test.Owner.SendAsync("DELETE", $"/repo/v1/entity/{_folder}/schema/binding");
        var after = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{_folder}/schema/binding");

        Assert.Multiple(() =>
        {
            Assert.That(before.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(before.Reason, Is.EqualTo($"No JSON schema found for '{_folder}'"));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Binding_needs_a_known_schema_and_the_right_to_update()
    {
        var path = $"/repo/v1/entity/{_project}/schema/binding";
        var unknown = await _test.Owner.SendAsync("PUT", path, new JsonObject { ["schema$id"] = "my.organization-none" });
        var version = await _test.Owner.SendAsync("PUT", path, new JsonObject { ["schema$id"] = "my.organization-a-9.0.0" });
        var missing = await _test.Owner.SendAsync("PUT", path, new JsonObject());
        var foreign = await _test.Reader.SendAsync("PUT", path, new JsonObject { ["schema$id"] = "my.organization-a" });
        var read = await _test.Reader.SendAsync("GET", path);

        Assert.Multiple(() =>
        {
            Assert.That(unknown.Reason, Is.EqualTo(
                "JSON schema not found for organization name 'my.organization' and schema name: 'none'"));
            Assert.That(version.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(read.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }
}

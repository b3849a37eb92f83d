using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class JsonSchemaTests
{
    private const string Base = "https://repo-prod.prod.sagebase.org/repo/v1/schema/type/registered/";
    private const string Path = "/repo/v1/schema/type/registered/";

    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        await _test.Owner.CreateOrganizationAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_schema_is_registered_and_read_under_its_address()
    {
        var schema = SchemaWork.Schema("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"unheardOf":1}""");

        var made = await _test.Owner.RegisterAsync("my.organization-sample.File-1.0.0", schema);
        var read = await _test.Nobody.DoAsync("GET", Path + "my.organization-sample.File-1.0.0");
        var latest = await _test.Nobody.DoAsync("GET", Path + "my.organization-sample.File");

        var info = made.Json["newVersionInfo"]!;
        Assert.Multiple(() =>
        {
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)info["$id"]!, Is.EqualTo("my.organization-sample.File-1.0.0"));
            Assert.That((string)info["organizationName"]!, Is.EqualTo("my.organization"));
            Assert.That((string)info["schemaName"]!, Is.EqualTo("sample.File"));
            Assert.That((string)info["semanticVersion"]!, Is.EqualTo("1.0.0"));
            Assert.That((string)info["jsonSHA256Hex"]!, Has.Length.EqualTo(64));
            Assert.That((string)made.Json["validationSchema"]!["$id"]!, Is.EqualTo(Base + "my.organization-sample.File-1.0.0"));
            Assert.That((string)read["$id"]!, Is.EqualTo(Base + "my.organization-sample.File-1.0.0"));
            Assert.That((string)latest["$id"]!, Is.EqualTo(Base + "my.organization-sample.File"));
            Assert.That((string)read["properties"]!["a"]!["type"]!, Is.EqualTo("string"));
            Assert.That(read.ContainsKey("unheardOf"), Is.False);
        });
    }

    [Test]
    public async Task An_empty_schema_comes_back_with_nothing_but_its_id()
    {
        await _test.Owner.RegisterAsync(Base + "my.organization-empty-0.0.1", []);
        await _test.Owner.RegisterAsync("my.organization-empty-0.0.2", new JsonObject { ["description"] = "" });

        var first = await _test.Owner.DoAsync("GET", Path + "my.organization-empty-0.0.1");
        var latest = await _test.Owner.DoAsync("GET", Path + "my.organization-empty");

        Assert.Multiple(() =>
        {
            Assert.That(first.Select(pair => pair.Key), Is.EqualTo(new[] { "$id" }));
            Assert.That((string)latest["description"]!, Is.Empty);
        });
    }

    [Test]
    public async Task Versions_are_listed_in_order_and_a_version_is_registered_once()
    {
        await _test.Owner.RegisterAsync("my.organization-a", []);
        await _test.Owner.RegisterAsync("my.organization-a-0.0.1", []);

        var again = await _test.Owner.RegisterAsync("my.organization-a-0.0.1", []);
        var list = await _test.Owner.DoAsync("POST", "/repo/v1/schema/list", new JsonObject { ["organizationName"] = "my.organization" });
        var versions = await _test.Owner.DoAsync("POST", "/repo/v1/schema/version/list", Versions("a"));
        var none = await _test.Owner.DoAsync("POST", "/repo/v1/schema/version/list", Versions("b"));
        var unnamed = await _test.Owner.SendAsync("POST", "/repo/v1/schema/list", new JsonObject());

        Assert.Multiple(() =>
        {
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(again.Reason, Is.EqualTo("Semantic version: '0.0.1' already exists for this JSON schema"));
            Assert.That((string)list["page"]![0]!["schemaName"]!, Is.EqualTo("a"));
            Assert.That(
                versions["page"]!.AsArray().Select(version => (string?)version!["semanticVersion"]), Is.EqualTo(new[] { null, "0.0.1" }));
            Assert.That(none["page"]!.AsArray(), Is.Empty);
            Assert.That(unnamed.Reason, Is.EqualTo("organizationName is required."));
        });
    }

    [Test]
    public async Task A_dry_run_leaves_nothing_behind()
    {
        var made = await _test.Owner.RegisterAsync("my.organization-a-1.0.0", SchemaWork.Schema("""{"type":"object"}"""), dryRun: true);

        var read = await _test.Owner.SendAsync("GET", Path + "my.organization-a-1.0.0");
        var list = await _test.Owner.DoAsync("POST", "/repo/v1/schema/list", new JsonObject { ["organizationName"] = "my.organization" });

        Assert.Multiple(() =>
        {
            Assert.That((string)made.Json["validationSchema"]!["type"]!, Is.EqualTo("object"));
            Assert.That(read.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(read.Reason, Is.EqualTo(
                "JSON Schema not found for organizationName: 'my.organization' and schemaName: 'a' and semanticVersion: '1.0.0'"));
            Assert.That(list["page"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task What_a_schema_refers_to_stands_in_the_definitions_of_its_validation_schema()
    {
        await _test.Owner.RegisterAsync("my.organization-c-1.0.0", SchemaWork.Schema("""{"type":"string"}"""));
        await _test.Owner.RegisterAsync(
            "my.organization-b-1.0.0", SchemaWork.Schema("""{"properties":{"c":{"$ref":"my.organization-c-1.0.0"}}}"""));
        await _test.Owner.RegisterAsync(
            "my.organization-a-1.0.0", SchemaWork.Schema($$"""{"allOf":[{"$ref":"{{Base}}my.organization-b-1.0.0"}]}"""));

        var whole = await _test.Owner.JobAsync("/repo/v1/schema/type/validation", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.schema.GetValidationSchemaRequest",
            ["$id"] = "my.organization-a-1.0.0",
        });

        var schema = whole.Json["validationSchema"]!;
        Assert.Multiple(() =>
        {
            Assert.That(whole.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)schema["allOf"]![0]!["$ref"]!, Is.EqualTo("#/definitions/my.organization-b-1.0.0"));
            Assert.That(
                schema["definitions"]!.AsObject().Select(pair => pair.Key),
                Is.EquivalentTo(new[] { "my.organization-b-1.0.0", "my.organization-c-1.0.0" }));
            Assert.That(schema["definitions"]!["my.organization-b-1.0.0"]!.AsObject().ContainsKey("$id"), Is.False);
        });
    }

    [Test]
    public async Task A_reference_must_exist_be_fixed_in_a_fixed_version_and_never_lead_back()
    {
        await _test.Owner.RegisterAsync("my.organization-a", []);
        await _test.Owner.RegisterAsync("my.organization-b", SchemaWork.Schema("""{"items":{"$ref":"my.organization-a"}}"""));

        var unknown = await _test.Owner.RegisterAsync("my.organization-x", SchemaWork.Schema("""{"not":{"$ref":"my.organization-none"}}"""));
        var moving = await _test.Owner.RegisterAsync("my.organization-x-1.0.0", SchemaWork.Schema("""{"not":{"$ref":"my.organization-a"}}"""));
        var circle = await _test.Owner.RegisterAsync("my.organization-a", SchemaWork.Schema("""{"items":{"$ref":"my.organization-b"}}"""));
        var after = await _test.Owner.DoAsync("GET", Path + "my.organization-a");

        Assert.Multiple(() =>
        {
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(unknown.Reason, Is.EqualTo("JSON Schema not found for organizationName: 'my.organization' and schemaName: 'none'"));
            Assert.That(moving.Reason, Does.EndWith("The following $ref does not include a semantic version: 'my.organization-a'"));
            Assert.That(circle.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(circle.Reason, Is.EqualTo("Schema $id: 'my.organization-a' has a circular dependency"));
            Assert.That(after.ContainsKey("items"), Is.False);
        });
    }

    [Test]
    public async Task A_schema_goes_by_version_or_whole_unless_it_is_used()
    {
        await _test.Owner.RegisterAsync("my.organization-a-1.0.0", []);
        await _test.Owner.RegisterAsync("my.organization-a-2.0.0", []);
        await _test.Owner.RegisterAsync("my.organization-b", SchemaWork.Schema("""{"items":{"$ref":"my.organization-a-1.0.0"}}"""));
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        await _test.Owner.BindAsync(project, "my.organization-a-2.0.0");

        var referenced = await _test.Owner.SendAsync("DELETE", Path + "my.organization-a-1.0.0");
        var bound = await _test.Owner.SendAsync("DELETE", Path + "my.organization-a-2.0.0");
        var whole = await _test.Owner.SendAsync("DELETE", Path + "my.organization-a");
        var foreign = await _test.Reader.SendAsync("DELETE", Path + "my.organization-b");
        var deleted = await _test.Owner.SendAsync("DELETE", Path + "my.organization-b");
        var freed = await _test.Owner.SendAsync("DELETE", Path + "my.organization-a-1.0.0");
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{project}/schema/binding");
        var last = await _test.Owner.SendAsync("DELETE", Path + "my.organization-a-2.0.0");
        var gone = await _test.Owner.SendAsync("GET", Path + "my.organization-a");

        Assert.Multiple(() =>
        {
            Assert.That(referenced.Reason, Is.EqualTo("Cannot delete a schema version that is referenced by another schema"));
            Assert.That(bound.Reason, Is.EqualTo("Cannot delete a schema version that is bound to an object"));
            Assert.That(whole.Reason, Is.EqualTo("Cannot delete a schema that is referenced by another schema"));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(freed.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(last.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [TestCase("""{"$id":"nodash"}""", "Invalid '$id' : 'nodash'")]
    [TestCase("""{"$id":"my.organization-a-1.0"}""", "Invalid '$id'")]
    [TestCase("""{"$id":"my.organization-a-01.0.0"}""", "Invalid '$id'")]
    [TestCase("""{}""", "schema.$id is required.")]
    [TestCase("""{"$id":"no.such.one-a"}""", "Organization with name: 'no.such.one' not found")]
    [TestCase("""{"$id":"my.organization-a","type":"thing"}""", "The value of 'type' in a JSON schema must be one of: array")]
    [TestCase("""{"$id":"my.organization-a","properties":[]}""", "The value of 'properties' in a JSON schema must be an object")]
    [TestCase("""{"$id":"my.organization-a","minLength":1.5}""", "The value of 'minLength' in a JSON schema must be an integer")]
    public async Task A_malformed_schema_is_refused(string schema, string reason)
    {
        var answer = await _test.Owner.JobAsync("/repo/v1/schema/type/create", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.schema.CreateSchemaRequest",
            ["schema"] = SchemaWork.Schema(schema),
        });

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.InRange(400, 404));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task Only_who_may_create_in_the_organization_registers()
    {
        var answer = await _test.Reader.RegisterAsync("my.organization-a", []);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Reason, Does.StartWith("You do not have CREATE permission for ORGANIZATION : "));
        });
    }

    [Test]
    public async Task Deep_nesting_is_refused()
    {
        var schema = new JsonObject();
        for (var i = 0; i < 57; i++)
        {
            schema = new JsonObject { ["not"] = schema };
        }

        var answer = await _test.Owner.RegisterAsync("my.organization-deep", schema);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.Contain("nested less deeply"));
        });
    }

    private static JsonObject Versions(string schema) => new() { ["organizationName"] = "my.organization", ["schemaName"] = schema };
}

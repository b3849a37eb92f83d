using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class SchemaValidationTests
{
    private const string Product = """
        {"type":"object","properties":{
          "productId":{"type":"integer","const":123},
          "productName":{"type":"string","const":"default product name"},
          "productDescription":{"type":"string"},
          "productQuantity":{"type":"integer"}}}
        """;

    private TestServer _test = null!;
    private string _project = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync(options => options with { IndexDelay = TimeSpan.Zero });
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        await _test.Owner.CreateOrganizationAsync();
        await _test.Owner.RegisterAsync("my.organization-product-0.0.1", SchemaWork.Schema(Product));
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_valid_entity_is_found_valid_under_its_etag()
    {
        var folder = await FolderAsync("f", ("productQuantity", "LONG", "100"));
        await _test.Owner.BindAsync(_project, "my.organization-product-0.0.1");

        var answer = await ResultAsync(folder);
        var entity = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{folder}");

        Assert.Multiple(() =>
        {
            Assert.That((bool)answer["isValid"]!, Is.True);
            Assert.That((string)answer["objectId"]!, Is.EqualTo(folder));
            Assert.That((string)answer["objectType"]!, Is.EqualTo("entity"));
            Assert.That((string)answer["objectEtag"]!, Is.EqualTo((string)entity["etag"]!));
            Assert.That((string)answer["schema$id"]!, Does.EndWith("repo/v1/schema/type/registered/my.organization-product-0.0.1"));
            Assert.That(answer.ContainsKey("validationException"), Is.False);
        });
    }

    [Test]
    public async Task Violations_are_told_as_the_official_client_reads_them()
    {
        var folder = await FolderAsync("f", ("productQuantity", "STRING", "invalid"), ("productDescription", "LONG", "200"));
        await _test.Owner.BindAsync(folder, "my.organization-product-0.0.1");

        var answer = await ResultAsync(folder);

        var exception = answer["validationException"]!;
        Assert.Multiple(() =>
        {
            Assert.That((bool)answer["isValid"]!, Is.False);
            Assert.That((string)answer["validationErrorMessage"]!, Is.EqualTo("2 schema violations found"));
            Assert.That(answer["allValidationMessages"]!.AsArray().Select(message => (string)message!), Is.EquivalentTo(new[]
            {
                "#/productQuantity: expected type: Integer, found: String",
                "#/productDescription: expected type: String, found: Long",
            }));
            Assert.That((string)exception["message"]!, Is.EqualTo("2 schema violations found"));
            Assert.That((string)exception["pointerToViolation"]!, Is.EqualTo("#"));
            Assert.That(exception["causingExceptions"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((string)exception["causingExceptions"]![0]!["keyword"]!, Is.EqualTo("type"));
        });
    }

    [Test]
    public async Task A_write_is_never_blocked_and_judged_again()
    {
        var folder = await FolderAsync("f", ("productQuantity", "LONG", "1"));
        await _test.Owner.BindAsync(_project, "my.organization-product-0.0.1");
        await ResultAsync(folder);

        await AnnotateAsync(folder, ("productQuantity", "STRING", "many"));
        var invalid = await _test.Owner.UntilAsync(Path(folder), answer => (bool?)answer.Json["isValid"] == false);
        await AnnotateAsync(folder, ("productQuantity", "LONG", "2"));
        var valid = await _test.Owner.UntilAsync(Path(folder), answer => (bool?)answer.Json["isValid"] == true);

        Assert.That(invalid.Json["objectEtag"]!.ToString(), Is.Not.EqualTo(valid.Json["objectEtag"]!.ToString()));
    }

    [Test]
    public async Task A_container_counts_its_children_and_lists_the_invalid_ones()
    {
        await FolderAsync("valid", ("productQuantity", "LONG", "1"));
        var wrong = await FolderAsync("invalid", ("productQuantity", "STRING", "x"));
        var before = await _test.Owner.DoAsync("GET", Path(_project) + "/statistics");
        await _test.Owner.BindAsync(_project, "my.organization-product-0.0.1");

        var after = await _test.Owner.UntilAsync(
            Path(_project) + "/statistics", answer => (long)answer.Json["numberOfUnknownChildren"]! == 0);
        var list = await _test.Owner.DoAsync("POST", Path(_project) + "/invalid", new JsonObject { ["containerId"] = _project });
        var foreign = await _test.Reader.SendAsync("GET", Path(_project) + "/statistics");

        Assert.Multiple(() =>
        {
            Assert.That((string)before["containerId"]!, Is.EqualTo(_project));
            Assert.That((long)before["numberOfUnknownChildren"]!, Is.EqualTo(2));
            Assert.That((long)after.Json["totalNumberOfChildren"]!, Is.EqualTo(2));
            Assert.That((long)after.Json["numberOfValidChildren"]!, Is.EqualTo(1));
            Assert.That((long)after.Json["numberOfInvalidChildren"]!, Is.EqualTo(1));
            Assert.That(list["page"]!.AsArray().Select(result => (string)result!["objectId"]!), Is.EqualTo(new[] { wrong }));
            Assert.That(list.ContainsKey("nextPageToken"), Is.False);
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Without_a_binding_there_are_no_results_also_after_it_went_or_the_entity_moved_away()
    {
        var folder = await FolderAsync("f");
        var inner = (string)(await _test.Owner.CreateFolderAsync("inner", folder))["id"]!;
        var other = (string)(await _test.Owner.CreateProjectAsync("Other"))["id"]!;
        var before = await _test.Owner.SendAsync("GET", Path(folder));
        await _test.Owner.BindAsync(_project, "my.organization-product-0.0.1");
        await ResultAsync(inner);

        var entity = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{folder}");
        entity["parentId"] = other;
        await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{folder}", entity);
        await _test.Owner.UntilAsync(Path(inner), answer => answer.Status == HttpStatusCode.NotFound);
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{_project}/schema/binding");
        await _test.Owner.UntilAsync(Path(_project), answer => answer.Status == HttpStatusCode.NotFound);

        Assert.That(before.Reason, Is.EqualTo($"ValidationResults do not exist for objectId: '{folder}' and objectType: 'entity'"));
    }

    [Test]
    public async Task A_new_version_of_a_schema_or_of_one_that_it_refers_to_is_judged_by()
    {
        await _test.Owner.RegisterAsync("my.organization-inner", SchemaWork.Schema("""{"type":"integer"}"""));
        await _test.Owner.RegisterAsync(
            "my.organization-outer", SchemaWork.Schema("""{"properties":{"a":{"$ref":"my.organization-inner"}}}"""));
        var folder = await FolderAsync("f", ("a", "LONG", "1"));
        await _test.Owner.BindAsync(folder, "my.organization-outer");
        await _test.Owner.UntilAsync(Path(folder), IsJudged(true));

        await _test.Owner.RegisterAsync("my.organization-inner", SchemaWork.Schema("""{"type":"string"}"""));
        var invalid = await _test.Owner.UntilAsync(Path(folder), IsJudged(false));

        Assert.That((string)invalid.Json["validationErrorMessage"]!, Is.EqualTo("expected type: String, found: Long"));
    }

    [Test]
    public async Task Constants_and_defaults_become_derived_annotations_of_what_is_valid()
    {
        await _test.Owner.RegisterAsync("my.organization-derived", SchemaWork.Schema("""
            {"properties":{"productId":{"type":"integer","const":123},"color":{"default":"red"},"own":{"const":"mine"}},
             "if":{"properties":{"kind":{"const":"x"}},"required":["kind"]},
             "then":{"properties":{"branch":{"const":"then"}}},"else":{"properties":{"branch":{"const":"else"}}}}
            """));
        var folder = await FolderAsync("f", ("own", "STRING", "mine"), ("kind", "STRING", "x"));
        await _test.Owner.BindAsync(folder, "my.organization-derived", derived: true);

        var keys = await _test.Owner.UntilAsync(
            $"/repo/v1/entity/{folder}/derivedKeys", answer => answer.Json["keys"]!.AsArray().Count > 0);
        var with = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{folder}/json?includeDerivedAnnotations=true");
        var without = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{folder}/json");
        var annotations = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{folder}/annotations2?includeDerived=true");
        await _test.Owner.BindAsync(folder, "my.organization-derived", derived: false);
        await _test.Owner.UntilAsync($"/repo/v1/entity/{folder}/derivedKeys", answer => answer.Json["keys"]!.AsArray().Count == 0);

        Assert.Multiple(() =>
        {
            Assert.That(
                keys.Json["keys"]!.AsArray().Select(key => (string)key!), Is.EquivalentTo(new[] { "productId", "color", "branch" }));
            Assert.That((long)with["productId"]!, Is.EqualTo(123));
            Assert.That((string)with["branch"]!, Is.EqualTo("then"));
            Assert.That(without.ContainsKey("productId"), Is.False);
            Assert.That((string)annotations["annotations"]!["productId"]!["type"]!, Is.EqualTo("LONG"));
        });
    }

    [Test]
    public async Task A_hostile_schema_neither_hangs_nor_stops_the_judging()
    {
        await _test.Owner.RegisterAsync("my.organization-regex", SchemaWork.Schema("""
            {"properties":{"a":{"pattern":"^(a+)+$(?=x)"},"b":{"pattern":"("}}}
            """));
        await _test.Owner.RegisterAsync("my.organization-loop", SchemaWork.Schema("""
            {"definitions":{"a":{"allOf":[{"$ref":"#/definitions/a"},{"$ref":"#/definitions/a"}]}},"$ref":"#/definitions/a"}
            """));
        var regex = await FolderAsync("regex", ("a", "STRING", new string('a', 60) + "!"), ("b", "STRING", "b"));
        var loop = await FolderAsync("loop");
        var fine = await FolderAsync("fine");
        await _test.Owner.BindAsync(regex, "my.organization-regex");
        await _test.Owner.BindAsync(loop, "my.organization-loop");
        await _test.Owner.BindAsync(fine, "my.organization-product-0.0.1");

        var matched = await _test.Owner.UntilAsync(Path(regex), IsJudged(false));
        var looped = await _test.Owner.UntilAsync(Path(loop), IsJudged(false));
        var judged = await _test.Owner.UntilAsync(Path(fine), IsJudged(true));

        Assert.Multiple(() =>
        {
            Assert.That((string)matched.Json["validationErrorMessage"]!, Is.EqualTo("2 schema violations found"));
            Assert.That(looped.Text, Does.Contain("subschema"));
            Assert.That(judged.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Schemas_bindings_and_results_are_there_after_a_restart()
    {
        var directory = TestServer.NewDirectory();
        string project;
        await using (var first = await TestServer.StartAsync(
            directory, options => options with { IndexDelay = TimeSpan.Zero }, TimeProvider.System, ownsDirectory: false))
        {
            project = (string)(await first.Owner.CreateProjectAsync())["id"]!;
            await first.Owner.CreateOrganizationAsync();
            await first.Owner.RegisterAsync("my.organization-product-0.0.1", SchemaWork.Schema(Product));
            await first.Owner.BindAsync(project, "my.organization-product-0.0.1");
            await first.Owner.UntilAsync(Path(project), IsJudged(true));
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        var result = await second.Owner.DoAsync("GET", Path(project));
        var binding = await second.Owner.DoAsync("GET", $"/repo/v1/entity/{project}/schema/binding");

        Assert.Multiple(() =>
        {
            Assert.That((bool)result["isValid"]!, Is.True);
            Assert.That((string)binding["jsonSchemaVersionInfo"]!["semanticVersion"]!, Is.EqualTo("0.0.1"));
        });
    }

    private static string Path(string entity) => $"/repo/v1/entity/{entity}/schema/validation";

    private static Func<Answer, bool> IsJudged(bool valid) =>
        answer => answer.Status == HttpStatusCode.OK && (bool)answer.Json["isValid"]! == valid;

    private async Task<JsonObject> ResultAsync(string entity) =>
        (await _test.Owner.UntilAsync(Path(entity), answer => answer.Status == HttpStatusCode.OK)).Json;

    private async Task<string> FolderAsync(string name, params (string Key, string Type, string Value)[] annotations)
    {
        var folder = (string)(await _test.Owner.CreateFolderAsync(name, _project))["id"]!;
        if (annotations.Length > 0)
        {
            await AnnotateAsync(folder, annotations);
        }

        return folder;
    }

    private async Task AnnotateAsync(string entity, params (string Key, string Type, string Value)[] annotations)
    {
        var etag = (string)(await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{entity}"))["etag"]!;
        var values = new JsonObject(annotations.Select(item => KeyValuePair.Create<string, JsonNode?>(
            item.Key, new JsonObject { ["type"] = item.Type, ["value"] = new JsonArray(item.Value) })));
        await _test.Owner.DoAsync(
            "PUT", $"/repo/v1/entity/{entity}/annotations2", new JsonObject { ["id"] = entity, ["etag"] = etag, ["annotations"] = values });
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class EntityViewTests
{
    [Test]
    public async Task Scopes_are_kept_as_bare_numbers()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;

        var made = await test.Owner.CreateAsync("table.EntityView", "view", project, ViewClient.View([project], mask: 1));
        var read = await test.Owner.DoAsync("GET", $"/repo/v1/entity/{made["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That((string)read["scopeIds"]![0]!, Is.EqualTo(project[3..]));
            Assert.That((long)read["viewTypeMask"]!, Is.EqualTo(1));
            Assert.That(read["columnIds"]!.AsArray(), Is.Empty);
            Assert.That((string)read["versionLabel"]!, Is.EqualTo("1"));
        });
    }

    [Test]
    public async Task A_bundle_tells_the_columns_of_a_view_and_of_nothing_else()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var column = (string)(await test.Owner.DoAsync("POST", "/repo/v1/column", new JsonObject { ["name"] = "age", ["columnType"] = "INTEGER" }))["id"]!;
        var view = await test.Owner.CreateAsync("table.EntityView", "view", project, ViewClient.View([project], mask: 1, column));
        var wanted = new JsonObject { ["includeEntity"] = true, ["includeTableBundle"] = true };

        var told = await test.Owner.DoAsync("POST", $"/repo/v1/entity/{view["id"]}/bundle2", wanted);
        var ofProject = await test.Owner.DoAsync("POST", $"/repo/v1/entity/{project}/bundle2", wanted.DeepClone().AsObject());

        Assert.Multiple(() =>
        {
            Assert.That((string)told["entity"]!["name"]!, Is.EqualTo("view"));
            Assert.That(told["tableBundle"]!["columnModels"]!.AsArray().Select(model => (string)model!["id"]!), Is.EqualTo(new[] { column }));
            Assert.That(ofProject["tableBundle"], Is.Null);
        });
    }

    [TestCase(3, "The Project type cannot be combined with any other type.")]
    [TestCase(null, "Either 'viewType' or 'viewTypeMask' must be provided")]
    public async Task A_mask_that_makes_no_view_is_refused(int? mask, string reason)
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var body = ViewClient.View([project], mask);
        body["concreteType"] = "org.sagebionetworks.repo.model.table.EntityView";
        body["name"] = "view";
        body["parentId"] = project;

        var refused = await test.Owner.SendAsync("POST", "/repo/v1/entity", body);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Is.EqualTo(reason));
        });
    }

    [TestCase("\"scopeIds\":\"syn1\"")]
    [TestCase("\"scopeIds\":[true]")]
    [TestCase("\"scopeIds\":[\"x\"]")]
    [TestCase("\"scopeIds\":[\"99999999999999999999999\"]")]
    [TestCase("\"viewTypeMask\":\"many\"")]
    [TestCase("\"columnIds\":[{}]")]
    [TestCase("\"type\":\"everything\",\"viewTypeMask\":null")]
    public async Task Fields_of_another_type_are_refused(string field)
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var body = JsonNode.Parse("{" + field + "}")!.AsObject();
        body["concreteType"] = "org.sagebionetworks.repo.model.table.EntityView";
        body["name"] = "view";
        body["parentId"] = project;
        if (!body.ContainsKey("viewTypeMask"))
        {
            body["viewTypeMask"] = 1;
        }

        var refused = await test.Owner.SendAsync("POST", "/repo/v1/entity", body);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest), refused.Text);
    }

    [Test]
    public async Task Columns_that_do_not_exist_are_refused()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var body = ViewClient.View([project], 1, "999999");
        body["concreteType"] = "org.sagebionetworks.repo.model.table.EntityView";
        body["name"] = "view";
        body["parentId"] = project;

        var refused = await test.Owner.SendAsync("POST", "/repo/v1/entity", body);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.NotFound), refused.Text);
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ViewColumnTests
{
    private const string Defaults = "/repo/v1/column/tableview/defaults";

    [TestCase("?viewTypeMask=1", 21)]
    [TestCase("?viewTypeMask=9", 21)]
    [TestCase("?viewTypeMask=8", 9)]
    [TestCase("?viewEntityType=entityview&viewTypeMask=2", 9)]
    [TestCase("?viewEntityType=dataset&viewTypeMask=128", 21)]
    [TestCase("?viewEntityType=datasetcollection", 12)]
    [TestCase("?viewEntityType=submissionview", 16)]
    [TestCase("/file", 21)]
    public async Task The_usual_columns_are_told_with_their_ids(string query, int count)
    {
        await using var test = await TestServer.StartAsync();

        var columns = (await test.Owner.DoAsync("GET", Defaults + query))["list"]!.AsArray();

        Assert.Multiple(() =>
        {
            Assert.That(columns, Has.Count.EqualTo(count));
            Assert.That(columns.Select(column => (string?)column!["id"]), Is.Unique.And.All.Not.Null);
            Assert.That((string)columns[1]!["name"]!, Is.EqualTo("name"));
            Assert.That((long)columns[1]!["maximumSize"]!, Is.EqualTo(256));
        });
    }

    [TestCase("")]
    [TestCase("?viewEntityType=table")]
    [TestCase("?viewTypeMask=x")]
    [TestCase("/everything")]
    public async Task Views_that_there_are_not_have_no_usual_columns(string query)
    {
        await using var test = await TestServer.StartAsync();

        var refused = await test.Owner.SendAsync("GET", Defaults + query);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Annotations_in_the_scope_suggest_columns()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var folder = (string)(await test.Owner.CreateFolderAsync("folder", project))["id"]!;
        var one = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        var two = await test.Owner.CreateFileAsync("two", folder, Encoding.ASCII.GetBytes("22"));
        await ViewClient.AnnotateAsync(test.Owner, one, ("tissue", "STRING", ["brain"]), ("age", "LONG", ["4"]), ("name", "STRING", ["x"]));
        await ViewClient.AnnotateAsync(
            test.Owner, two, ("tissue", "STRING", ["liver", "left kidney"]), ("age", "DOUBLE", ["1.5", "2"]),
            ("seen", "TIMESTAMP_MS", ["1"]));

        var answer = await ViewClient.SuggestAsync(test.Owner, [project], mask: 1);

        Assert.Multiple(() =>
        {
            Assert.That(
                answer["results"]!.AsArray().Select(
                    column => $"{column!["name"]} {column["columnType"]} {column["maximumSize"]} {column["maximumListLength"]}"),
                Is.EqualTo(new[] { "age DOUBLE  ", "age INTEGER  ", "seen DATE  ", "tissue STRING_LIST 11 2" }));
            Assert.That(answer["nextPageToken"], Is.Null);
            Assert.That(answer["results"]![0]!["id"], Is.Null);
        });
    }

    [Test]
    public async Task What_schemas_give_is_shown_by_views_and_suggested_when_asked_for()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        await ViewClient.AnnotateAsync(test.Owner, file, ("own", "STRING", ["mine"]));
        var view = await ViewQueryTests.ViewAsync(test.Owner, project, ("color", "STRING"), ("own", "STRING"), ("number", "INTEGER"));
        var sql = $"SELECT color, own, number FROM {view}";
        Assert.That(await ViewClient.QueryAsync(test.Owner, sql), Is.EqualTo(new[] { "|mine|" }));

        await test.Owner.CreateOrganizationAsync();
        await test.Owner.RegisterAsync("my.organization-given", SchemaWork.Schema("""
            {"properties":{"color":{"const":"red"},"number":{"type":"integer","const":7},"own":{"default":"theirs"}}}
            """));
        await test.Owner.BindAsync(project, "my.organization-given", derived: true);
        await ViewClient.UntilAsync(test.Owner, sql, "red|mine|7");
        var without = await ViewClient.SuggestAsync(test.Owner, [project], mask: 1);
        var with = await ViewClient.SuggestAsync(test.Owner, [project], mask: 1, withDerived: true);

        Assert.Multiple(() =>
        {
            Assert.That(without["results"]!.AsArray().Select(column => (string)column!["name"]!), Is.EqualTo(new[] { "own" }));
            Assert.That(
                with["results"]!.AsArray().Select(column => $"{column!["name"]} {column["columnType"]} {column["maximumSize"]}"),
                Is.EqualTo(new[] { "color STRING 3", "number INTEGER ", "own STRING 4" }));
        });
    }

    [Test]
    public async Task Suggestions_come_in_pages()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        await ViewClient.AnnotateAsync(test.Owner, file, ("a", "STRING", ["1"]), ("b", "STRING", ["1"]), ("c", "STRING", ["1"]));

        var first = await ViewClient.SuggestAsync(test.Owner, [project], 1, token: "2a0");
        var second = await ViewClient.SuggestAsync(test.Owner, [project], 1, (string)first["nextPageToken"]!);

        Assert.Multiple(() =>
        {
            Assert.That(first["results"]!.AsArray().Select(column => (string)column!["name"]!), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(second["results"]!.AsArray().Select(column => (string)column!["name"]!), Is.EqualTo(new[] { "c" }));
            Assert.That(second["nextPageToken"], Is.Null);
        });
    }

    [Test]
    public async Task Suggestions_for_no_scope_are_refused()
    {
        await using var test = await TestServer.StartAsync();

        var refused = await ViewClient.RunAsync(
            test.Owner, "/repo/v1/column/view/scope", new JsonObject
            {
                ["viewScope"] = new JsonObject { ["scope"] = new JsonArray(), ["viewTypeMask"] = 1 },
            });

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_call_that_did_not_wait_is_gone()
    {
        await using var test = await TestServer.StartAsync();

        var gone = await test.Owner.SendAsync("POST", "/repo/v1/column/view/scope", new JsonObject());

        Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.Gone));
    }
}

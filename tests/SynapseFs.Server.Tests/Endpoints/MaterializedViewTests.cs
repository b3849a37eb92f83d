using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class MaterializedViewTests
{
    [Test]
    public async Task The_columns_follow_from_the_query()
    {
        await using var test = await TestServer.StartAsync();
        var (project, table) = await TableAsync(test.Owner);

        var made = await test.Owner.CreateAsync("table.MaterializedView", "view", project, Sql($"SELECT name AS who, age FROM {table}"));
        var columns = await test.Owner.DoAsync("GET", $"/repo/v1/entity/{made["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That((string)made["definingSQL"]!, Is.EqualTo($"SELECT name AS who, age FROM {table}"));
            Assert.That(columns["columnIds"]!.AsArray(), Has.Count.EqualTo(2));
        });
    }

    [TestCase("", "The definingSQL of the materialized view is required and must not be the empty string.")]
    [TestCase("  ", "The definingSQL of the materialized view is required and must not be a blank string.")]
    [TestCase("SELECT * FROM EMPTY", "Schema for EMPTY is empty.")]
    [TestCase("SELECT * FROM PROJECT", "PROJECT is not a table or view")]
    [TestCase("SELECT name, count(*) FROM VIEW GROUP BY name",
        "The defining SQL of a materialized view with a view dependency cannot include a group by clause")]
    public async Task Queries_that_make_no_materialized_view_are_refused(string sql, string reason)
    {
        await using var test = await TestServer.StartAsync();
        var (project, _) = await TableAsync(test.Owner);
        var empty = (string)(await test.Owner.CreateAsync("table.TableEntity", "empty", project))["id"]!;
        var ids = await ViewClient.DefaultIdsAsync(test.Owner, 1);
        var view = (string)(await test.Owner.CreateAsync("table.EntityView", "files", project, ViewClient.View([project], 1, ids)))["id"]!;
        string Fill(string text) => text.Replace("EMPTY", empty, StringComparison.Ordinal)
            .Replace("PROJECT", project, StringComparison.Ordinal).Replace("VIEW", view, StringComparison.Ordinal);

        var refused = await CreateAsync(test.Owner, "MaterializedView", project, Fill(sql));

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Does.Contain(Fill(reason)));
        });
    }

    [Test]
    public async Task A_view_without_end_does_not_hold_up_the_end_of_the_server()
    {
        var test = await TestServer.StartAsync();
        var work = new TableWork(test.Owner);
        var table = await work.TableAsync(await work.ColumnAsync("n", "INTEGER"));
        await work.LoadAsync(table, "n\n" + string.Concat(Enumerable.Range(0, 5000).Select(row => $"{row}\n")));
        var project = (string)(await test.Owner.CreateProjectAsync("endless"))["id"]!;
        var sql = Sql($"SELECT count(*) AS c FROM {table} a JOIN {table} b JOIN {table} d");
        var view = (string)(await test.Owner.CreateAsync("table.MaterializedView", "view", project, sql))["id"]!;
        var query = new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.table.QueryBundleRequest",
            ["entityId"] = view,
            ["query"] = new JsonObject { ["sql"] = $"SELECT * FROM {view}" },
        };
        var job = (string)(await test.Owner.DoAsync("POST", $"/repo/v1/entity/{view}/table/query/async/start", query))["token"]!;
        var state = await test.Owner.SendAsync("GET", $"/repo/v1/entity/{view}/table/query/async/get/{job}");

        await test.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.That(state.Status, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task What_is_no_query_is_refused_where_it_begins_to_be_none()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;

        var refused = await CreateAsync(test.Owner, "MaterializedView", project, "INVALID SQL");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(
                refused.Reason,
                Does.StartWith("Encountered \" <regular_identifier> \"INVALID \"\" at line 1, column 1.\nWas expecting one of:"));
        });
    }

    [Test]
    public async Task A_source_that_is_not_there_is_not_found()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;

        var refused = await CreateAsync(test.Owner, "MaterializedView", project, "SELECT * FROM syn99999999");

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_circle_of_views_is_refused()
    {
        await using var test = await TestServer.StartAsync();
        var (project, table) = await TableAsync(test.Owner);
        var one = await test.Owner.CreateAsync("table.MaterializedView", "one", project, Sql($"SELECT * FROM {table}"));
        var two = await test.Owner.CreateAsync("table.MaterializedView", "two", project, Sql($"SELECT * FROM {one["id"]}"));

        one["definingSQL"] = $"SELECT * FROM {two["id"]}";
        var refused = await test.Owner.SendAsync("PUT", $"/repo/v1/entity/{one["id"]}", one);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Is.EqualTo("Defining SQL cannot reference itself"));
        });
    }

    [TestCase("materializedview", "SELECT * FROM TABLE", null)]
    [TestCase("virtualtable", "SELECT name FROM TABLE", null)]
    [TestCase("virtualtable", "SELECT a.name FROM TABLE a JOIN TABLE b ON (a.name = b.name)",
        "The JOIN keyword is not supported in this context")]
    [TestCase("virtualtable", null, "The definingSQL of the virtual table is required and must not be the empty string.")]
    public async Task A_defining_query_can_be_tried(string type, string? sql, string? reason)
    {
        await using var test = await TestServer.StartAsync();
        var (_, table) = await TableAsync(test.Owner);
        var body = new JsonObject { ["definingSql"] = sql?.Replace("TABLE", table, StringComparison.Ordinal), ["entityType"] = type };

        var answer = await test.Owner.DoAsync("POST", "/repo/v1/validateDefiningSql", body);

        Assert.Multiple(() =>
        {
            Assert.That((bool)answer["isValid"]!, Is.EqualTo(reason is null));
            Assert.That((string?)answer["invalidReason"], Is.EqualTo(reason));
        });
    }

    [TestCase(null)]
    [TestCase("table")]
    public async Task Only_what_has_a_defining_query_can_be_tried(string? type)
    {
        await using var test = await TestServer.StartAsync();

        var refused = await test.Owner.SendAsync(
            "POST", "/repo/v1/validateDefiningSql", new JsonObject { ["definingSql"] = "SELECT 1", ["entityType"] = type });

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    internal static async Task<(string Project, string Table)> TableAsync(TestClient client, string name = "Project")
    {
        var project = (string)(await client.CreateProjectAsync(name))["id"]!;
        var ids = await ViewClient.ColumnsAsync(client, ("name", "STRING"), ("age", "INTEGER"));
        var table = await client.CreateAsync("table.TableEntity", "table", project, new JsonObject
        {
            ["columnIds"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]),
        });
        return (project, (string)table["id"]!);
    }

    internal static JsonObject Sql(string sql) => new() { ["definingSQL"] = sql };

    internal static Task<Answer> CreateAsync(TestClient client, string type, string parent, string sql)
    {
        var body = Sql(sql);
        body["concreteType"] = $"org.sagebionetworks.repo.model.table.{type}";
        body["name"] = "defined";
        body["parentId"] = parent;
        return client.SendAsync("POST", "/repo/v1/entity", body);
    }
}

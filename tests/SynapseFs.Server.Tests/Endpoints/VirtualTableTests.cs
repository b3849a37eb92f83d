using System.Net;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class VirtualTableTests
{
    [Test]
    public async Task The_columns_follow_from_the_query()
    {
        await using var test = await TestServer.StartAsync();
        var (project, table) = await MaterializedViewTests.TableAsync(test.Owner);

        var made = await test.Owner.CreateAsync(
            "table.VirtualTable", "virtual", project, MaterializedViewTests.Sql($"SELECT age FROM {table}"));
        made["definingSQL"] = $"SELECT * FROM {table}";
        var updated = await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{made["id"]}", made);

        Assert.Multiple(() =>
        {
            Assert.That(made["columnIds"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(updated["columnIds"]!.AsArray(), Has.Count.EqualTo(2));
        });
    }

    [TestCase("", "The definingSQL of the virtual table is required and must not be the empty string.")]
    [TestCase("SELECT a.name FROM TABLE a JOIN TABLE b ON (a.name = b.name)", "The JOIN keyword is not supported in this context")]
    [TestCase("SELECT name FROM TABLE UNION SELECT name FROM TABLE", "Encountered \" \"UNION\" \"UNION \"\" at line 1, column 2")]
    [TestCase("INVALID SQL", "Encountered \" <regular_identifier> \"INVALID \"\" at line 1, column 1.\nWas expecting one of:")]
    [TestCase("SELECT * FROM EMPTY", "Schema for EMPTY is empty.")]
    public async Task Queries_that_make_no_virtual_table_are_refused(string sql, string reason)
    {
        await using var test = await TestServer.StartAsync();
        var (project, table) = await MaterializedViewTests.TableAsync(test.Owner);
        var empty = (string)(await test.Owner.CreateAsync("table.TableEntity", "empty", project))["id"]!;
        string Fill(string text) =>
            text.Replace("EMPTY", empty, StringComparison.Ordinal).Replace("TABLE", table, StringComparison.Ordinal);

        var refused = await MaterializedViewTests.CreateAsync(test.Owner, "VirtualTable", project, Fill(sql));

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Does.StartWith(Fill(reason)));
        });
    }

    [Test]
    public async Task One_that_refers_to_itself_is_refused()
    {
        await using var test = await TestServer.StartAsync();
        var (project, table) = await MaterializedViewTests.TableAsync(test.Owner);
        var made = await test.Owner.CreateAsync(
            "table.VirtualTable", "virtual", project, MaterializedViewTests.Sql($"SELECT age FROM {table}"));

        made["definingSQL"] = $"SELECT * FROM {made["id"]}";
        var refused = await test.Owner.SendAsync("PUT", $"/repo/v1/entity/{made["id"]}", made);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Is.EqualTo("Defining SQL cannot reference itself"));
        });
    }

    [Test]
    public async Task A_circle_by_way_of_another_entity_is_refused()
    {
        await using var test = await TestServer.StartAsync();
        var (project, table) = await MaterializedViewTests.TableAsync(test.Owner);
        var inner = await test.Owner.CreateAsync(
            "table.VirtualTable", "inner", project, MaterializedViewTests.Sql($"SELECT age FROM {table}"));
        var outer = await test.Owner.CreateAsync(
            "table.VirtualTable", "outer", project, MaterializedViewTests.Sql($"SELECT age FROM {inner["id"]}"));

        inner["definingSQL"] = $"SELECT age FROM {outer["id"]}";
        var refused = await test.Owner.SendAsync("PUT", $"/repo/v1/entity/{inner["id"]}", inner);

        Assert.That(refused.Reason, Is.EqualTo("Defining SQL cannot reference itself"));
    }
}

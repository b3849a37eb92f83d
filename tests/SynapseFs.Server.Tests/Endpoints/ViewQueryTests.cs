using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ViewQueryTests
{
    [Test]
    public async Task A_view_shows_fields_and_annotations_of_what_lies_in_its_scope()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var folder = (string)(await test.Owner.CreateFolderAsync("folder", project))["id"]!;
        var one = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        var two = await test.Owner.CreateFileAsync("two", folder, Encoding.ASCII.GetBytes("22"));
        await ViewClient.AnnotateAsync(
            test.Owner, two, ("tissue", "STRING", ["brain", "liver"]), ("age", "LONG", ["4"]), ("good", "BOOLEAN", ["true"]));
        var view = await ViewAsync(test.Owner, project, ("tissue", "STRING_LIST"), ("age", "DOUBLE"), ("good", "BOOLEAN"));

        var rows = await ViewClient.QueryAsync(
            test.Owner,
            $"SELECT id, name, path, parentId, projectId, type, dataFileSizeBytes, tissue, age, good FROM {view} ORDER BY name");

        Assert.That(rows, Is.EqualTo(new[]
        {
            $"{one["id"]}|one|Project/one|{project}|{project}|file|1|||",
            $"{two["id"]}|two|Project/folder/two|{folder}|{project}|file|2|[\"brain\",\"liver\"]|4|true",
        }));
    }

    [Test]
    public async Task A_view_follows_what_is_made_changed_moved_trashed_and_restored()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var elsewhere = (string)(await test.Owner.CreateProjectAsync("Elsewhere"))["id"]!;
        var folder = await test.Owner.CreateFolderAsync("folder", project);
        var view = await ViewAsync(test.Owner, project);
        var names = $"SELECT name, path FROM {view} ORDER BY name";
        Assert.That(await ViewClient.QueryAsync(test.Owner, names), Is.Empty);

        var file = await test.Owner.CreateFileAsync("one", (string)folder["id"]!, Encoding.ASCII.GetBytes("1"));
        await ViewClient.UntilAsync(test.Owner, names, "one|Project/folder/one");
        file["name"] = "uno";
        file = await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{file["id"]}", file);
        await ViewClient.UntilAsync(test.Owner, names, "uno|Project/folder/uno");
        folder["name"] = "other";
        folder = await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{folder["id"]}", folder);
        await ViewClient.UntilAsync(test.Owner, names, "uno|Project/other/uno");
        folder["parentId"] = elsewhere;
        folder = await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{folder["id"]}", folder);
        await ViewClient.UntilAsync(test.Owner, names);
        folder["parentId"] = project;
        await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{folder["id"]}", folder);
        await ViewClient.UntilAsync(test.Owner, names, "uno|Project/other/uno");
        await test.Owner.SendAsync("DELETE", $"/repo/v1/entity/{folder["id"]}");
        await ViewClient.UntilAsync(test.Owner, names);
        await test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/restore/{folder["id"]}");
        await ViewClient.UntilAsync(test.Owner, names, "uno|Project/other/uno");
        await test.Owner.SendAsync("DELETE", $"/repo/v1/entity/{file["id"]}");
        await ViewClient.UntilAsync(test.Owner, names);
    }

    [Test]
    public async Task Each_caller_sees_the_rows_that_it_may_read()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var secret = (string)(await test.Owner.CreateFolderAsync("secret", project))["id"]!;
        await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        await test.Owner.CreateFileAsync("two", secret, Encoding.ASCII.GetBytes("22"));
        var reader = test.Server.Accounts[0].PrincipalId;
        await test.Owner.ShareAsync(project, reader, "READ");
        var view = await ViewAsync(test.Owner, project);
        var names = $"SELECT name FROM {view} ORDER BY name";
        Assert.That(await ViewClient.QueryAsync(test.Reader, names), Is.EqualTo(new[] { "one", "two" }));

        await test.Owner.ShareAsync(secret, test.Server.FirstUser.PrincipalId, "READ");
        await ViewClient.UntilAsync(test.Reader, names, "one");

        Assert.That(await ViewClient.QueryAsync(test.Owner, names), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task A_view_without_read_is_refused()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var view = await ViewAsync(test.Owner, project);

        var refused = await ViewClient.TryQueryAsync(test.Reader, $"SELECT * FROM {view}");

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task An_annotation_without_room_in_its_column_fails_the_view_until_there_is_room()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        await ViewClient.AnnotateAsync(test.Owner, file, ("note", "STRING", [new string('x', 60)]));
        var view = await ViewAsync(test.Owner, project, ("note", "STRING"));

        var refused = await ViewClient.TryQueryAsync(test.Owner, $"SELECT note FROM {view}");
        await ViewClient.AnnotateAsync(test.Owner, file, ("note", "STRING", ["short"]));

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(
                refused.Reason,
                Is.EqualTo("The size of the column 'note' is too small.  The column size needs to be at least 60 characters."));
        });
        Assert.That(await ViewClient.QueryAsync(test.Owner, $"SELECT note FROM {view}"), Is.EqualTo(new[] { "short" }));
    }

    [Test]
    public async Task A_dataset_shows_the_versions_that_it_pins()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        file["dataFileHandleId"] = await test.Owner.UploadAsync("one", Encoding.ASCII.GetBytes("333"));
        file.Remove("versionLabel");
        await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{file["id"]}?newVersion=true", file);
        var ids = await ViewClient.DefaultIdsAsync(test.Owner, 1);
        var set = await test.Owner.CreateAsync("table.Dataset", "set", project, new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["entityId"] = (string)file["id"]!, ["versionNumber"] = 1 }),
            ["columnIds"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]),
        });

        var rows = await ViewClient.QueryAsync(test.Owner, $"SELECT name, dataFileSizeBytes, currentVersion FROM {set["id"]}");

        Assert.That(rows, Is.EqualTo(new[] { "one|1|2" }));
    }

    [Test]
    public async Task A_materialized_view_joins_and_follows_its_sources()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        var view = await ViewAsync(test.Owner, project);
        var columns = await ViewClient.ColumnsAsync(test.Owner, ("file", "ENTITYID"), ("score", "INTEGER"));
        var table = (string)(await test.Owner.CreateAsync("table.TableEntity", "scores", project, new JsonObject
        {
            ["columnIds"] = new JsonArray([.. columns.Select(id => (JsonNode)id)]),
        }))["id"]!;
        var joined = await test.Owner.CreateAsync("table.MaterializedView", "joined", project, MaterializedViewTests.Sql(
            $"SELECT v.id AS id, v.name AS name, t.score AS score FROM {view} v LEFT JOIN {table} t ON (v.id = t.file)"));
        var query = $"SELECT id, name, score FROM {joined["id"]}";
        Assert.That(await ViewClient.QueryAsync(test.Owner, query), Is.EqualTo(new[] { $"{file["id"]}|one|" }));

        await ViewClient.ChangeAsync(test.Owner, table, ViewClient.Rows(table, columns, [[(string)file["id"]!, "7"]]));
        await ViewClient.UntilAsync(test.Owner, query, $"{file["id"]}|one|7");
        await test.Owner.ShareAsync((string)joined["id"]!, test.Server.Accounts[0].PrincipalId, "READ");
        var refused = await ViewClient.TryQueryAsync(test.Reader, query);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden), "a source may not be read");
    }

    [TestCase("UNION", "ada|36", "bob|7", "eve|1")]
    [TestCase("UNION ALL", "ada|36", "ada|36", "bob|7", "eve|1")]
    [TestCase("UNION DISTINCT", "ada|36", "bob|7", "eve|1")]
    public async Task A_materialized_view_unites_tables_and_follows_them(string union, params string[] rows)
    {
        await using var test = await ViewClient.StartAsync();
        var (project, one) = await MaterializedViewTests.TableAsync(test.Owner);
        var (_, two) = await MaterializedViewTests.TableAsync(test.Owner, "Another");
        var columns = (await test.Owner.DoAsync("GET", $"/repo/v1/entity/{one}"))["columnIds"]!.AsArray().Select(id => (string)id!).ToArray();
        await ViewClient.ChangeAsync(test.Owner, one, ViewClient.Rows(one, columns, [["ada", "36"], ["bob", "7"]]));
        await ViewClient.ChangeAsync(test.Owner, two, ViewClient.Rows(two, columns, [["ada", "36"]]));
        var all = await test.Owner.CreateAsync("table.MaterializedView", "all", project, MaterializedViewTests.Sql(
            $"SELECT name, age FROM {one} {union} SELECT name, age FROM {two}"));
        var sql = $"SELECT * FROM {all["id"]} ORDER BY name, age";
        Assert.That(await ViewClient.QueryAsync(test.Owner, sql), Is.EqualTo(rows[..^1]));

        await ViewClient.ChangeAsync(test.Owner, two, ViewClient.Rows(two, columns, [["eve", "1"]]));
        await ViewClient.UntilAsync(test.Owner, sql, rows);
    }

    [Test]
    public async Task A_united_view_shows_each_row_to_those_who_may_read_it()
    {
        await using var test = await ViewClient.StartAsync();
        var open = (string)(await test.Owner.CreateProjectAsync("Open"))["id"]!;
        var secret = (string)(await test.Owner.CreateProjectAsync("Secret"))["id"]!;
        var reader = test.Server.Accounts[0].PrincipalId;
        await test.Owner.CreateFileAsync("one", open, Encoding.ASCII.GetBytes("1"));
        await test.Owner.CreateFileAsync("two", secret, Encoding.ASCII.GetBytes("22"));
        await test.Owner.ShareAsync(open, reader, "READ");
        var ids = await ViewClient.DefaultIdsAsync(test.Owner, 1);
        var first = (string)(await test.Owner.CreateAsync("table.EntityView", "first", open, ViewClient.View([open], 1, ids)))["id"]!;
        var second = (string)(await test.Owner.CreateAsync("table.EntityView", "second", open, ViewClient.View([secret], 1, ids)))["id"]!;
        var all = (string)(await test.Owner.CreateAsync("table.MaterializedView", "all", open, MaterializedViewTests.Sql(
            $"SELECT id, name FROM {first} UNION SELECT id, name FROM {second}")))["id"]!;

        var owners = await ViewClient.QueryAsync(test.Owner, $"SELECT name FROM {all} ORDER BY name");
        var readers = await ViewClient.QueryAsync(test.Reader, $"SELECT name FROM {all} ORDER BY name");

        Assert.Multiple(() =>
        {
            Assert.That(owners, Is.EqualTo(new[] { "one", "two" }));
            Assert.That(readers, Is.EqualTo(new[] { "one" }));
        });
    }

    [Test]
    public async Task The_texts_of_a_view_are_searched_where_that_is_enabled()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        await test.Owner.CreateFileAsync("two", project, Encoding.ASCII.GetBytes("22"));
        await ViewClient.AnnotateAsync(test.Owner, file, ("tissue", "STRING", ["Frontal lobe"]), ("tags", "STRING", ["left", "Right"]));
        var view = await ViewAsync(test.Owner, project, ("tissue", "STRING"), ("tags", "STRING_LIST"));

        var refused = await ViewClient.TryQueryAsync(test.Owner, $"SELECT name FROM {view} WHERE TEXT_MATCHES('lobe')");
        var body = await test.Owner.DoAsync("GET", $"/repo/v1/entity/{view}");
        body["isSearchEnabled"] = true;
        await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{view}", body);
        var found = await ViewClient.QueryAsync(test.Owner, $"SELECT name FROM {view} WHERE TEXT_MATCHES('lobe')");
        var inList = await ViewClient.QueryAsync(test.Owner, $"SELECT name FROM {view} WHERE TEXT_MATCHES('right')");
        var none = await ViewClient.QueryAsync(test.Owner, $"SELECT name FROM {view} WHERE TEXT_MATCHES('nowhere')");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(found, Is.EqualTo(new[] { "one" }));
            Assert.That(inList, Is.EqualTo(new[] { "one" }));
            Assert.That(none, Is.Empty);
        });
    }

    [Test]
    public async Task A_virtual_table_is_its_query_put_into_the_query()
    {
        await using var test = await ViewClient.StartAsync();
        var (project, table) = await MaterializedViewTests.TableAsync(test.Owner);
        var columns = (await test.Owner.DoAsync("GET", $"/repo/v1/entity/{table}"))["columnIds"]!.AsArray().Select(
            id => (string)id!).ToArray();
        await ViewClient.ChangeAsync(test.Owner, table, ViewClient.Rows(table, columns, [["ada", "36"], ["bob", "7"]]));
        var adults = await test.Owner.CreateAsync(
            "table.VirtualTable", "adults", project, MaterializedViewTests.Sql($"SELECT name FROM {table} WHERE age > 17"));

        var rows = await ViewClient.QueryAsync(test.Owner, $"SELECT * FROM {adults["id"]}");
        var refused = await ViewClient.RunAsync(
            test.Owner, $"/repo/v1/entity/{adults["id"]}/table/transaction", ViewClient.Rows((string)adults["id"]!, columns, [["x", "1"]]));

        Assert.Multiple(() =>
        {
            Assert.That(rows, Is.EqualTo(new[] { "ada" }));
            Assert.That(refused.Reason, Is.EqualTo("Unsupported type: virtualtable"));
        });
    }

    [Test]
    public async Task A_thousand_files_make_a_view()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var handle = await test.Owner.UploadAsync("one", Encoding.ASCII.GetBytes("1"));
        for (var i = 0; i < 1000; i++)
        {
            await test.Owner.CreateAsync("FileEntity", $"file{i:0000}", project, new JsonObject { ["dataFileHandleId"] = handle });
        }

        var view = await ViewAsync(test.Owner, project);
        var count = await ViewClient.QueryAsync(test.Owner, $"SELECT count(*) FROM {view}");

        Assert.That(count, Is.EqualTo(new[] { "1000" }));
    }

    internal static async Task<string> ViewAsync(TestClient client, string scope, params (string Name, string Type)[] columns)
    {
        var ids = (await ViewClient.DefaultIdsAsync(client, 1)).Concat(
            columns.Length > 0 ? await ViewClient.ColumnsAsync(client, columns) : []);
        return (string)(await client.CreateAsync("table.EntityView", "view", scope, ViewClient.View([scope], 1, [.. ids])))["id"]!;
    }
}

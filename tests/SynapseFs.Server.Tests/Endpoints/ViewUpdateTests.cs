using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ViewUpdateTests
{
    [Test]
    public async Task Rows_of_a_view_change_annotations_each_for_itself()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var one = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        var two = await test.Owner.CreateFileAsync("two", project, Encoding.ASCII.GetBytes("22"));
        var three = await test.Owner.CreateFileAsync("three", project, Encoding.ASCII.GetBytes("333"));
        var columns = await ViewClient.ColumnsAsync(test.Owner, ("age", "INTEGER"), ("tags", "STRING_LIST"), ("seen", "DATE"));
        var view = await test.Owner.CreateAsync("table.EntityView", "view", project, ViewClient.View([project], 1, columns));

        var answer = await ViewClient.ChangeAsync(test.Owner, (string)view["id"]!, Partial(
            (string)view["id"]!,
            Row(one, (string)one["etag"]!, (columns[0], 4), (columns[1], "[\"a\",\"b\"]"), (columns[2], "2026-01-02T03:04:05.000Z")),
            Row(two, "stale", (columns[0], "4")),
            Row(three, null, (columns[0], "4")),
            Row(new JsonObject { ["id"] = "syn99999999" }, "x", (columns[0], "4")),
            Row(three, (string)three["etag"]!, (columns[0], "four"))));
        var results = answer["results"]![0]!["updateResults"]!.AsArray();
        var annotations = (await test.Owner.DoAsync("GET", $"/repo/v1/entity/{one["id"]}/annotations2"))["annotations"]!;

        Assert.Multiple(() =>
        {
            Assert.That(
                (string)answer["results"]![0]!["concreteType"]!, Is.EqualTo("org.sagebionetworks.repo.model.table.EntityUpdateResults"));
            Assert.That(
                results.Select(result => (string?)result!["failureCode"]),
                Is.EqualTo(new[] { null, "CONCURRENT_UPDATE", "ILLEGAL_ARGUMENT", "NOT_FOUND", "ILLEGAL_ARGUMENT" }));
            Assert.That((string)results[0]!["entityId"]!, Is.EqualTo((string)one["id"]!));
            Assert.That((string)annotations["age"]!["type"]!, Is.EqualTo("LONG"));
            Assert.That((string)annotations["age"]!["value"]![0]!, Is.EqualTo("4"));
            Assert.That(annotations["tags"]!["value"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((string)annotations["seen"]!["type"]!, Is.EqualTo("TIMESTAMP_MS"));
            Assert.That((string)annotations["seen"]!["value"]![0]!, Is.EqualTo("1767323045000"));
        });
    }

    [Test]
    public async Task A_CSV_changes_annotations_where_its_etags_are_fresh()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var one = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        var two = await test.Owner.CreateFileAsync("two", project, Encoding.ASCII.GetBytes("22"));
        var view = await ViewQueryTests.ViewAsync(test.Owner, project, ("age", "INTEGER"), ("tags", "STRING_LIST"), ("note", "STRING"));
        await ViewClient.AnnotateAsync(test.Owner, two, ("note", "STRING", ["kept"]));
        var work = new TableWork(test.Owner);

        var answer = await work.LoadAsync(
            view,
            "ROW_ID,ROW_VERSION,ROW_ETAG,age,tags,note\n"
            + $"{Number(one)},1,{one["etag"]},4,\"[\"\"a\"\",\"\"b\"\"]\",\n"
            + $"{Number(two)},1,{two["etag"]},5,,\n");
        var byColumn = await work.LoadAsync(view, $"ROW_ID,ROW_VERSION,etag,age\n{Number(two)},1,{await EtagAsync(test, two)},6\n");

        Assert.Multiple(() =>
        {
            Assert.That(
                answer["updateResults"]!.AsArray().Select(result => (string?)result!["failureCode"]),
                Is.EqualTo(new[] { null, "CONCURRENT_UPDATE" }));
            Assert.That((string?)byColumn["updateResults"]![0]!["failureCode"], Is.Null);
        });
        await ViewClient.UntilAsync(
            test.Owner, $"SELECT age, tags, note FROM {view} ORDER BY name", "4|[\"a\",\"b\"]|", "6||kept");
    }

    [Test]
    public async Task A_row_set_changes_all_annotations_that_its_headers_name()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var one = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        await ViewClient.AnnotateAsync(test.Owner, one, ("age", "LONG", ["3"]), ("note", "STRING", ["old"]), ("far", "STRING", ["x"]));
        var columns = await ViewClient.ColumnsAsync(test.Owner, ("age", "INTEGER"), ("note", "STRING"));
        var view = (string)(await test.Owner.CreateAsync("table.EntityView", "view", project, ViewClient.View([project], 1, columns)))["id"]!;
        var change = TableWork.Rows(view, columns, (Number(one), 1, new JsonArray("4", null)));
        change["toAppend"]!["rows"]![0]!["etag"] = await EtagAsync(test, one);

        var answer = await new TableWork(test.Owner).ChangeAsync(view, change);
        var annotations = (await test.Owner.DoAsync("GET", $"/repo/v1/entity/{one["id"]}/annotations2"))["annotations"]!.AsObject();

        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["updateResults"]![0]!["failureCode"], Is.Null);
            Assert.That(annotations.Select(pair => pair.Key), Is.EquivalentTo(new[] { "age", "far" }));
            Assert.That((string)annotations["age"]!["value"]![0]!, Is.EqualTo("4"));
        });
    }

    [Test]
    public async Task A_null_takes_the_annotation_away_and_fields_are_left_alone()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        var etag = (string)(await ViewClient.AnnotateAsync(test.Owner, file, ("age", "LONG", ["4"]), ("kept", "STRING", ["x"])))["etag"]!;
        var columns = (await ViewClient.ColumnsAsync(test.Owner, ("age", "INTEGER")))
            .Concat(await ViewClient.DefaultIdsAsync(test.Owner, 1)).ToArray();
        var view = await test.Owner.CreateAsync("table.EntityView", "view", project, ViewClient.View([project], 1, columns));

        await ViewClient.ChangeAsync(test.Owner, (string)view["id"]!, Partial(
            (string)view["id"]!, Row(file, etag, (columns[0], null), (columns[2], "renamed"))));
        var annotations = (await test.Owner.DoAsync("GET", $"/repo/v1/entity/{file["id"]}/annotations2"))["annotations"]!.AsObject();
        var entity = await test.Owner.DoAsync("GET", $"/repo/v1/entity/{file["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That(annotations.Select(pair => pair.Key), Is.EqualTo(new[] { "kept" }));
            Assert.That((string)entity["name"]!, Is.EqualTo("one"));
        });
    }

    [Test]
    public async Task The_columns_of_a_view_change_in_a_transaction()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var columns = await ViewClient.ColumnsAsync(test.Owner, ("a", "STRING"), ("b", "INTEGER"));
        var view = (string)(
            await test.Owner.CreateAsync("table.EntityView", "view", project, ViewClient.View([project], 1, columns[0])))["id"]!;

        var answer = await ViewClient.ChangeAsync(test.Owner, view, new JsonObject
        {
            ["changes"] = new JsonArray(new JsonObject
            {
                ["concreteType"] = "org.sagebionetworks.repo.model.table.TableSchemaChangeRequest",
                ["entityId"] = view,
                ["changes"] = new JsonArray(new JsonObject { ["oldColumnId"] = columns[0], ["newColumnId"] = columns[1] }),
            }),
        });
        var read = await test.Owner.DoAsync("GET", $"/repo/v1/entity/{view}");

        Assert.Multiple(() =>
        {
            Assert.That((string)answer["results"]![0]!["schema"]![0]!["name"]!, Is.EqualTo("b"));
            Assert.That((string)read["columnIds"]![0]!, Is.EqualTo(columns[1]));
        });
    }

    [Test]
    public async Task A_snapshot_keeps_the_rows_of_its_time_also_without_the_index()
    {
        var directory = TestServer.NewDirectory();
        string view, file;
        await using (var first = await TestServer.StartAsync(directory, ViewClient.Fast, TimeProvider.System, ownsDirectory: false))
        {
            var project = (string)(await first.Owner.CreateProjectAsync())["id"]!;
            var made = await first.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
            file = (string)made["id"]!;
            view = await ViewQueryTests.ViewAsync(first.Owner, project);
            var taken = await ViewClient.ChangeAsync(first.Owner, view, new JsonObject
            {
                ["createSnapshot"] = true,
                ["snapshotOptions"] = new JsonObject { ["snapshotLabel"] = "v1", ["snapshotComment"] = "first" },
            });
            Assert.That((long)taken["snapshotVersionNumber"]!, Is.EqualTo(1));
            made["name"] = "uno";
            await first.Owner.DoAsync("PUT", $"/repo/v1/entity/{file}", made);
        }

        File.Delete(Path.Combine(directory, "tables.db"));
        await using var second = await TestServer.StartAsync(directory, ViewClient.Fast, TimeProvider.System, ownsDirectory: true);
        var frozen = await ViewClient.QueryAsync(second.Owner, $"SELECT id, name FROM {view}.1");
        var living = await ViewClient.QueryAsync(second.Owner, $"SELECT id, name FROM {view}");
        var version = await second.Owner.DoAsync("GET", $"/repo/v1/entity/{view}/version/1");
        var current = await second.Owner.DoAsync("GET", $"/repo/v1/entity/{view}");

        Assert.Multiple(() =>
        {
            Assert.That(frozen, Is.EqualTo(new[] { $"{file}|one" }));
            Assert.That(living, Is.EqualTo(new[] { $"{file}|uno" }));
            Assert.That((string)version["versionLabel"]!, Is.EqualTo("v1"));
            Assert.That((string)current["versionLabel"]!, Is.EqualTo("in progress"));
            Assert.That((long)current["versionNumber"]!, Is.EqualTo(2));
        });
    }

    [TestCase("EntityView", "You cannot create a version of a view that has no scope.")]
    [TestCase("Dataset", "You cannot create a version of an empty Dataset. Add files to this Dataset before creating a version.")]
    public async Task Nothing_makes_no_snapshot(string type, string reason)
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var view = (string)(await test.Owner.CreateAsync($"table.{type}", "view", project, new JsonObject { ["viewTypeMask"] = 1 }))["id"]!;

        var refused = await ViewClient.RunAsync(
            test.Owner, $"/repo/v1/entity/{view}/table/transaction", new JsonObject { ["createSnapshot"] = true });

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task Who_may_not_update_the_view_changes_nothing()
    {
        await using var test = await ViewClient.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        await test.Owner.ShareAsync(project, test.Server.Accounts[0].PrincipalId, "READ");
        var view = await ViewQueryTests.ViewAsync(test.Owner, project);

        var refused = await ViewClient.RunAsync(
            test.Reader, $"/repo/v1/entity/{view}/table/transaction", new JsonObject { ["createSnapshot"] = true });

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static long Number(JsonObject entity) =>
        long.Parse(((string)entity["id"]!)[3..], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> EtagAsync(TestServer test, JsonObject entity) =>
        (string)(await test.Owner.DoAsync("GET", $"/repo/v1/entity/{entity["id"]}"))["etag"]!;

    private static JsonObject Partial(string view, params JsonObject[] rows) => new()
    {
        ["changes"] = new JsonArray(new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.table.AppendableRowSetRequest",
            ["entityId"] = view,
            ["toAppend"] = new JsonObject
            {
                ["concreteType"] = "org.sagebionetworks.repo.model.table.PartialRowSet",
                ["tableId"] = view,
                ["rows"] = new JsonArray([.. rows]),
            },
        }),
    };

    private static JsonObject Row(JsonObject entity, string? etag, params (string Column, JsonNode? Value)[] values) => new()
    {
        ["rowId"] = long.Parse(((string)entity["id"]!)[3..], System.Globalization.CultureInfo.InvariantCulture),
        ["etag"] = etag,
        ["values"] = new JsonArray(
            [.. values.Select(value => (JsonNode)new JsonObject { ["key"] = value.Column, ["value"] = value.Value })]),
    };
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;
using static SynapseFs.Server.Tests.Support.TableWork;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>Table entities, their schemas and snapshots.</summary>
public sealed class TableTests
{
    private TestServer _test = null!;
    private TableWork _work = null!;
    private string _name = null!;
    private string _age = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _work = new TableWork(_test.Owner);
        _name = await _work.ColumnAsync("name", "STRING");
        _age = await _work.ColumnAsync("age", "INTEGER");
    }

    [OneTimeTearDown]
    public ValueTask StopAsync() => _test.DisposeAsync();

    [Test]
    public async Task A_new_table_is_in_progress()
    {
        var table = await _work.TableAsync(_name, _age);

        var entity = await EntityAsync(table);

        Assert.Multiple(() =>
        {
            Assert.That((string?)entity["versionLabel"], Is.EqualTo("in progress"));
            Assert.That((string?)entity["versionComment"], Is.EqualTo("in progress"));
            Assert.That((int?)entity["versionNumber"], Is.EqualTo(1));
            Assert.That(entity["columnIds"]!.ToJsonString(), Is.EqualTo($"""["{_name}","{_age}"]"""));
        });
    }

    [Test]
    public async Task Columns_must_exist_and_fit_into_a_row()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync("Fit"))["id"]!;
        var wide = new List<string>();
        for (var i = 0; i < 17; i++)
        {
            var model = Column($"wide {i}", "STRING");
            model["maximumSize"] = 1000;
            wide.Add(await _work.ColumnAsync(model));
        }

        var unknown = await PostAsync(project, "99999999");
        var twice = await PostAsync(project, _name, _name);
        var tooWide = await PostAsync(project, [.. wide]);

        Assert.Multiple(() =>
        {
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(twice.Reason, Is.EqualTo("Duplicate column: 'name'"));
            Assert.That(tooWide.Reason, Is.EqualTo(
                "Too much data per column. The maximum size for a row is about 64000 bytes. "
                + "The size for the given columns would be 68000 bytes"));
        });
    }

    [Test]
    public async Task An_update_replaces_the_columns_and_drops_what_is_not_named()
    {
        var table = await _work.TableAsync(_name, _age);
        await _work.LoadAsync(table, "name,age\nada,36\n");

        var entity = await EntityAsync(table);
        entity["columnIds"] = Texts([_age]);
        var changed = await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{table}?newVersion=true", entity);

        Assert.Multiple(() =>
        {
            Assert.That(Stored(_test, table), Is.EqualTo(new[] { $$"""1/1 {"{{_age}}":"36"}""" }));
            Assert.That((int?)changed["versionNumber"], Is.EqualTo(1));
            Assert.That((string?)changed["versionLabel"], Is.EqualTo("in progress"));
            Assert.That((string?)changed["etag"], Is.Not.EqualTo((string?)entity["etag"]));
        });
    }

    [Test]
    public async Task An_update_without_columns_drops_them_all_and_one_with_new_ones_fills_in_defaults()
    {
        var model = Column("status", "STRING");
        model["defaultValue"] = "new";
        var status = await _work.ColumnAsync(model);
        var table = await _work.TableAsync(_name);
        await _work.LoadAsync(table, "name\nada\n");

        var entity = await EntityAsync(table);
        entity["columnIds"] = Texts([_name, status]);
        var added = await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{table}", entity);
        var withDefault = Stored(_test, table);
        added.Remove("columnIds");
        await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{table}", added);

        Assert.Multiple(() =>
        {
            Assert.That(withDefault, Is.EqualTo(new[] { $$"""1/1 {"{{_name}}":"ada","{{status}}":"new"}""" }));
            Assert.That(Stored(_test, table), Is.EqualTo(new[] { "1/1 {}" }));
        });
    }

    [Test]
    public async Task A_schema_change_converts_the_cells()
    {
        var text = await _work.ColumnAsync("age as text", "STRING");
        var list = await _work.ColumnAsync("names", "STRING_LIST");
        var table = await _work.TableAsync(_name, _age);
        await _work.LoadAsync(table, "name,age\nada,36\n,\n");
        var before = (string?)(await EntityAsync(table))["etag"];

        var answer = await _work.ChangeAsync(table, Schema([(_name, list), (_age, text)], text, list));

        Assert.Multiple(async () =>
        {
            Assert.That((string?)answer["concreteType"], Does.EndWith("TableSchemaChangeResponse"));
            Assert.That(answer["schema"]!.AsArray().Select(column => (string?)column!["id"]), Is.EqualTo(new[] { text, list }));
            Assert.That(Stored(_test, table), Is.EqualTo(
                new[] { $$"""1/1 {"{{list}}":"[\"ada\"]","{{text}}":"36"}""", "2/1 {}" }));
            Assert.That((string?)(await EntityAsync(table))["etag"], Is.Not.EqualTo(before));
        });
    }

    [Test]
    public async Task A_cell_that_looks_like_a_columns_name_stays_when_columns_come_and_go()
    {
        var text = await _work.ColumnAsync("age as text", "STRING");
        var table = await _work.TableAsync(_name, _age);
        var word = $"\"{_age}\":\"1\",\\\"{_age}\":{_age}";
        await _work.ChangeAsync(table, Rows(table, [_name, _age], (null, null, [word, "36"]), (null, null, [word, null])));

        await _work.ChangeAsync(table, Schema([(_age, text)]));
        var renamed = Stored(_test, table);
        await _work.ChangeAsync(table, Schema([(text, null)]));

        Assert.Multiple(() =>
        {
            Assert.That(
                renamed.Select(row => (string?)JsonNode.Parse(row[4..])![text]), Is.EqualTo(new[] { "36", null }));
            Assert.That(
                Stored(_test, table).Select(row => JsonNode.Parse(row[4..])!.AsObject().Single()),
                Is.All.Matches<KeyValuePair<string, JsonNode?>>(
                    cell => cell.Key == _name && (string)cell.Value! == word));
        });
    }

    [Test]
    public async Task A_value_that_does_not_fit_refuses_the_whole_change()
    {
        var number = await _work.ColumnAsync("number", "INTEGER");
        var table = await _work.TableAsync(_name);
        await _work.LoadAsync(table, "name\n1\nada\n");

        var reason = await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Schema([(_name, number)]));

        Assert.Multiple(() =>
        {
            Assert.That(reason, Is.EqualTo("The column 'name' cannot be changed to INTEGER: For input string: \"ada\""));
            Assert.That(Stored(_test, table), Has.Length.EqualTo(2));
        });
    }

    [TestCase("FILEHANDLEID", "INTEGER", "A FILEHANDLEID column cannot be changed to INTEGER")]
    [TestCase("STRING_LIST", "STRING", "Cannot perform schema change from _LIST type to non-_LIST type")]
    [TestCase("INTEGER", "STRING_LIST", "Cannot convert to a TYPE_LIST that does not match the original TYPE")]
    [TestCase("STRING_LIST", "INTEGER_LIST", "Cannot change a _LIST to a different type of _LIST")]
    [TestCase("JSON", "STRING", "Cannot change from/to a JSON column type")]
    public async Task Some_conversions_are_refused(string from, string to, string reason)
    {
        var old = await _work.ColumnAsync("old", from);
        var next = await _work.ColumnAsync("new", to);
        var table = await _work.TableAsync(old);

        Assert.That(await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Schema([(old, next)])), Is.EqualTo(reason));
    }

    [Test]
    public async Task The_order_must_be_of_the_resulting_columns()
    {
        var table = await _work.TableAsync(_name);

        var order = await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Schema([(null, _age)], _age));
        var foreign = await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Schema([("1", _age)]));

        Assert.Multiple(() =>
        {
            Assert.That(order, Is.EqualTo("The provided ordered column IDs does not match resulting columns in the table schema."));
            Assert.That(foreign, Is.EqualTo($"Cannot update column: 1 since it is not currently a column of table: {table}"));
        });
    }

    [Test]
    public async Task Search_is_turned_on_by_a_change()
    {
        var table = await _work.TableAsync(_name);

        var answer = await _work.ChangeAsync(table, new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.table.TableSearchChangeRequest",
            ["searchEnabled"] = true,
        });
        var entity = await EntityAsync(table);
        entity.Remove("isSearchEnabled");
        var kept = await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{table}", entity);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)answer["searchEnabled"], Is.True);
            Assert.That((bool?)kept["isSearchEnabled"], Is.True);
        });
    }

    [Test]
    public async Task A_snapshot_freezes_the_version_and_its_columns()
    {
        var table = await _work.TableAsync(_name);
        await _work.LoadAsync(table, "name\nada\n");

        var answer = await _test.Owner.SendAsync("POST", $"/repo/v1/entity/{table}/table/snapshot", new JsonObject
        {
            ["snapshotLabel"] = "v1",
            ["snapshotComment"] = "first",
        });
        await _work.ChangeAsync(table, Schema([(null, _age)]));
        var frozen = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{table}/version/1");
        var current = await EntityAsync(table);
        var columns = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{table}.1/column");
        var list = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{table}/version");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((int?)answer.Json["snapshotVersionNumber"], Is.EqualTo(1));
            Assert.That((string?)frozen["versionLabel"], Is.EqualTo("v1"));
            Assert.That((string?)frozen["versionComment"], Is.EqualTo("first"));
            Assert.That((int?)current["versionNumber"], Is.EqualTo(2));
            Assert.That((string?)current["versionLabel"], Is.EqualTo("in progress"));
            Assert.That((int?)columns["totalNumberOfResults"], Is.EqualTo(1));
            Assert.That(list["results"]!.AsArray().Select(version => (int?)version!["versionNumber"]), Is.EqualTo(new[] { 1 }));
        });
    }

    [Test]
    public async Task A_snapshot_may_come_with_a_transaction_and_needs_a_label_of_its_own()
    {
        var table = await _work.TableAsync(_name);
        var made = await SnapshotAsync(table, "x");
        var twice = await SnapshotAsync(table, "x");
        var empty = await _work.TableAsync();
        var without = await SnapshotAsync(empty, null);
        var folder = (string)(await _test.Owner.CreateProjectAsync("No table"))["id"]!;

        Assert.Multiple(async () =>
        {
            Assert.That((int?)made.Json["snapshotVersionNumber"], Is.EqualTo(1));
            Assert.That(twice.Reason, Is.EqualTo("The label 'x' has already been used for a version of this entity"));
            Assert.That(without.Reason, Is.EqualTo($"This table: {empty} does not have a schema so a snapshot cannot be created."));
            Assert.That((await SnapshotAsync(folder, null)).Reason, Is.EqualTo($"{folder} is not a table or view"));
        });
    }

    [Test]
    public async Task A_transaction_must_ask_for_something_of_its_own_table()
    {
        var table = await _work.TableAsync(_name);
        var other = Schema([(null, _age)]);
        other["entityId"] = "syn1";

        Assert.Multiple(async () =>
        {
            Assert.That(
                await _work.RefusedAsync(table, HttpStatusCode.BadRequest),
                Is.EqualTo("Must include be at least one change or create a snapshot."));
            Assert.That(
                await _work.RefusedAsync(table + ".1", HttpStatusCode.BadRequest, Schema([(null, _age)])),
                Is.EqualTo("A snapshot is immutable and cannot be updated."));
            Assert.That(
                await _work.RefusedAsync(table, HttpStatusCode.BadRequest, other),
                Is.EqualTo("EntityId of TableUpdateRequest does not match the requested transaction entityId"));
            Assert.That(
                await _work.RefusedAsync("syn99999999", HttpStatusCode.NotFound, Schema([(null, _age)])),
                Does.Contain("does not exist"));
        });
    }

    [Test]
    public async Task Changing_a_table_needs_update()
    {
        var table = await _work.TableAsync(_name);
        await _test.Owner.ShareAsync(table, _test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD");

        var answer = await new TableWork(_test.Reader).TransactAsync(table, Schema([(null, _age)]));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(answer.Reason, Is.EqualTo("You lack UPDATE access to the requested entity."));
    }

    private Task<Answer> SnapshotAsync(string table, string? label) =>
        _work.RunAsync($"/repo/v1/entity/{table}/table/transaction", new JsonObject
        {
            ["createSnapshot"] = true,
            ["snapshotOptions"] = new JsonObject { ["snapshotLabel"] = label },
        });

    private Task<JsonObject> EntityAsync(string id) => _test.Owner.DoAsync("GET", $"/repo/v1/entity/{id}");

    private Task<Answer> PostAsync(string parent, params string[] columns)
    {
        var entity = Ids(columns);
        entity["concreteType"] = "org.sagebionetworks.repo.model.table.TableEntity";
        entity["name"] = Guid.NewGuid().ToString();
        entity["parentId"] = parent;
        return _test.Owner.SendAsync("POST", "/repo/v1/entity", entity);
    }
}

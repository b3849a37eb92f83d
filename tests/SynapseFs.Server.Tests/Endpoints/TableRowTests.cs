using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;
using static SynapseFs.Server.Tests.Support.TableWork;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>Rows of tables: what inserts, updates and deletes them, and what is refused.</summary>
public sealed class TableRowTests
{
    private const string Model = "org.sagebionetworks.repo.model.table.";

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
    public async Task A_CSV_inserts_rows_from_one_on_and_tells_null_from_empty()
    {
        var table = await _work.TableAsync(_name, _age);

        var result = await _work.LoadAsync(table, "age,name\n36,ada\n,\"\"\n\"\",\n");

        Assert.Multiple(() =>
        {
            Assert.That((string?)result["concreteType"], Is.EqualTo(Model + "UploadToTableResult"));
            Assert.That((int?)result["rowsProcessed"], Is.EqualTo(3));
            Assert.That((string?)result["etag"], Has.Length.EqualTo(36));
            Assert.That(Stored(_test, table), Is.EqualTo(
                new[] { $$"""1/1 {"{{_name}}":"ada","{{_age}}":"36"}""", $$"""2/1 {"{{_name}}":""}""", "3/1 {}" }));
        });
    }

    [Test]
    public async Task A_CSV_with_row_ids_updates_what_it_names_and_inserts_the_rest()
    {
        var table = await _work.TableAsync(_name, _age);
        await _work.LoadAsync(table, "name,age\nada,36\nbob,40\n");

        await _work.LoadAsync(table, "ROW_ID,ROW_VERSION,age\n2,1,41\n,,7\n");

        Assert.That(Stored(_test, table), Is.EqualTo(new[]
        {
            $$"""1/1 {"{{_name}}":"ada","{{_age}}":"36"}""",
            $$"""2/2 {"{{_name}}":"bob","{{_age}}":"41"}""",
            $$"""3/2 {"{{_age}}":"7"}""",
        }));
    }

    [Test]
    public async Task A_CSV_of_row_ids_alone_deletes_them_and_their_ids_never_come_back()
    {
        var table = await _work.TableAsync(_name);
        await _work.LoadAsync(table, "name\nada\nbob\n");

        await _work.LoadAsync(table, "ROW_ID,ROW_VERSION\n2,1\n");
        await _work.LoadAsync(table, "name\neve\n");

        Assert.That(Stored(_test, table), Is.EqualTo(new[] { $$"""1/1 {"{{_name}}":"ada"}""", $$"""3/3 {"{{_name}}":"eve"}""" }));
    }

    [Test]
    public async Task A_table_without_rows_takes_rows_of_elsewhere_as_new_ones()
    {
        var table = await _work.TableAsync(_name);

        await _work.LoadAsync(table, "ROW_ID,ROW_VERSION,name\n700,3,ada\n");

        Assert.That(Stored(_test, table), Is.EqualTo(new[] { $$"""1/1 {"{{_name}}":"ada"}""" }));
    }

    [Test]
    public async Task A_wrong_header_is_told()
    {
        var table = await _work.TableAsync(_name);

        var reason = await _work.RefusedAsync(table, HttpStatusCode.BadRequest, await _work.UploadOfAsync(table, "name,X\nada,1\n"));

        Assert.That(reason, Is.EqualTo(
            "The first line is expected to be a header but the values do not match the names of of the columns of the table "
            + "(X is not a valid column name or id). Header row: name,X"));
    }

    [Test]
    public async Task Without_a_header_the_columns_are_in_their_order_and_skipped_lines_may_name_the_row_ids()
    {
        var table = await _work.TableAsync(_name, _age);
        var descriptor = new JsonObject { ["isFirstLineHeader"] = false, ["separator"] = ";" };
        await _work.ChangeAsync(table, await _work.UploadOfAsync(
            table, "ada;36\n", new JsonObject { ["csvTableDescriptor"] = descriptor.DeepClone() }));

        await _work.ChangeAsync(table, await _work.UploadOfAsync(
            table, "ROW_ID;ROW_VERSION;x;y\n1;1;eve;7\n", new JsonObject { ["csvTableDescriptor"] = descriptor, ["linesToSkip"] = 1 }));

        Assert.That(Stored(_test, table), Is.EqualTo(new[] { $$"""1/2 {"{{_name}}":"eve","{{_age}}":"7"}""" }));
    }

    [Test]
    public async Task One_bad_cell_refuses_the_whole_transaction()
    {
        var table = await _work.TableAsync(_name, _age);
        var good = await _work.UploadOfAsync(table, "name,age\nada,36\n");

        var reason = await _work.RefusedAsync(
            table, HttpStatusCode.BadRequest, good, await _work.UploadOfAsync(table, "name,age\nbob,1\neve,x\n"));

        Assert.Multiple(() =>
        {
            Assert.That(reason, Is.EqualTo("Value at [1,1] was not a valid INTEGER. For input string: \"x\""));
            Assert.That(Stored(_test, table), Is.Empty);
        });
    }

    [Test]
    public async Task A_schema_change_and_rows_for_it_may_come_together()
    {
        var table = await _work.TableAsync(_name);

        var answer = await _work.TransactAsync(table, Schema([(null, _age)]), await _work.UploadOfAsync(table, "name,age\nada,36\n"));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Json["results"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(Stored(_test, table), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public async Task A_row_set_inserts_updates_and_deletes()
    {
        var table = await _work.TableAsync(_name, _age);
        await _work.ChangeAsync(table, Rows(table, [_age, _name], (null, null, ["40", "bob"]), (null, null, [7, "eve"])));

        var result = await _work.ChangeAsync(table, Rows(table, [_age], (1, 1, ["41"]), (2, 1, []), (null, null, [null])));

        var set = result["rowReferenceSet"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)result["concreteType"], Is.EqualTo(Model + "RowReferenceSetResults"));
            Assert.That((string?)set["tableId"], Is.EqualTo(table));
            Assert.That(set["rows"]!.ToJsonString(), Is.EqualTo(
                """[{"rowId":1,"versionNumber":2},{"rowId":2,"versionNumber":2},{"rowId":3,"versionNumber":2}]"""));
            Assert.That(set["headers"]!.AsArray().Select(header => (string?)header!["id"]), Is.EqualTo(new[] { _name, _age }));
            Assert.That(Stored(_test, table), Is.EqualTo(
                new[] { $$"""1/2 {"{{_age}}":"41","{{_name}}":"bob"}""", "3/2 {}" }).Or.EqualTo(
                new[] { $$"""1/2 {"{{_name}}":"bob","{{_age}}":"41"}""", "3/2 {}" }));
        });
    }

    [Test]
    public async Task A_partial_row_set_changes_single_cells_without_asking_for_versions()
    {
        var list = await _work.ColumnAsync("tags", "STRING_LIST");
        var table = await _work.TableAsync(_name, list);
        await _work.LoadAsync(table, "name\nada\nbob\neve\n");

        await _work.ChangeAsync(table, Partial(
            table, (1, [(list, new JsonArray("x", 1))]), (2, null), (3, []), (null, [(_name, "new")])));

        Assert.That(Stored(_test, table), Is.EqualTo(new[]
        {
            $$"""1/2 {"{{_name}}":"ada","{{list}}":"[\"x\",\"1\"]"}""",
            $$"""3/1 {"{{_name}}":"eve"}""",
            $$"""4/2 {"{{_name}}":"new"}""",
        }));
    }

    [Test]
    public async Task A_partial_row_names_columns_of_the_table_only()
    {
        var table = await _work.TableAsync(_name);
        await _work.LoadAsync(table, "name\nada\n");

        var reason = await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Partial(table, (1, [(_age, 1)])));

        Assert.That(reason, Is.EqualTo($"PartialRow.value.key: '{_age}' is not a valid column ID for row ID: 1"));
    }

    [Test]
    public async Task A_row_changed_meanwhile_is_a_conflict_unless_something_fresher_comes_along()
    {
        var table = await _work.TableAsync(_name);
        await _work.LoadAsync(table, "name\nada\nbob\n");
        await _work.ChangeAsync(table, Rows(table, [_name], (1, 1, ["ada 2"])));

        var stale = await _work.RefusedAsync(table, HttpStatusCode.PreconditionFailed, Rows(table, [_name], (1, 1, ["ada 3"])));
        var untouched = await _work.TransactAsync(table, Rows(table, [_name], (2, 1, ["bob 2"])));
        var covered = await _work.TransactAsync(table, Rows(table, [_name], (1, 1, ["ada 3"]), (2, 3, ["bob 3"])));

        Assert.Multiple(() =>
        {
            Assert.That(stale, Does.StartWith("Row id: 1 has been changed since last read."));
            Assert.That(untouched.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(covered.Status, Is.EqualTo(HttpStatusCode.Created));
        });
    }

    [Test]
    public async Task An_etag_stands_for_the_versions_that_were_read_with_it()
    {
        var table = await _work.TableAsync(_name);
        var first = (string)(await _work.LoadAsync(table, "name\nada\n"))["etag"]!;
        var second = (string)(await _work.LoadAsync(table, "ROW_ID,ROW_VERSION,name\n1,1,eve\n"))["etag"]!;

        Assert.Multiple(async () =>
        {
            Assert.That(
                await _work.RefusedAsync(table, HttpStatusCode.PreconditionFailed, await ChangeWithAsync(first)), Does.StartWith(
                    "Row id: 1"));
            Assert.That(
                await _work.RefusedAsync(table, HttpStatusCode.BadRequest, await ChangeWithAsync("none")), Is.EqualTo(
                    "Invalid etag: none"));
            Assert.That((await _work.TransactAsync(table, await ChangeWithAsync(second))).Status, Is.EqualTo(HttpStatusCode.Created));
        });

        Task<JsonObject> ChangeWithAsync(string etag) => _work.UploadOfAsync(
            table, "ROW_ID,ROW_VERSION,name\n1,1,x\n", new JsonObject { ["updateEtag"] = etag });
    }

    [Test]
    public async Task Rows_that_are_not_there_or_come_twice_or_without_version_are_refused()
    {
        var table = await _work.TableAsync(_name);
        await _work.LoadAsync(table, "name\nada\n");

        Assert.Multiple(async () =>
        {
            Assert.That(
                await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Rows(table, [_name], (9, 1, ["x"]))),
                Is.EqualTo("Cannot update row: 9 because it does not exist."));
            Assert.That(
                await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Rows(table, [_name], (1, 1, ["x"]), (1, 1, ["y"]))),
                Is.EqualTo("The row id 1 is included more than once in the rowset"));
            Assert.That(
                await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Rows(table, [_name], (1, null, ["x"]))),
                Is.EqualTo("Row version number cannot be null"));
        });
    }

    [Test]
    public async Task A_request_may_bring_two_megabytes_of_rows()
    {
        var model = Column("wide", "STRING");
        model["maximumSize"] = 1000;
        var wide = await _work.ColumnAsync(model);
        var table = await _work.TableAsync(wide);
        var rows = Enumerable.Range(0, 525).Select(_ => ((long?)null, (long?)null, (JsonArray?)["x"])).ToArray();

        var reason = await _work.RefusedAsync(table, HttpStatusCode.BadRequest, Rows(table, [wide], rows));

        Assert.That(reason, Is.EqualTo("Request exceeds the maximum number of bytes per request.  Maximum : 2097152 bytes"));
    }

    [Test]
    public async Task The_short_forms_and_the_old_deletion_work_on_the_table_in_the_path()
    {
        var table = await _work.TableAsync(_name);

        var upload = await _work.RunAsync(
            $"/repo/v1/entity/{table}/table/upload/csv", await _work.UploadOfAsync(table, "name\nada\nbob\n"));
        var append = await _work.RunAsync($"/repo/v1/entity/{table}/table/append", Rows(table, [_name], (null, null, ["eve"])));
        var deleted = await _test.Owner.SendAsync(
            "POST", $"/repo/v1/entity/{table}/table/deleteRows", new JsonObject { ["rowIds"] = new JsonArray(1, 2) });
        var gone = await _test.Owner.SendAsync("POST", "/repo/v1/table/upload/csv/async/start", new JsonObject());
        var goneToo = await _test.Owner.SendAsync("GET", "/repo/v1/table/upload/csv/async/get/1");

        Assert.Multiple(() =>
        {
            Assert.That((int?)upload.Json["rowsProcessed"], Is.EqualTo(2));
            Assert.That((int?)append.Json["rowReferenceSet"]!["rows"]![0]!["rowId"], Is.EqualTo(3));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(deleted.Json["rows"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(Stored(_test, table), Is.EqualTo(new[] { $$"""3/2 {"{{_name}}":"eve"}""" }));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That(goneToo.Status, Is.EqualTo(HttpStatusCode.Gone));
        });
    }

    [Test]
    public async Task A_preview_proposes_columns()
    {
        var handle = await _test.Owner.UploadAsync(
            "p.csv", "ROW_ID,a b,a-b,flag,when,\n1,1,x,true,2026-01-01,\n2,2.5,yy,FALSE,5,\n"u8.ToArray());

        var answer = await _work.RunAsync("/repo/v1/table/upload/csv/preview", new JsonObject
        {
            ["uploadFileHandleId"] = handle,
            ["doFullFileScan"] = true,
        });

        var columns = answer.Json["suggestedColumns"]!.AsArray()
            .Select(column => $"{column!["name"]} {column["columnType"]} {column["maximumSize"]}".TrimEnd());
        Assert.Multiple(() =>
        {
            Assert.That(columns, Is.EqualTo(
                new[] { "a_b DOUBLE", "ab STRING 2", "flag BOOLEAN", "when DATE", "col STRING 50" }));
            Assert.That((int?)answer.Json["rowsScanned"], Is.EqualTo(2));
            Assert.That((string?)answer.Json["sampleRows"]![1]!["values"]![1], Is.EqualTo("yy"));
            Assert.That((int?)answer.Json["sampleRows"]![1]!["rowId"], Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Files_in_cells_are_the_tables_and_may_be_had_by_its_readers()
    {
        var file = await _work.ColumnAsync("file", "FILEHANDLEID");
        var table = await _work.TableAsync(file);
        var handle = await _test.Owner.UploadAsync("a.txt", "abc"u8.ToArray());
        var foreign = await _test.Reader.UploadAsync("b.txt", "def"u8.ToArray());
        await _work.LoadAsync(table, $"file\n{handle}\n");
        await _test.Owner.ShareAsync(table, _test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD");

        var refused = await _work.RefusedAsync(
            table, HttpStatusCode.Forbidden, await _work.UploadOfAsync(table, $"file\n{foreign}\n"));
        var found = await _test.Reader.DoAsync("POST", $"/repo/v1/entity/{table}/table/filehandles", new JsonObject
        {
            ["tableId"] = table,
            ["headers"] = new JsonArray(new JsonObject { ["id"] = file }),
            ["rows"] = new JsonArray(new JsonObject { ["rowId"] = 1, ["versionNumber"] = 1 }),
        });
        var url = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{table}/table/column/{file}/row/1/version/1/file?redirect=false");
        var preview = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{table}/table/column/{file}/row/1/version/1/filepreview");
        var missing = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{table}/table/column/{file}/row/9/version/1/file");
        var batch = await _test.Reader.DoAsync("POST", "/file/v1/fileHandle/batch", new JsonObject
        {
            ["includeFileHandles"] = true,
            ["requestedFiles"] = new JsonArray(new JsonObject
            {
                ["fileHandleId"] = handle,
                ["associateObjectId"] = table,
                ["associateObjectType"] = "TableEntity",
            }),
        });

        Assert.Multiple(async () =>
        {
            Assert.That(refused, Is.EqualTo($"Cannot access files: [{foreign}]"));
            Assert.That((string?)found["rows"]![0]!["list"]![0]!["fileName"], Is.EqualTo("a.txt"));
            Assert.That((await _test.Nobody.GetRangeAsync(url.Text, null)).Text, Is.EqualTo("abc"));
            Assert.That(preview.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((string?)batch["requestedFiles"]![0]!["fileHandle"]!["id"], Is.EqualTo(handle));
        });
    }
}

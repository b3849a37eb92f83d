using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>What clients send to make a table, fill it from a CSV and query it.</summary>
public sealed class ClientTableTraceTests
{
    private const string Model = "org.sagebionetworks.repo.model.";

    private TestServer _test = null!;
    private TraceClient _trace = null!;
    private string _table = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _trace = new TraceClient(_test.Owner);
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var columns = await _trace.CallAsync(201, "POST /repo/v1/column/batch", $$"""
            {"concreteType":"{{Model}}ListWrapper","list":[
            {"concreteType":"{{Model}}table.ColumnModel","name":"name","columnType":"STRING","maximumSize":50,"defaultValue":null,"enumValues":null},
            {"concreteType":"{{Model}}table.ColumnModel","name":"age","columnType":"INTEGER"}]}
            """);
        var ids = columns["list"]!.AsArray().Select(column => $"\"{column!["id"]}\"");
        _table = (string)(await _trace.CallAsync(201, "POST /repo/v1/entity", $$"""
            {"concreteType":"{{Model}}table.TableEntity","name":"T","parentId":"{{project}}","columnIds":[{{string.Join(',', ids)}}],
            "isSearchEnabled":null,"versionNumber":null}
            """))["id"]!;
        await FillAsync("name,age\nada,36\nbob,41\n");
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_query_is_a_CSV_with_row_ids_that_its_caller_downloads_by_the_table()
    {
        var result = await CsvAsync($"select * from {_table} where age > 36");
        var csv = await _trace.DownloadAsync((string)result["resultsFileHandleId"]!, "TableEntity", _table);

        Assert.Multiple(() =>
        {
            Assert.That((string)result["tableId"]!, Is.EqualTo(_table));
            Assert.That((string)result["etag"]!, Is.Not.Empty);
            Assert.That(result["headers"]!.AsArray().Select(header => (string)header!["name"]!), Is.EqualTo(new[] { "name", "age" }));
            Assert.That((string)result["headers"]![1]!["columnType"]!, Is.EqualTo("INTEGER"));
            Assert.That(Encoding.UTF8.GetString(csv).Replace("\"", "", StringComparison.Ordinal), Is.EqualTo("ROW_ID,ROW_VERSION,name,age\n2,1,bob,41\n"));
        });
    }

    [Test]
    public async Task Rows_are_appended_looked_up_by_key_changed_in_part_and_deleted_by_id()
    {
        var schema = (await _trace.CallAsync(200, $"GET /repo/v1/entity/{_table}/column"))["results"]!;
        var appended = await ChangeAsync($$$"""
            {"concreteType":"{{{Model}}}table.AppendableRowSetRequest","entityId":"{{{_table}}}","toAppend":{
            "concreteType":"{{{Model}}}table.RowSet","tableId":"{{{_table}}}","etag":null,
            "headers":[{"id":"{{{schema[0]!["id"]}}}"},{"id":"{{{schema[1]!["id"]}}}"}],"rows":[{"values":["cyd",1]}]}}
            """);
        var found = await RowsAsync($"SELECT ROW_ID, \\\"name\\\", \\\"age\\\" FROM {_table} WHERE \\\"name\\\" IN ('ada', 'cyd')");
        await ChangeAsync($$$"""
            {"concreteType":"{{{Model}}}table.AppendableRowSetRequest","entityId":"{{{_table}}}","toAppend":{
            "concreteType":"{{{Model}}}table.PartialRowSet","tableId":"{{{_table}}}",
            "rows":[{"rowId":1,"values":[{"key":"{{{schema[1]!["id"]}}}","value":37}]}]}}
            """);
        await FillAsync("ROW_ID,ROW_VERSION\n2,1\n");
        var left = await RowsAsync($"select name, age from {_table} order by ROW_ID");

        Assert.Multiple(() =>
        {
            Assert.That((long)appended["results"]![0]!["rowReferenceSet"]!["rows"]![0]!["rowId"]!, Is.EqualTo(3));
            Assert.That(found, Is.EqualTo(new[] { "1|ada|36", "3|cyd|1" }));
            Assert.That(left, Is.EqualTo(new[] { "ada|37", "cyd|1" }));
        });
    }

    [Test]
    public async Task A_bundle_has_the_parts_that_its_mask_asks_for()
    {
        var bundle = await QueryAsync($"select * from {_table}", 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x40 | 0x80);
        var row = bundle["queryResult"]!["queryResults"]!["rows"]![0]!;

        Assert.Multiple(() =>
        {
            Assert.That((long)row["rowId"]!, Is.EqualTo(1));
            Assert.That((long)row["versionNumber"]!, Is.EqualTo(1));
            Assert.That(row["values"]!.ToJsonString(), Is.EqualTo("""["ada","36"]"""));
            Assert.That((long)bundle["queryCount"]!, Is.EqualTo(2));
            Assert.That(bundle["selectColumns"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((string)bundle["columnModels"]![0]!["name"]!, Is.EqualTo("name"));
            Assert.That((long)bundle["maxRowsPerPage"]!, Is.Positive);
            Assert.That((long)bundle["sumFileSizes"]!["sumFileSizesBytes"]!, Is.Zero);
            Assert.That((string)bundle["lastUpdatedOn"]!, Does.EndWith("Z"));
        });
    }

    [Test]
    public async Task A_snapshot_is_a_version_with_a_label_and_a_comment()
    {
        var made = await _trace.CallAsync(
            201, $"POST /repo/v1/entity/{_table}/table/snapshot", """{"snapshotComment":"c","snapshotLabel":"l","snapshotActivityId":null}""");
        await FillAsync("name,age\ndan,2\n");

        Assert.That(await RowsAsync($"select count(*) from {_table}.{made["snapshotVersionNumber"]}"), Is.EqualTo(new[] { "2" }));
    }

    // As the older API of 2.x and later does: without type and table in the body, which the path has already.
    private async Task FillAsync(string csv)
    {
        var handle = await _trace.UploadAsync("t.csv", Encoding.UTF8.GetBytes(csv), "text/csv", location: "null");
        var answer = await ChangeAsync($$"""
            {"concreteType":"{{Model}}table.UploadToTableRequest","tableId":"{{_table}}","uploadFileHandleId":"{{handle}}","linesToSkip":0,
            "csvTableDescriptor":{"isFirstLineHeader":true,"separator":",","quoteCharacter":"\"","escapeCharacter":"\\","lineEnd":"\n"},
            "updateEtag":null}
            """);
        Assert.That((string)answer["results"]![0]!["concreteType"]!, Is.EqualTo(Model + "table.UploadToTableResult"));
    }

    private Task<JsonObject> ChangeAsync(string change) => _trace.JobAsync(
        $"/repo/v1/entity/{_table}/table/transaction", $$$"""{"changes":[{{{change}}}],"createSnapshot":false,"snapshotOptions":{}}""");

    private Task<JsonObject> CsvAsync(string sql) => _trace.JobAsync($"/repo/v1/entity/{_table}/table/download/csv", $$$"""
        {"concreteType":"{{{Model}}}table.DownloadFromTableRequest","entityId":"{{{_table}}}","sql":"{{{sql}}}","writeHeader":true,
        "includeRowIdAndRowVersion":true,"includeEntityEtag":false,
        "csvTableDescriptor":{"isFirstLineHeader":true,"separator":",","quoteCharacter":"\"","escapeCharacter":"\\","lineEnd":"\n"}}
        """);

    private Task<JsonObject> QueryAsync(string sql, int mask) => _trace.JobAsync($"/repo/v1/entity/{_table}/table/query", $$$"""
        {"concreteType":"{{{Model}}}table.QueryBundleRequest","entityId":"{{{_table}}}","partMask":{{{mask}}},
        "query":{"sql":"{{{sql}}}","includeEntityEtag":true,"isConsistent":true,"limit":null,"offset":null}}
        """);

    private async Task<string[]> RowsAsync(string sql) =>
    [
        .. (await QueryAsync(sql, 1))["queryResult"]!["queryResults"]!["rows"]!.AsArray()
            .Select(row => string.Join('|', row!["values"]!.AsArray().Select(value => (string?)value))),
    ];
}

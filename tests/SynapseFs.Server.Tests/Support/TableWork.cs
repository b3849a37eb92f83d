using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.Tests.Support;

/// <summary>What tests of tables say to the server, on behalf of one user.</summary>
internal sealed class TableWork(TestClient client)
{
    private const string Model = "org.sagebionetworks.repo.model.table.";

    public static JsonObject Column(string name, string type) => new() { ["name"] = name, ["columnType"] = type };

    public async Task<string> ColumnAsync(JsonObject model) => (string)(await client.DoAsync("POST", "/repo/v1/column", model))["id"]!;

    public Task<string> ColumnAsync(string name, string type) => ColumnAsync(Column(name, type));

    /// <summary>A table of these columns in a project of its own.</summary>
    public async Task<string> TableAsync(params string[] columns)
    {
        var project = await client.CreateProjectAsync($"Project {Guid.NewGuid():N}");
        return (string)(await client.CreateAsync("table.TableEntity", "table", (string)project["id"]!, Ids(columns)))["id"]!;
    }

    public static JsonObject Ids(params string[] columns) => new() { ["columnIds"] = Texts(columns) };

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>Starts a job and asks until it is done; the last answer.</summary>
    public async Task<Answer> RunAsync(string path, JsonObject body)
    {
        var token = (string)(await client.DoAsync("POST", path + "/async/start", body))["token"]!;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await client.SendAsync("GET", $"{path}/async/get/{token}");
            if (answer.Status != HttpStatusCode.Accepted || clock.Elapsed > TimeSpan.FromSeconds(60))
            {
                return answer;
            }
        }
    }

    public Task<Answer> TransactAsync(string table, params JsonObject[] changes) =>
        RunAsync($"/repo/v1/entity/{table}/table/transaction", new JsonObject
        {
            ["concreteType"] = Model + "TableUpdateTransactionRequest",
            ["changes"] = new JsonArray([.. changes]),
            ["createSnapshot"] = false,
            ["snapshotOptions"] = new JsonObject(),
        });

    /// <summary>The answer to a change that must succeed.</summary>
    public async Task<JsonObject> ChangeAsync(string table, JsonObject change)
    {
        var answer = await TransactAsync(table, change);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        return answer.Json["results"]![0]!.AsObject();
    }

    /// <summary>The reason of a change that must be refused.</summary>
    public async Task<string> RefusedAsync(string table, HttpStatusCode status, params JsonObject[] changes)
    {
        var answer = await TransactAsync(table, changes);
        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        return answer.Reason!;
    }

    public async Task<JsonObject> UploadOfAsync(string table, string csv, JsonObject? more = null)
    {
        var change = more ?? [];
        change["concreteType"] = Model + "UploadToTableRequest";
        change["tableId"] = table;
        change["uploadFileHandleId"] = await client.UploadAsync("rows.csv", Encoding.UTF8.GetBytes(csv));
        return change;
    }

    /// <summary>Uploads a CSV that must be taken.</summary>
    public async Task<JsonObject> LoadAsync(string table, string csv) => await ChangeAsync(table, await UploadOfAsync(table, csv));

    public static JsonObject Schema((string? Old, string? New)[] changes, params string[] ordered) => new()
    {
        ["concreteType"] = Model + "TableSchemaChangeRequest",
        ["changes"] = new JsonArray(
            [.. changes.Select(change => new JsonObject { ["oldColumnId"] = change.Old, ["newColumnId"] = change.New })]),
        ["orderedColumnIds"] = ordered.Length == 0 ? null : Texts(ordered),
    };

    /// <summary>A RowSet; each row an id, a version and its cells.</summary>
    public static JsonObject Rows(string table, string[] columns, params (long? Id, long? Version, JsonArray? Cells)[] rows) => Append(
        new JsonObject
        {
            ["concreteType"] = Model + "RowSet",
            ["tableId"] = table,
            ["headers"] = new JsonArray([.. columns.Select(id => new JsonObject { ["id"] = id })]),
            ["rows"] = new JsonArray(
                [.. rows.Select(row => new JsonObject { ["rowId"] = row.Id, ["versionNumber"] = row.Version, ["values"] = row.Cells })]),
        });

    /// <summary>A PartialRowSet; each row an id and pairs of column and value, null to delete it.</summary>
    public static JsonObject Partial(string table, params (long? Id, (string Column, JsonNode? Value)[]? Cells)[] rows) => Append(
        new JsonObject
        {
            ["concreteType"] = Model + "PartialRowSet",
            ["tableId"] = table,
            ["rows"] = new JsonArray([.. rows.Select(row => new JsonObject
            {
                ["rowId"] = row.Id,
                ["values"] = row.Cells is { } cells
                    ? new JsonArray([.. cells.Select(cell => new JsonObject { ["key"] = cell.Column, ["value"] = cell.Value })])
                    : null,
            })]),
        });

    /// <summary>The stored rows of a table, as "id/version cells".</summary>
    public static string[] Stored(TestServer test, string table)
    {
        var path = Path.Combine(test.DataDirectory, "world.db");
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT row_id, version, CAST(cells AS TEXT) FROM table_rows WHERE table_id = @id AND cells IS NOT NULL ORDER BY row_id";
        command.Parameters.AddWithValue("@id", long.Parse(table[3..], System.Globalization.CultureInfo.InvariantCulture));
        using var row = command.ExecuteReader();
        var rows = new List<string>();
        while (row.Read())
        {
            rows.Add($"{row.GetInt64(0)}/{row.GetInt64(1)} {row.GetString(2)}");
        }

        return [.. rows];
    }

    private static JsonObject Append(JsonObject set) => new()
    {
        ["concreteType"] = Model + "AppendableRowSetRequest",
        ["toAppend"] = set,
    };
}

using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace SynapseFs.Server.Tests.Support;

/// <summary>What tests of views say to the server.</summary>
internal static class ViewClient
{
    private const string Model = "org.sagebionetworks.repo.model.";

    public static JsonObject View(IEnumerable<string> scope, int? mask, params string[] columns) => new()
    {
        ["scopeIds"] = new JsonArray([.. scope.Select(id => (JsonNode)id)]),
        ["viewTypeMask"] = mask,
        ["columnIds"] = new JsonArray([.. columns.Select(id => (JsonNode)id)]),
    };

    /// <summary>The annotations that an entity then has, and no others.</summary>
    public static Task<JsonObject> AnnotateAsync(
        TestClient client, JsonObject entity, params (string Key, string Type, string[] Values)[] annotations) =>
        AnnotateAsync(client, (string)entity["id"]!, annotations);

    public static async Task<JsonObject> AnnotateAsync(
        TestClient client, string id, params (string Key, string Type, string[] Values)[] annotations)
    {
        var body = await client.DoAsync("GET", $"/repo/v1/entity/{id}/annotations2");
        var values = new JsonObject();
        foreach (var (key, type, texts) in annotations)
        {
            values[key] = new JsonObject { ["type"] = type, ["value"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]) };
        }

        body["annotations"] = values;
        return await client.DoAsync("PUT", $"/repo/v1/entity/{id}/annotations2", body);
    }

    public static async Task<JsonObject> SuggestAsync(
        TestClient client, IEnumerable<string> scope, int mask, string? token = null, bool withDerived = false)
    {
        var answer = await RunAsync(client, "/repo/v1/column/view/scope", new JsonObject
        {
            ["concreteType"] = Model + "table.ViewColumnModelRequest",
            ["viewScope"] = new JsonObject
            {
                ["scope"] = new JsonArray([.. scope.Select(id => (JsonNode)id)]),
                ["viewEntityType"] = "entityview",
                ["viewTypeMask"] = mask,
            },
            ["nextPageToken"] = token,
            ["includeDerivedAnnotations"] = withDerived,
        });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        return answer.Json;
    }

    /// <summary>Starts a job and asks until it is done; the last answer.</summary>
    public static async Task<Answer> RunAsync(TestClient client, string path, JsonObject body)
    {
        var token = (string)(await client.DoAsync("POST", path + "/async/start", body))["token"]!;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await client.SendAsync("GET", $"{path}/async/get/{token}");
            if (answer.Status != HttpStatusCode.Accepted || clock.Elapsed > TimeSpan.FromSeconds(30))
            {
                return answer;
            }
        }
    }

    /// <summary>The ids of columns made of these models.</summary>
    public static async Task<string[]> ColumnsAsync(TestClient client, params (string Name, string Type)[] columns)
    {
        var list = new JsonArray(
            [.. columns.Select(column => (JsonNode)new JsonObject { ["name"] = column.Name, ["columnType"] = column.Type })]);
        var made = await client.DoAsync("POST", "/repo/v1/column/batch", new JsonObject { ["list"] = list });
        return [.. made["list"]!.AsArray().Select(column => (string)column!["id"]!)];
    }

    /// <summary>The ids of the usual columns of an entity view.</summary>
    public static async Task<string[]> DefaultIdsAsync(TestClient client, int mask)
    {
        var answer = await client.DoAsync("GET", $"/repo/v1/column/tableview/defaults?viewEntityType=entityview&viewTypeMask={mask}");
        return [.. answer["list"]!.AsArray().Select(column => (string)column!["id"]!)];
    }

    /// <summary>A server whose views follow the world at once.</summary>
    public static Task<TestServer> StartAsync() => TestServer.StartAsync(Fast);

    public static ServerOptions Fast(ServerOptions options) => options with { IndexDelay = TimeSpan.FromMilliseconds(20) };

    public static Task<Answer> TryQueryAsync(TestClient client, string sql) => RunAsync(
        client, "/repo/v1/entity/syn1/table/query", new JsonObject
        {
            ["concreteType"] = Model + "table.QueryBundleRequest",
            ["partMask"] = 1,
            ["query"] = new JsonObject { ["sql"] = sql },
        });

    /// <summary>The rows, with bars between the cells.</summary>
    public static async Task<string[]> QueryAsync(TestClient client, string sql)
    {
        var answer = await TryQueryAsync(client, sql);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        return
        [
            .. answer.Json["queryResult"]!["queryResults"]!["rows"]!.AsArray()
                .Select(row => string.Join('|', row!["values"]!.AsArray().Select(value => (string?)value))),
        ];
    }

    /// <summary>Asks until the rows are these.</summary>
    public static async Task UntilAsync(TestClient client, string sql, params string[] rows)
    {
        var clock = Stopwatch.StartNew();
        var found = await QueryAsync(client, sql);
        while (!found.SequenceEqual(rows) && clock.Elapsed < TimeSpan.FromSeconds(20))
        {
            found = await QueryAsync(client, sql);
        }

        Assert.That(found, Is.EqualTo(rows));
    }

    /// <summary>Carries out a transaction of a table or view and insists on success.</summary>
    public static async Task<JsonObject> ChangeAsync(TestClient client, string table, JsonObject transaction)
    {
        var answer = await RunAsync(client, $"/repo/v1/entity/{table}/table/transaction", transaction);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        return answer.Json;
    }

    /// <summary>The transaction that appends rows.</summary>
    public static JsonObject Rows(string table, string[] columns, string[][] rows) => new()
    {
        ["changes"] = new JsonArray(new JsonObject
        {
            ["concreteType"] = Model + "table.AppendableRowSetRequest",
            ["entityId"] = table,
            ["toAppend"] = new JsonObject
            {
                ["concreteType"] = Model + "table.RowSet",
                ["tableId"] = table,
                ["headers"] = new JsonArray([.. columns.Select(id => (JsonNode)new JsonObject { ["id"] = id })]),
                ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
                {
                    ["values"] = new JsonArray([.. row.Select(cell => (JsonNode)cell)]),
                })]),
            },
        }),
    };
}

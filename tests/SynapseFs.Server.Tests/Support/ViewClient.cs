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

    public static async Task<JsonObject> SuggestAsync(TestClient client, IEnumerable<string> scope, int mask, string? token = null)
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
        var list = new JsonArray([.. columns.Select(column => (JsonNode)new JsonObject { ["name"] = column.Name, ["columnType"] = column.Type })]);
        var made = await client.DoAsync("POST", "/repo/v1/column/batch", new JsonObject { ["list"] = list });
        return [.. made["list"]!.AsArray().Select(column => (string)column!["id"]!)];
    }

    /// <summary>The ids of the usual columns of an entity view.</summary>
    public static async Task<string[]> DefaultIdsAsync(TestClient client, int mask)
    {
        var answer = await client.DoAsync("GET", $"/repo/v1/column/tableview/defaults?viewEntityType=entityview&viewTypeMask={mask}");
        return [.. answer["list"]!.AsArray().Select(column => (string)column!["id"]!)];
    }
}

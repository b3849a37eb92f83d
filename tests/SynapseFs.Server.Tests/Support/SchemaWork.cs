using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace SynapseFs.Server.Tests.Support;

/// <summary>What several tests of JSON schemas do.</summary>
internal static class SchemaWork
{
    public const string Organization = "my.organization";

    public static Task<JsonObject> CreateOrganizationAsync(this TestClient client, string name = Organization) =>
        client.DoAsync("POST", "/repo/v1/schema/organization", new JsonObject { ["organizationName"] = name });

    /// <summary>Runs the job and returns its end's answer.</summary>
    public static async Task<Answer> RegisterAsync(this TestClient client, string id, JsonObject schema, bool dryRun = false)
    {
        schema["$id"] = id;
        return await client.JobAsync("/repo/v1/schema/type/create", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.schema.CreateSchemaRequest",
            ["schema"] = schema,
            ["dryRun"] = dryRun,
        });
    }

    public static async Task<Answer> JobAsync(this TestClient client, string path, JsonObject body)
    {
        var started = await client.SendAsync("POST", path + "/async/start", body);
        if (started.Status != HttpStatusCode.Created)
        {
            return started;
        }

        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await client.SendAsync("GET", $"{path}/async/get/{started.Json["token"]}");
            if (answer.Status != HttpStatusCode.Accepted || watch.Elapsed > TimeSpan.FromSeconds(20))
            {
                return answer;
            }
        }
    }

    public static Task<JsonObject> BindAsync(this TestClient client, string entity, string schema, bool derived = false) =>
        client.DoAsync("PUT", $"/repo/v1/entity/{entity}/schema/binding", new JsonObject
        {
            ["entityId"] = entity,
            ["schema$id"] = schema,
            ["enableDerivedAnnotations"] = derived,
        });

    /// <summary>Asks until the answer is as wanted; derived data lags behind.</summary>
    public static async Task<Answer> UntilAsync(this TestClient client, string path, Func<Answer, bool> isWanted)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await client.SendAsync("GET", path);
            if (isWanted(answer))
            {
                return answer;
            }

            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), $"{path}: {answer.Text}");
        }
    }

    public static JsonObject Schema(string json) => JsonNode.Parse(json)!.AsObject();
}

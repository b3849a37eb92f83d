using System.Text;
using System.Text.Json.Nodes;

namespace SynapseFs.Server.Tests.Support;

/// <summary>A project with a file and a queue, all of the owner; the reader may read the project.</summary>
internal sealed class Queue
{
    private Queue(TestServer test, string project, JsonObject file, string id) =>
        (Test, Project, File, Id) = (test, project, file, id);

    public TestServer Test { get; }
    public string Project { get; }
    public JsonObject File { get; }
    public string Id { get; }

    public static async Task<Queue> CreateAsync(TestServer test, JsonObject? more = null)
    {
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("model.tar", project, Encoding.ASCII.GetBytes("weights"));
        await test.Owner.ShareAsync(project, test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD");
        var body = more ?? [];
        body["name"] ??= "My queue";
        body["contentSource"] = project;
        var made = await test.Owner.DoAsync("POST", "/repo/v1/evaluation", body);
        return new Queue(test, project, file, (string)made["id"]!);
    }

    /// <summary>Gives the reader these rights on the queue, and the owner all that they had.</summary>
    public async Task ShareAsync(params string[] access)
    {
        var acl = await Test.Owner.DoAsync("GET", $"/repo/v1/evaluation/{Id}/acl");
        acl["resourceAccess"]!.AsArray().Add(new JsonObject
        {
            ["principalId"] = Test.Server.Accounts[0].PrincipalId,
            ["accessType"] = new JsonArray([.. access.Select(type => (JsonNode)type)]),
        });
        await Test.Owner.DoAsync("PUT", "/repo/v1/evaluation/acl", acl);
    }

    public async Task<Answer> TrySubmitAsync(TestClient client, string? etag = null, string query = "", JsonObject? more = null)
    {
        var file = await client.DoAsync("GET", $"/repo/v1/entity/{File["id"]}");
        var body = more ?? [];
        body["evaluationId"] ??= Id;
        body["entityId"] ??= (string)file["id"]!;
        body["versionNumber"] ??= 1;
        return await client.SendAsync("POST", $"/repo/v1/evaluation/submission?etag={etag ?? (string)file["etag"]!}{query}", body);
    }

    public async Task<JsonObject> SubmitAsync(TestClient client)
    {
        var answer = await TrySubmitAsync(client);
        Assert.That((int)answer.Status, Is.EqualTo(201), answer.Text);
        return answer.Json;
    }

    public Task<JsonObject> StatusAsync(string submission) =>
        Test.Owner.DoAsync("GET", $"/repo/v1/evaluation/submission/{submission}/status");

    public async Task<JsonObject> ScoreAsync(string submission, Action<JsonObject> change)
    {
        var status = await StatusAsync(submission);
        change(status);
        return await Test.Owner.DoAsync("PUT", $"/repo/v1/evaluation/submission/{submission}/status", status);
    }
}

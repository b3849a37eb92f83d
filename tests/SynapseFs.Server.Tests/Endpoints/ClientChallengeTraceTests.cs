using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>What clients send for evaluations and submissions, teams and messages.</summary>
public sealed class ClientChallengeTraceTests
{
    private TestServer _test = null!;
    private TraceClient _trace = null!;
    private string _project = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _trace = new TraceClient(_test.Owner);
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_submission_keeps_its_entity_as_a_text_of_JSON_and_its_file_under_its_own_id()
    {
        var queue = await EvaluationAsync();
        var named = await _trace.CallAsync(200, "GET /repo/v1/evaluation/name/My%20queue%20%281%29");
        var listed = await _trace.CallAsync(200, $"GET /repo/v1/entity/{_project}/evaluation?limit=20&offset=0");
        var file = await _test.Owner.CreateFileAsync("a.txt", _project, Encoding.ASCII.GetBytes("a"));
        var submission = await SubmitAsync(queue, file);
        var read = await _trace.CallAsync(200, $"GET /repo/v1/evaluation/submission/{submission["id"]}");
        var bundle = JsonNode.Parse((string)read["entityBundleJSON"]!)!;
        var bytes = await _trace.DownloadAsync(
            (string)file["dataFileHandleId"]!, "SubmissionAttachment", (string)submission["id"]!);

        Assert.Multiple(() =>
        {
            Assert.That((string)named["id"]!, Is.EqualTo((string)queue["id"]!));
            Assert.That((string)listed["results"]![0]!["id"]!, Is.EqualTo((string)queue["id"]!));
            Assert.That((string)queue["etag"]!, Is.Not.Empty);
            Assert.That((string)queue["ownerId"]!, Is.Not.Empty);
            Assert.That((string)submission["userId"]!, Is.EqualTo((string)queue["ownerId"]!));
            Assert.That((string)bundle["entity"]!["id"]!, Is.EqualTo((string)file["id"]!));
            Assert.That((string)bundle["fileHandles"]![0]!["id"]!, Is.EqualTo((string)file["dataFileHandleId"]!));
            Assert.That(bytes, Is.EqualTo(Encoding.ASCII.GetBytes("a")));
        });
    }

    [Test]
    public async Task A_status_is_read_scored_and_listed()
    {
        var queue = await EvaluationAsync();
        var file = await _test.Owner.CreateFileAsync("a.txt", _project, Encoding.ASCII.GetBytes("a"));
        var id = (string)(await SubmitAsync(queue, file))["id"]!;
        var status = await _trace.CallAsync(200, $"GET /repo/v1/evaluation/submission/{id}/status");
        var scored = await _trace.CallAsync(200, $"PUT /repo/v1/evaluation/submission/{id}/status", $$$$$"""
            {"id":"{{{{{id}}}}}","etag":"{{{{{status["etag"]}}}}}","status":"SCORED","entityId":"{{{{{file["id"]}}}}}","evaluationId":"{{{{{queue["id"]}}}}}",
            "versionNumber":1,"statusVersion":{{{{{status["statusVersion"]}}}}},"modifiedOn":"{{{{{status["modifiedOn"]}}}}}","canCancel":false,
            "cancelRequested":false,"annotations":null,"privateStatusAnnotations":null,
            "submissionAnnotations":{"id":"{{{{{id}}}}}","etag":"{{{{{status["etag"]}}}}}","annotations":{"score":{"type":"DOUBLE","value":[0.5]}}}}
            """);
        var stale = await _trace.SendAsync($"PUT /repo/v1/evaluation/submission/{id}/status", status.ToJsonString());
        var all = await _trace.CallAsync(200, $"GET /repo/v1/evaluation/{queue["id"]}/submission/all?status=SCORED&limit=20&offset=0");
        var end = await _trace.CallAsync(200, $"GET /repo/v1/evaluation/{queue["id"]}/submission/all?status=SCORED&limit=20&offset=20");
        var bundles = await _trace.CallAsync(200, $"GET /repo/v1/evaluation/{queue["id"]}/submission/bundle/all?limit=20&offset=0");
        var unknown = await _trace.SendAsync($"GET /repo/v1/evaluation/{queue["id"]}/submission/all?status=SPOILED&limit=20&offset=0");

        Assert.Multiple(() =>
        {
            Assert.That((string)status["status"]!, Is.EqualTo("RECEIVED"));
            Assert.That((string)scored["status"]!, Is.EqualTo("SCORED"));
            Assert.That((string)scored["submissionAnnotations"]!["annotations"]!["score"]!["type"]!, Is.EqualTo("DOUBLE"));
            Assert.That((int)stale.Status, Is.EqualTo(412));
            Assert.That((string)all["results"]![0]!["id"]!, Is.EqualTo(id));
            Assert.That(end["results"]!.AsArray(), Is.Empty);
            Assert.That((string)bundles["results"]![0]!["submissionStatus"]!["status"]!, Is.EqualTo("SCORED"));
            Assert.That((string)bundles["results"]![0]!["submission"]!["id"]!, Is.EqualTo(id));
            Assert.That((int)unknown.Status, Is.EqualTo(400));
        });
    }

    [TestCase("/submission/bundle/all")]
    [TestCase("/submission/all")]
    [TestCase("")]
    public async Task An_evaluation_whose_id_is_no_number_is_not_found(string path)
    {
        var answer = await _trace.SendAsync($"GET /repo/v1/evaluation/syn999999999999{path}");

        Assert.That((int)answer.Status, Is.EqualTo(404), answer.Text);
    }

    [Test]
    public async Task An_evaluation_is_shared_and_deleted()
    {
        var queue = await EvaluationAsync();
        var acl = await _trace.CallAsync(200, $"GET /repo/v1/evaluation/{queue["id"]}/acl");
        acl["resourceAccess"]!.AsArray().Add(JsonNode.Parse("""{"principalId":273949,"accessType":["READ"]}"""));
        var shared = await _trace.CallAsync(200, "PUT /repo/v1/evaluation/acl", acl.ToJsonString());
        var permissions = await _trace.CallAsync(200, $"GET /repo/v1/evaluation/{queue["id"]}/permissions");
        await _trace.SendAsync($"DELETE /repo/v1/evaluation/{queue["id"]}");
        await _trace.CallAsync(404, $"GET /repo/v1/evaluation/{queue["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That(shared["resourceAccess"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((bool)permissions["canPublicRead"]!, Is.True);
        });
    }

    [Test]
    public async Task A_team_is_made_found_by_name_and_lists_its_members()
    {
        var team = await _trace.CallAsync(
            201, "POST /repo/v1/team", """{"name":"My team","description":"d","icon":null,"canPublicJoin":false,"canRequestMembership":null}""");
        var read = await _trace.CallAsync(200, $"GET /repo/v1/team/{team["id"]}");
        var found = await _trace.CallAsync(200, "GET /repo/v1/teams?fragment=My%20team&limit=50&offset=0");
        var end = await _trace.CallAsync(200, "GET /repo/v1/teams?fragment=My%20team&limit=50&offset=50");
        var members = await _trace.CallAsync(200, $"GET /repo/v1/teamMembers/{team["id"]}?limit=50&offset=0");
        var owner = (string)members["results"]![0]!["member"]!["ownerId"]!;
        var status = await _trace.CallAsync(200, $"GET /repo/v1/team/{team["id"]}/member/{owner}/membershipStatus");
        var invitee = (string)(await _test.Reader.DoAsync("GET", "/repo/v1/userProfile"))["ownerId"]!;
        var invitation = await _trace.CallAsync(201, "POST /repo/v1/membershipInvitation", $$"""
            {"teamId":"{{team["id"]}}","inviteeId":"{{invitee}}","inviteeEmail":null,"message":null}
            """);
        var open = await _trace.CallAsync(200, $"GET /repo/v1/team/{team["id"]}/openInvitation?limit=20&offset=0");
        await _trace.SendAsync($"DELETE /repo/v1/team/{team["id"]}");
        var gone = await _trace.SendAsync($"GET /repo/v1/team/{team["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That((string)read["name"]!, Is.EqualTo("My team"));
            Assert.That((string)found["results"]![0]!["id"]!, Is.EqualTo((string)team["id"]!));
            Assert.That(end["results"]!.AsArray(), Is.Empty);
            Assert.That((bool)members["results"]![0]!["isAdmin"]!, Is.True);
            Assert.That((bool)status["isMember"]!, Is.True);
            Assert.That((string)open["results"]![0]!["id"]!, Is.EqualTo((string)invitation["id"]!));
            Assert.That(gone.Reason, Is.EqualTo($"Team id: '{team["id"]}' does not exist"));
        });
    }

    [Test]
    public async Task A_message_is_a_file_that_is_sent()
    {
        var reader = (string)(await _test.Reader.DoAsync("GET", "/repo/v1/userProfile"))["ownerId"]!;
        var text = await _trace.UploadAsync("message.txt", Encoding.ASCII.GetBytes("hello"), location: "null");

        var sent = await _trace.CallAsync(
            201, "POST /repo/v1/message", $$"""{"recipients":["{{reader}}"],"subject":"s","fileHandleId":"{{text}}"}""");

        Assert.That((string)sent["id"]!, Is.Not.Empty);
    }

    private Task<JsonObject> EvaluationAsync() => _trace.CallAsync(201, "POST /repo/v1/evaluation", $$"""
        {"name":"My queue (1)","description":"d","contentSource":"{{_project}}","status":"OPEN","submissionInstructionsMessage":null,
        "submissionReceiptMessage":null,"quota":null}
        """);

    private Task<JsonObject> SubmitAsync(JsonObject queue, JsonObject file) => _trace.CallAsync(
        201, $"POST /repo/v1/evaluation/submission?etag={file["etag"]}", $$"""
        {"evaluationId":"{{queue["id"]}}","name":"entry","entityId":"{{file["id"]}}","versionNumber":1,"dockerDigest":null,
        "dockerRepositoryName":null,"teamId":null,"contributors":null,"submitterAlias":null}
        """);
}

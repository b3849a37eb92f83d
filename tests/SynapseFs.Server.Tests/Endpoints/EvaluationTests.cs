using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class EvaluationTests
{
    private TestServer _test = null!;
    private Queue _queue = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _queue = await Queue.CreateAsync(_test, new JsonObject
        {
            ["description"] = "for testing",
            ["submissionInstructionsMessage"] = "Please submit CSV",
            ["submissionReceiptMessage"] = "Thank you",
            ["status"] = "OPEN",
        });
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    private string Path => $"/repo/v1/evaluation/{_queue.Id}";

    [Test]
    public async Task A_queue_is_made_and_read_by_id_and_name()
    {
        var byId = await _test.Owner.DoAsync("GET", Path);
        var byName = await _test.Owner.DoAsync("GET", "/repo/v1/evaluation/name/My%20queue");

        Assert.Multiple(() =>
        {
            Assert.That((string)byId["contentSource"]!, Is.EqualTo(_queue.Project));
            Assert.That((string)byId["ownerId"]!, Is.EqualTo($"{_test.Server.FirstUser.PrincipalId}"));
            Assert.That((string)byId["createdOn"]!, Does.EndWith("Z"));
            Assert.That((string)byId["submissionInstructionsMessage"]!, Is.EqualTo("Please submit CSV"));
            Assert.That(byId.ContainsKey("status"), Is.False);
            Assert.That(byName.ToJsonString(), Is.EqualTo(byId.ToJsonString()));
        });
    }

    [TestCase("{\"name\":\"My queue\",\"contentSource\":\"PROJECT\"}", 409, "An Evaluation already exists with the name 'My queue'")]
    [TestCase("{\"name\":\"x\"}", 400, "Evaluation null is missing content source")]
    [TestCase("{\"name\":\"x\",\"contentSource\":\"FILE\"}", 400, "Evaluation null could not be created because the parent entity")]
    [TestCase("{\"name\":\"x\",\"contentSource\":\"syn42\"}", 404, "Resource: 'syn42' does not exist")]
    [TestCase("{\"contentSource\":\"PROJECT\"}", 400, "name is required.")]
    [TestCase("{\"name\":\"a/b\",\"contentSource\":\"PROJECT\"}", 400, "Invalid Name")]
    [TestCase("{\"name\":\"x\",\"contentSource\":\"PROJECT\",\"quota\":{\"submissionLimit\":-1}}", 400, "submissionLimit must be")]
    [TestCase("{\"name\":\"x\",\"contentSource\":\"PROJECT\",\"quota\":{\"submissionLimit\":1}}", 400, "numberOfRounds must be defined")]
    public async Task A_queue_that_may_not_be_is_refused(string body, int status, string reason)
    {
        var sent = JsonNode.Parse(body.Replace("PROJECT", _queue.Project).Replace("FILE", (string)_queue.File["id"]!))!;

        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/evaluation", sent);

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task Making_a_queue_needs_CREATE_on_the_project()
    {
        var answer = await _test.Reader.SendAsync(
            "POST", "/repo/v1/evaluation", new JsonObject { ["name"] = "x", ["contentSource"] = _queue.Project });

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Reason, Does.Contain("must have CREATE right on the entity"));
        });
    }

    [Test]
    public async Task What_may_not_be_read_is_refused_by_id_and_unknown_by_name()
    {
        var byId = await _test.Reader.SendAsync("GET", Path);
        var byName = await _test.Reader.SendAsync("GET", "/repo/v1/evaluation/name/My%20queue");
        var unknown = await _test.Owner.SendAsync("GET", "/repo/v1/evaluation/42");

        Assert.Multiple(() =>
        {
            Assert.That(byId.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(byId.Reason, Does.EndWith($"is not authorized to READ evaluation {_queue.Id} (My queue)"));
            Assert.That(byName.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(byName.Reason, Is.EqualTo("No Evaluation found with name My queue"));
            Assert.That(unknown.Reason, Is.EqualTo("Evaluation could not be found with id :42"));
        });
    }

    [Test]
    public async Task An_update_changes_the_etag_and_a_stale_one_is_412()
    {
        var queue = await _test.Owner.DoAsync("GET", Path);
        queue["name"] = "Renamed";
        var updated = await _test.Owner.DoAsync("PUT", Path, queue);
        var stale = await _test.Owner.SendAsync("PUT", Path, queue);
        queue["id"] = "1";
        var other = await _test.Owner.SendAsync("PUT", Path, queue);

        Assert.Multiple(() =>
        {
            Assert.That((string)updated["name"]!, Is.EqualTo("Renamed"));
            Assert.That((string)updated["etag"]!, Is.Not.EqualTo((string)queue["etag"]!));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(other.Reason, Is.EqualTo($"Evaluation ID does not match requested ID: {_queue.Id}"));
        });
    }

    [Test]
    public async Task Lists_are_ordered_by_name_and_filtered_by_right_project_and_id()
    {
        var other = (string)(await _test.Owner.CreateProjectAsync("Other"))["id"]!;
        var second = (string)(await _test.Owner.DoAsync(
            "POST", "/repo/v1/evaluation", new JsonObject { ["name"] = "A queue", ["contentSource"] = other }))["id"]!;

        Assert.Multiple(async () =>
        {
            Assert.That(await NamesAsync(_test.Owner, "/repo/v1/evaluation"), Is.EqualTo("A queue,My queue"));
            Assert.That(await NamesAsync(_test.Owner, "/repo/v1/evaluation?limit=1&offset=1"), Is.EqualTo("My queue"));
            Assert.That(await NamesAsync(_test.Owner, "/repo/v1/evaluation?offset=2"), Is.Empty);
            Assert.That(await NamesAsync(_test.Owner, "/repo/v1/evaluation/available"), Is.EqualTo("A queue,My queue"));
            Assert.That(await NamesAsync(_test.Owner, $"/repo/v1/entity/{other}/evaluation"), Is.EqualTo("A queue"));
            Assert.That(await NamesAsync(_test.Owner, $"/repo/v1/evaluation?evaluationIds={second},7"), Is.EqualTo("A queue"));
            Assert.That(await NamesAsync(_test.Reader, "/repo/v1/evaluation"), Is.Empty);
            Assert.That((await _test.Owner.SendAsync("GET", "/repo/v1/evaluation?evaluationIds=x")).Reason,
                Is.EqualTo("Expected an evaluation ID but found x"));
            Assert.That((await _test.Owner.SendAsync("GET", "/repo/v1/evaluation?accessType=NONE")).Status,
                Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task Only_queues_whose_quota_is_running_are_active()
    {
        await _test.Owner.DoAsync("POST", "/repo/v1/evaluation", new JsonObject
        {
            ["name"] = "Past",
            ["contentSource"] = _queue.Project,
            ["quota"] = new JsonObject
            {
                ["firstRoundStart"] = "2020-01-01T00:00:00.000Z",
                ["roundDurationMillis"] = 1000,
                ["numberOfRounds"] = 1,
            },
        });

        Assert.That(await NamesAsync(_test.Owner, "/repo/v1/evaluation?activeOnly=true"), Is.EqualTo("My queue"));
    }

    [Test]
    public async Task The_owner_may_do_everything_and_others_what_the_list_says()
    {
        await _queue.ShareAsync("READ", "SUBMIT");

        var owner = await _test.Owner.DoAsync("GET", $"{Path}/permissions");
        var reader = await _test.Reader.DoAsync("GET", $"{Path}/permissions");
        var access = await _test.Reader.DoAsync("GET", $"{Path}/access?accessType=UPDATE_SUBMISSION");

        Assert.Multiple(() =>
        {
            Assert.That((bool)owner["canChangePermissions"]!, Is.True);
            Assert.That((bool)owner["canDeleteSubmissions"]!, Is.True);
            Assert.That((long)reader["ownerPrincipalId"]!, Is.EqualTo(_test.Server.FirstUser.PrincipalId));
            Assert.That((bool)reader["canSubmit"]!, Is.True);
            Assert.That((bool)reader["canViewPrivateSubmissionStatusAnnotations"]!, Is.False);
            Assert.That((bool)reader["canPublicRead"]!, Is.False);
            Assert.That((bool)access["result"]!, Is.False);
        });
    }

    [TestCase(273949, "SUBMIT", 400, "Only READ permissions can be assigned to the public group")]
    [TestCase(273948, "SUBMIT", 400, "Only read access on an evaluation can be granted to all authenticated Synapse users.")]
    [TestCase(273950, "READ", 400, "Cannot assign permissions to anonymous.")]
    [TestCase(273949, "READ", 200, null)]
    public async Task Groups_of_everyone_get_no_more_than_READ(long principal, string access, int status, string? reason)
    {
        var acl = await _test.Owner.DoAsync("GET", $"{Path}/acl");
        acl["resourceAccess"]!.AsArray().Add(new JsonObject { ["principalId"] = principal, ["accessType"] = new JsonArray(access) });

        var answer = await _test.Owner.SendAsync("PUT", "/repo/v1/evaluation/acl", acl);

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Reason, reason is null ? Is.Null : Does.StartWith(reason));
        });
    }

    [Test]
    public async Task Lists_of_rights_begin_and_end_with_the_queue()
    {
        var acl = await _test.Owner.DoAsync("GET", $"{Path}/acl");
        var notReadable = await _test.Reader.SendAsync("GET", $"{Path}/acl");
        await _queue.ShareAsync("READ");

        Assert.Multiple(async () =>
        {
            Assert.That(acl["resourceAccess"]![0]!["accessType"]!.AsArray(), Has.Count.EqualTo(9));
            Assert.That(notReadable.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await _test.Reader.SendAsync("PUT", "/repo/v1/evaluation/acl", acl)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await _test.Owner.SendAsync("PUT", "/repo/v1/evaluation/acl", acl)).Status,
                Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That((await _test.Owner.SendAsync("POST", "/repo/v1/evaluation/acl", acl)).Status, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That((await _test.Owner.SendAsync("DELETE", $"{Path}/acl")).Status, Is.EqualTo(HttpStatusCode.Gone));
        });
    }

    [Test]
    public async Task A_deleted_queue_is_gone_with_its_submissions()
    {
        var submission = (string)(await _queue.SubmitAsync(_test.Owner))["id"]!;

        var refused = await _test.Reader.SendAsync("DELETE", Path);
        var deleted = await _test.Owner.SendAsync("DELETE", Path);

        Assert.Multiple(async () =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That((await _test.Owner.SendAsync("GET", Path)).Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await _test.Owner.SendAsync("GET", $"/repo/v1/evaluation/submission/{submission}")).Status,
                Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task A_queue_is_there_after_a_restart()
    {
        var directory = TestServer.NewDirectory();
        string id, submission;
        await using (var first = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            var queue = await Queue.CreateAsync(first);
            id = queue.Id;
            submission = (string)(await queue.SubmitAsync(first.Owner))["id"]!;
            await queue.ScoreAsync(submission, status => status["status"] = "SCORED");
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        var found = await second.Owner.DoAsync("GET", $"/repo/v1/evaluation/{id}/submission/bundle/all?status=scored");

        Assert.That((string)found["results"]![0]!["submission"]!["id"]!, Is.EqualTo(submission));
    }

    private static async Task<string> NamesAsync(TestClient client, string path)
    {
        var page = await client.DoAsync("GET", path);
        return string.Join(',', page["results"]!.AsArray().Select(item => (string)item!["name"]!));
    }
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class SubmissionTests
{
    private TestServer _test = null!;
    private Queue _queue = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _queue = await Queue.CreateAsync(_test);
        await _queue.ShareAsync("READ", "SUBMIT");
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_submission_archives_the_entity_with_annotations_and_file()
    {
        var annotations = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_queue.File["id"]}/annotations2");
        annotations["annotations"] = JsonNode.Parse(
            """{"n":{"type":"LONG","value":["3"]},"who":{"type":"STRING","value":["a","b"]},"ok":{"type":"BOOLEAN","value":["true"]}}""");
        await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{_queue.File["id"]}/annotations2", annotations);

        var submission = await _queue.SubmitAsync(_test.Reader);
        var bundle = JsonNode.Parse((string)submission["entityBundleJSON"]!)!;

        Assert.Multiple(() =>
        {
            Assert.That((string)submission["userId"]!, Is.EqualTo($"{_test.Server.Accounts[0].PrincipalId}"));
            Assert.That((string)submission["name"]!, Is.EqualTo("model.tar"));
            Assert.That((string)submission["contributors"]![0]!["principalId"]!, Is.EqualTo((string)submission["userId"]!));
            Assert.That(submission.ContainsKey("dockerDigest"), Is.False);
            Assert.That((string)bundle["entityType"]!, Is.EqualTo("org.sagebionetworks.repo.model.FileEntity"));
            Assert.That((string)bundle["entity"]!["name"]!, Is.EqualTo("model.tar"));
            Assert.That((long)bundle["annotations"]!["longAnnotations"]!["n"]![0]!, Is.EqualTo(3));
            Assert.That((string)bundle["annotations"]!["stringAnnotations"]!["ok"]![0]!, Is.EqualTo("true"));
            Assert.That((string)bundle["fileHandles"]![0]!["id"]!, Is.EqualTo((string)_queue.File["dataFileHandleId"]!));
        });
    }

    [Test]
    public async Task A_submission_that_may_not_be_is_refused()
    {
        await _queue.SubmitAsync(_test.Owner);

        Assert.Multiple(async () =>
        {
            await RefusedAsync(400, "The supplied eTag is out of date. Please fetch Entity", etag: "x");
            await RefusedAsync(400, "Please do not specify any evaluationRoundId.", new JsonObject { ["evaluationRoundId"] = "1" });
            await RefusedAsync(
                400, "Submission is neither a valid Team or Individual Submission.", new JsonObject { ["teamId"] = "3300000" });
            await RefusedAsync(400, "Submission is neither a valid Team or Individual Submission.", query: "&submissionEligibilityHash=1");
            await RefusedAsync(400, "Submission is neither a valid Team or Individual Submission.", new JsonObject
            {
                ["contributors"] = new JsonArray(new JsonObject { ["principalId"] = $"{_test.Server.Accounts[0].PrincipalId}" }),
            });
            await RefusedAsync(403, "User lacks SUBMIT access to Evaluation 42", new JsonObject { ["evaluationId"] = "42" });
            await RefusedAsync(404, "Cannot find a node", new JsonObject { ["versionNumber"] = 7 });
            await RefusedAsync(400, "evaluation ID must be a number", new JsonObject { ["evaluationId"] = "nine" });
            await RefusedAsync(404, "Resource: 'syn42' does not exist", new JsonObject { ["entityId"] = "syn42" });
        });
    }

    [Test]
    public async Task An_entity_that_may_not_be_read_is_not_submitted()
    {
        var hidden = (string)(await _test.Owner.CreateProjectAsync("Hidden"))["id"]!;

        var answer = await _queue.TrySubmitAsync(_test.Reader, more: new JsonObject { ["entityId"] = hidden });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Folders_are_submitted_and_docker_fields_are_dropped()
    {
        var folder = await _test.Owner.CreateFolderAsync("data", _queue.Project);

        var answer = await _queue.TrySubmitAsync(_test.Owner, (string)folder["etag"]!, more: new JsonObject
        {
            ["entityId"] = (string)folder["id"]!,
            ["dockerDigest"] = "sha256:1",
            ["dockerRepositoryName"] = "x",
            ["submitterAlias"] = "Team X",
            ["name"] = "My entry",
        });

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)answer.Json["submitterAlias"]!, Is.EqualTo("Team X"));
            Assert.That((string)answer.Json["name"]!, Is.EqualTo("My entry"));
            Assert.That(answer.Json.ContainsKey("dockerDigest"), Is.False);
            Assert.That((string)answer.Json["entityBundleJSON"]!, Does.Contain("\"fileHandles\":[]"));
        });
    }

    [Test]
    public async Task A_docker_repository_is_submitted_by_a_digest_that_it_has()
    {
        var repository = await _test.Owner.CreateAsync(
            "docker.DockerRepository", "repo", _queue.Project, new JsonObject { ["repositoryName"] = "docker.io/library/busybox" });
        var entity = new JsonObject { ["entityId"] = (string)repository["id"]! };

        var without = await _queue.TrySubmitAsync(_test.Owner, (string)repository["etag"]!, more: entity.DeepClone().AsObject());
        entity["dockerDigest"] = "sha256:1";
        var unknown = await _queue.TrySubmitAsync(_test.Owner, (string)repository["etag"]!, more: entity);

        Assert.Multiple(() =>
        {
            Assert.That(without.Reason, Is.EqualTo("Docker Digest is required."));
            Assert.That(unknown.Reason, Does.EndWith("does not have digest sha256:1"));
        });
    }

    [Test]
    public async Task Own_submissions_are_listed_and_those_of_others_only_with_the_right()
    {
        await _queue.SubmitAsync(_test.Owner);
        var mine = await _queue.SubmitAsync(_test.Reader);
        var path = $"/repo/v1/evaluation/{_queue.Id}/submission";

        Assert.Multiple(async () =>
        {
            Assert.That(await IdsAsync(_test.Reader, path), Is.EqualTo(new[] { (string)mine["id"]! }));
            Assert.That((await _test.Reader.DoAsync("GET", $"{path}/bundle"))["results"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(await IdsAsync(_test.Owner, $"{path}/all"), Has.Length.EqualTo(2));
            Assert.That(await IdsAsync(_test.Owner, $"{path}/all?limit=1&offset=1"), Is.EqualTo(new[] { (string)mine["id"]! }));
            Assert.That(await IdsAsync(_test.Owner, $"{path}/all?offset=2"), Is.Empty);
            Assert.That(await IdsAsync(_test.Owner, $"{path}/all?status=SCORED"), Is.Empty);
            Assert.That((await _test.Owner.DoAsync("GET", $"{path}/bundle/all"))["results"]![1]!["submissionStatus"]!["status"]!.ToString(),
                Is.EqualTo("RECEIVED"));
            Assert.That((await _test.Owner.SendAsync("GET", $"{path}/count")).Text, Is.EqualTo("2"));
            foreach (var list in (string[])["/all", "/bundle/all", "/count", $"/../submission/{mine["id"]}"])
            {
                var answer = await _test.Reader.SendAsync("GET", list.StartsWith("/..", StringComparison.Ordinal)
                    ? $"/repo/v1/evaluation/submission/{mine["id"]}"
                    : path + list);
                Assert.That(answer.Reason, Is.EqualTo($"User lacks READ_PRIVATE_SUBMISSION access to Evaluation {_queue.Id}"));
            }
        });
    }

    [TestCase("status=DONE", "No enum constant org.sagebionetworks.evaluation.model.SubmissionStatusEnum.DONE")]
    [TestCase("limit=101", "limit must be between 0 and 100")]
    [TestCase("offset=-1", "pagination offset must be 0 or greater")]
    public async Task A_list_with_an_odd_parameter_is_refused(string query, string reason)
    {
        foreach (var list in (string[])["all", "bundle/all", "status/all"])
        {
            var answer = await _test.Owner.SendAsync("GET", $"/repo/v1/evaluation/{_queue.Id}/submission/{list}?{query}");

            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        }
    }

    [Test]
    public async Task The_file_of_a_submission_outlives_the_entity()
    {
        var submission = (string)(await _queue.SubmitAsync(_test.Reader))["id"]!;
        var handle = (string)_queue.File["dataFileHandleId"]!;
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{_queue.Project}");
        await _queue.ShareAsync("READ_PRIVATE_SUBMISSION");
        var batch = new JsonObject
        {
            ["requestedFiles"] = new JsonArray(new JsonObject
            {
                ["fileHandleId"] = handle,
                ["associateObjectId"] = submission,
                ["associateObjectType"] = "SubmissionAttachment",
            }),
            ["includeFileHandles"] = true,
            ["includePreSignedURLs"] = true,
        };

        var file = (await _test.Reader.DoAsync("POST", "/file/v1/fileHandle/batch", batch))["requestedFiles"]![0]!;
        var content = await _test.Nobody.GetRangeAsync((string)file["preSignedURL"]!, null);
        var redirect = await _test.Reader.SendAsync("GET", $"/repo/v1/evaluation/submission/{submission}/file/{handle}");
        var text = await _test.Reader.SendAsync("GET", $"/repo/v1/evaluation/submission/{submission}/file/{handle}?redirect=false");
        var other = await _test.Reader.SendAsync("GET", $"/repo/v1/evaluation/submission/{submission}/file/1");

        Assert.Multiple(() =>
        {
            Assert.That(content.Text, Is.EqualTo("weights"));
            Assert.That(redirect.Status, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
            Assert.That(text.Text, Does.StartWith("http://"));
            Assert.That(other.Reason, Is.EqualTo($"Submission {submission} does not contain the requested FileHandle 1"));
        });
    }

    [Test]
    public async Task Deleting_a_submission_needs_the_right_to()
    {
        var submission = (string)(await _queue.SubmitAsync(_test.Reader))["id"]!;

        var refused = await _test.Reader.SendAsync("DELETE", $"/repo/v1/evaluation/submission/{submission}");
        var deleted = await _test.Owner.SendAsync("DELETE", $"/repo/v1/evaluation/submission/{submission}");
        var again = await _test.Owner.SendAsync("DELETE", $"/repo/v1/evaluation/submission/{submission}");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Reason, Is.EqualTo($"User lacks DELETE_SUBMISSION access to Evaluation {_queue.Id}"));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(again.Reason, Is.EqualTo($"Submission '{submission}' does not exist"));
        });
    }

    [Test]
    public async Task Contributors_are_not_added_afterwards()
    {
        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/evaluation/submission/1/contributor", new JsonObject());

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Gone));
    }

    private async Task RefusedAsync(int status, string reason, JsonObject? more = null, string? etag = null, string query = "")
    {
        var answer = await _queue.TrySubmitAsync(_test.Owner, etag, query, more);
        Assert.That((int)answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That(answer.Reason, Does.StartWith(reason));
    }

    private static async Task<string[]> IdsAsync(TestClient client, string path) =>
        [.. (await client.DoAsync("GET", path))["results"]!.AsArray().Select(item => (string)item!["id"]!)];
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class SubmissionStatusTests
{
    private const string Both =
        """
        {"annotations":{"stringAnnos":[{"key":"method","value":"svm","isPrivate":true}],"longAnnos":[{"key":"n","value":3,"isPrivate":false}],
        "doubleAnnos":[{"key":"auc","value":0.91}]},
        "submissionAnnotations":{"id":"1","etag":"e","annotations":{"score":{"type":"DOUBLE","value":[85.5]},"tags":{"type":"STRING","value":["a","b"]}}}}
        """;

    private TestServer _test = null!;
    private Queue _queue = null!;
    private string _submission = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _queue = await Queue.CreateAsync(_test);
        await _queue.ShareAsync("READ", "SUBMIT");
        _submission = (string)(await _queue.SubmitAsync(_test.Reader))["id"]!;
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    private string Path => $"/repo/v1/evaluation/submission/{_submission}/status";

    [Test]
    public async Task A_submission_begins_as_received()
    {
        var status = await _queue.StatusAsync(_submission);

        Assert.Multiple(() =>
        {
            Assert.That((string)status["status"]!, Is.EqualTo("RECEIVED"));
            Assert.That((string)status["entityId"]!, Is.EqualTo((string)_queue.File["id"]!));
            Assert.That((long)status["versionNumber"]!, Is.EqualTo(1));
            Assert.That((long)status["statusVersion"]!, Is.EqualTo(0));
            Assert.That((string)status["modifiedOn"]!, Does.EndWith("Z"));
            Assert.That(status.ContainsKey("submissionAnnotations"), Is.False);
        });
    }

    [Test]
    public async Task Both_kinds_of_annotations_are_kept()
    {
        var before = await _queue.StatusAsync(_submission);

        var status = await ScoreAsync();

        Assert.Multiple(() =>
        {
            Assert.That((string)status["status"]!, Is.EqualTo("SCORED"));
            Assert.That((long)status["statusVersion"]!, Is.EqualTo(1));
            Assert.That((string)status["etag"]!, Is.Not.EqualTo((string)before["etag"]!));
            Assert.That((string)status["annotations"]!["objectId"]!, Is.EqualTo(_submission));
            Assert.That((string)status["annotations"]!["scopeId"]!, Is.EqualTo(_queue.Id));
            Assert.That((bool)status["annotations"]!["doubleAnnos"]![0]!["isPrivate"]!, Is.True);
            Assert.That((string)status["submissionAnnotations"]!["etag"]!, Is.EqualTo((string)status["etag"]!));
            Assert.That((string)status["submissionAnnotations"]!["annotations"]!["score"]!["value"]![0]!, Is.EqualTo("85.5"));
        });
    }

    [Test]
    public async Task Who_may_not_read_private_submissions_sees_only_public_annotations()
    {
        await ScoreAsync();

        var status = await _test.Reader.DoAsync("GET", Path);
        var listed = (await _test.Reader.DoAsync("GET", $"/repo/v1/evaluation/{_queue.Id}/submission/status/all"))["results"]![0]!;
        var own = (await _test.Reader.DoAsync("GET", $"/repo/v1/evaluation/{_queue.Id}/submission/bundle"))["results"]![0]!["submissionStatus"]!;

        foreach (var seen in (JsonNode[])[status, listed, own])
        {
            Assert.Multiple(() =>
            {
                Assert.That(seen["submissionAnnotations"], Is.Null);
                Assert.That(seen["annotations"]!["stringAnnos"]!.AsArray(), Is.Empty);
                Assert.That(seen["annotations"]!["longAnnos"]!.AsArray(), Has.Count.EqualTo(1));
                Assert.That(seen["annotations"]!["doubleAnnos"]!.AsArray(), Is.Empty);
            });
        }
    }

    [TestCase("""{"score":1.5}""", 400, "Scores must be between 0 and 1. Received score = 1.5")]
    [TestCase("""{"status":"DONE"}""", 400, "'DONE' is not a value of the status of a submission")]
    [TestCase("""{"status":null}""", 400, "Submission status is required.")]
    [TestCase("""{"etag":"old"}""", 412, "Submission Status: ")]
    [TestCase("""{"statusVersion":null}""", 400, "Status version is required.")]
    [TestCase("""{"id":"1"}""", 400, "Submission ID does not match requested ID")]
    [TestCase("""{"annotations":{"longAnnos":[{"key":"a","value":1}],"stringAnnos":[{"key":"a","value":"x"}]}}""", 400, "Duplicate annotations")]
    [TestCase("""{"annotations":{"longAnnos":[{"value":1}]}}""", 400, "An annotation must have a key.")]
    [TestCase("""{"annotations":{"longAnnos":[null]}}""", 400, "An annotation must have a key.")]
    [TestCase("""{"submissionAnnotations":{"annotations":{"a b":{"type":"STRING","value":["x"]}}}}""", 400, "Invalid annotation key")]
    [TestCase("""{"submissionAnnotations":{"annotations":{"a":{"type":"LONG","value":["x"]}}}}""", 400, "Value associated with key=a")]
    public async Task A_status_that_may_not_be_is_refused(string change, int status, string reason)
    {
        var body = await _queue.StatusAsync(_submission);
        foreach (var (key, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[key] = value?.DeepClone();
        }

        var answer = await _test.Owner.SendAsync("PUT", Path, body);

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task Scoring_needs_the_right_to()
    {
        var body = await _queue.StatusAsync(_submission);

        var refused = await _test.Reader.SendAsync("PUT", Path, body);
        await _queue.ShareAsync("READ_PRIVATE_SUBMISSION");
        var stillRefused = await _test.Reader.SendAsync("PUT", Path, body);
        await _queue.ShareAsync("UPDATE_SUBMISSION");
        var done = await _test.Reader.SendAsync("PUT", Path, body);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Reason, Is.EqualTo($"User lacks READ_PRIVATE_SUBMISSION access to Evaluation {_queue.Id}"));
            Assert.That(stillRefused.Reason, Is.EqualTo($"User lacks UPDATE_SUBMISSION access to Evaluation {_queue.Id}"));
            Assert.That(done.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Statuses_are_written_in_batches_that_follow_each_other()
    {
        var second = (string)(await _queue.SubmitAsync(_test.Owner))["id"]!;

        var first = await _test.Owner.DoAsync("PUT", BatchPath, await BatchAsync(_submission, isFirst: true, isLast: false, token: null));
        var token = (string)first["nextUploadToken"]!;
        var stale = await _test.Owner.SendAsync("PUT", BatchPath, await BatchAsync(second, isFirst: false, isLast: true, "old"));
        var last = await _test.Owner.DoAsync("PUT", BatchPath, await BatchAsync(second, isFirst: false, isLast: true, token));
        var scored = await _test.Owner.DoAsync("GET", $"/repo/v1/evaluation/{_queue.Id}/submission/all?status=VALIDATED");

        Assert.Multiple(() =>
        {
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(last.ContainsKey("nextUploadToken"), Is.False);
            Assert.That(scored["results"]!.AsArray(), Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task A_batch_is_written_as_a_whole_or_refused()
    {
        var stale = await BatchAsync(_submission, isFirst: true, isLast: true, token: null);
        stale["statuses"]![0]!["etag"] = "old";
        var twice = await BatchAsync(_submission, isFirst: true, isLast: true, token: null);
        twice["statuses"]!.AsArray().Add(twice["statuses"]![0]!.DeepClone());
        var other = await _test.Owner.DoAsync(
            "POST", "/repo/v1/evaluation", new JsonObject { ["name"] = "Other", ["contentSource"] = _queue.Project });

        Assert.Multiple(async () =>
        {
            Assert.That((await _test.Owner.SendAsync("PUT", BatchPath, stale)).Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That((await _test.Owner.SendAsync("PUT", BatchPath, twice)).Reason, Does.Contain("occurs more than once"));
            Assert.That((await _test.Owner.SendAsync("PUT", BatchPath, new JsonObject())).Reason, Is.EqualTo("isFirstBatch is required."));
            Assert.That((await _test.Owner.SendAsync("PUT", $"/repo/v1/evaluation/{other["id"]}/statusBatch", twice)).Reason,
                Is.EqualTo("Specified Evaluation ID does not match submissions in the batch."));
            Assert.That((await _test.Reader.SendAsync("PUT", BatchPath, twice)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((string)(await _queue.StatusAsync(_submission))["status"]!, Is.EqualTo("RECEIVED"));
        });
    }

    [Test]
    public async Task The_submitter_asks_for_cancellation_where_the_scorer_allows_it()
    {
        var path = $"/repo/v1/evaluation/submission/{_submission}/cancellation";
        var early = await _test.Reader.SendAsync("PUT", path);
        await _queue.ScoreAsync(_submission, status => status["canCancel"] = true);
        var other = await _test.Owner.SendAsync("PUT", path);
        var asked = await _test.Reader.SendAsync("PUT", path);
        var after = await _queue.StatusAsync(_submission);

        Assert.Multiple(() =>
        {
            Assert.That(early.Reason, Is.EqualTo("This submission is currently noncancellable."));
            Assert.That(other.Reason, Is.EqualTo("Only the user who submitted this submission could perform this action."));
            Assert.That(asked.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That((bool)after["cancelRequested"]!, Is.True);
        });
    }

    private string BatchPath => $"/repo/v1/evaluation/{_queue.Id}/statusBatch";

    private async Task<JsonObject> BatchAsync(string submission, bool isFirst, bool isLast, string? token)
    {
        var status = await _queue.StatusAsync(submission);
        status["status"] = "VALIDATED";
        return new JsonObject
        {
            ["statuses"] = new JsonArray(status),
            ["isFirstBatch"] = isFirst,
            ["isLastBatch"] = isLast,
            ["batchToken"] = token,
        };
    }

    private Task<JsonObject> ScoreAsync() => _queue.ScoreAsync(_submission, status =>
    {
        status["status"] = "SCORED";
        foreach (var (key, value) in JsonNode.Parse(Both)!.AsObject())
        {
            status[key] = value!.DeepClone();
        }
    });
}

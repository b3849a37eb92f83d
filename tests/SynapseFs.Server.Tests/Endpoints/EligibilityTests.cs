using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class EligibilityTests
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

    [TestCase("DAILY", "daily")]
    [TestCase("WEEKLY", "weekly")]
    [TestCase("MONTHLY", "monthly")]
    [TestCase("TOTAL", "total")]
    public async Task A_limit_that_is_reached_refuses_more(string type, string word)
    {
        await AddRoundAsync(0, 1, type, 1);
        await _queue.SubmitAsync(_test.Reader);

        var second = await _queue.TrySubmitAsync(_test.Reader);
        var other = await _queue.TrySubmitAsync(_test.Owner);

        Assert.Multiple(() =>
        {
            Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(second.Reason, Is.EqualTo(
                $"Submitter has reached the {word} limit of 1. (for the current submission round)."));
            Assert.That(other.Status, Is.EqualTo(HttpStatusCode.Created));
        });
    }

    [TestCase("INVALID")]
    [TestCase("REJECTED")]
    public async Task What_was_not_accepted_does_not_count(string status)
    {
        await AddRoundAsync(0, 1, "TOTAL", 1);
        var first = (string)(await _queue.SubmitAsync(_test.Reader))["id"]!;
        await _queue.ScoreAsync(first, body => body["status"] = status);

        var second = await _queue.TrySubmitAsync(_test.Reader);

        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task Between_rounds_nothing_is_accepted()
    {
        await AddRoundAsync(1, 2, "TOTAL", 1);

        var answer = await _queue.TrySubmitAsync(_test.Owner);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Reason, Is.EqualTo("It is currently outside of the time range allowed for submissions."));
        });
    }

    [Test]
    public async Task Without_SUBMIT_nothing_is_accepted()
    {
        var other = await _test.Owner.DoAsync(
            "POST", "/repo/v1/evaluation", new JsonObject { ["name"] = "Other", ["contentSource"] = _queue.Project });

        var answer = await _queue.TrySubmitAsync(_test.Reader, more: new JsonObject { ["evaluationId"] = (string)other["id"]! });
        var anonymous = await _test.Nobody.SendAsync(
            "POST", "/repo/v1/evaluation/submission?etag=x", new JsonObject { ["evaluationId"] = _queue.Id, ["entityId"] = _queue.Project });

        Assert.Multiple(() =>
        {
            Assert.That(answer.Reason, Is.EqualTo($"User lacks SUBMIT access to Evaluation {other["id"]}"));
            Assert.That(anonymous.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Only_members_ask_for_a_teams_eligibility()
    {
        var answer = await _test.Reader.SendAsync("GET", $"/repo/v1/evaluation/{_queue.Id}/team/3300000/submissionEligibility");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Reason, Is.EqualTo("Requester is not a member of the Submission Team."));
        });
    }

    private Task<JsonObject> AddRoundAsync(double startDays, double endDays, string limitType, int limit) => _test.Owner.DoAsync(
        "POST", $"/repo/v1/evaluation/{_queue.Id}/round", new JsonObject
        {
            ["evaluationId"] = _queue.Id,
            ["roundStart"] = At(startDays),
            ["roundEnd"] = At(endDays),
            ["limits"] = new JsonArray(new JsonObject { ["limitType"] = limitType, ["maximumSubmissions"] = limit }),
        });

    private static string At(double days) =>
        DateTimeOffset.UtcNow.AddDays(days).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

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
            "POST", "/repo/v1/evaluation/submission?etag=x",
            new JsonObject { ["evaluationId"] = _queue.Id, ["entityId"] = _queue.Project });

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

    [Test]
    public async Task A_team_submits_with_the_hash_of_its_state()
    {
        var (team, contributors) = await TeamAsync();
        var state = await StateAsync(team);
        var hash = $"&submissionEligibilityHash={state["eligibilityStateHash"]}";
        var body = new JsonObject { ["teamId"] = team, ["contributors"] = contributors };

        var submitted = await _queue.TrySubmitAsync(_test.Owner, query: hash, more: body.DeepClone().AsObject());
        var alone = await _queue.TrySubmitAsync(_test.Owner);

        Assert.Multiple(() =>
        {
            Assert.That((bool)state["teamEligibility"]!["isEligible"]!, Is.True);
            Assert.That(state["teamEligibility"]!.AsObject().ContainsKey("isRegistered"), Is.False);
            Assert.That(state["membersEligibility"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((long)state["membersEligibility"]![0]!["principalId"]!, Is.EqualTo(_test.Server.FirstUser.PrincipalId));
            Assert.That((bool)state["membersEligibility"]![0]!["hasConflictingSubmission"]!, Is.False);
            Assert.That(submitted.Status, Is.EqualTo(HttpStatusCode.Created), submitted.Text);
            Assert.That((string)submitted.Json["teamId"]!, Is.EqualTo(team));
            Assert.That(submitted.Json["contributors"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(alone.Reason, Is.EqualTo("Submitter may not submit as an individual when having submitted as part of a Team."));
        });
    }

    [Test]
    public async Task A_team_whose_state_has_changed_is_refused()
    {
        await AddRoundAsync(0, 1, "TOTAL", 1);
        var (team, contributors) = await TeamAsync();
        var before = (await StateAsync(team))["eligibilityStateHash"]!;
        var body = new JsonObject { ["teamId"] = team, ["contributors"] = contributors };
        await _queue.SubmitAsync(_test.Reader);

        var state = await StateAsync(team);
        var stale = await _queue.TrySubmitAsync(
            _test.Owner, query: $"&submissionEligibilityHash={before}", more: body.DeepClone().AsObject());
        var conflicting = await _queue.TrySubmitAsync(
            _test.Owner, query: $"&submissionEligibilityHash={state["eligibilityStateHash"]}", more: body.DeepClone().AsObject());
        var odd = await _queue.TrySubmitAsync(_test.Owner, query: "&submissionEligibilityHash=x", more: body);

        Assert.Multiple(() =>
        {
            Assert.That((bool)state["membersEligibility"]![1]!["hasConflictingSubmission"]!, Is.True);
            Assert.That((bool)state["membersEligibility"]![1]!["isEligible"]!, Is.False);
            Assert.That(stale.Reason, Is.EqualTo("Submissions or Team composition have changed."));
            Assert.That(conflicting.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(conflicting.Reason, Does.StartWith("The following Team members are ineligible to contribute"));
            Assert.That(odd.Reason, Is.EqualTo("Submission Eligibilty Hash is invalid."));
        });
    }

    [Test]
    public async Task A_team_that_has_reached_its_limit_is_not_eligible()
    {
        await AddRoundAsync(0, 1, "DAILY", 1);
        var (team, contributors) = await TeamAsync();
        var body = new JsonObject { ["teamId"] = team, ["contributors"] = contributors };
        var first = (await StateAsync(team))["eligibilityStateHash"]!;
        await _queue.TrySubmitAsync(_test.Owner, query: $"&submissionEligibilityHash={first}", more: body.DeepClone().AsObject());

        var state = await StateAsync(team);
        var second = await _queue.TrySubmitAsync(
            _test.Owner, query: $"&submissionEligibilityHash={state["eligibilityStateHash"]}", more: body);

        Assert.Multiple(() =>
        {
            Assert.That((bool)state["teamEligibility"]!["isQuotaFilled"]!, Is.True);
            Assert.That(second.Reason, Is.EqualTo(
                "The specified Team is ineligible to submit to the specified Evaluation at this time."));
        });
    }

    private async Task<(string Team, JsonArray Contributors)> TeamAsync()
    {
        var team = (string)(await _test.Owner.DoAsync(
            "POST", "/repo/v1/team", new JsonObject { ["name"] = "Team X", ["canPublicJoin"] = true }))["id"]!;
        var reader = _test.Server.Accounts[0].PrincipalId;
        await _test.Reader.DoAsync("PUT", $"/repo/v1/team/{team}/member/{reader}");
        return (team, new JsonArray(new JsonObject { ["principalId"] = $"{reader}" }));
    }

    private Task<JsonObject> StateAsync(string team) =>
        _test.Owner.DoAsync("GET", $"/repo/v1/evaluation/{_queue.Id}/team/{team}/submissionEligibility");

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

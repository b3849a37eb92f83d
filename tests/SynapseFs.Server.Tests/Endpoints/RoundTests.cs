using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class RoundTests
{
    private TestServer _test = null!;
    private Queue _queue = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _queue = await Queue.CreateAsync(_test);
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    private string Path => $"/repo/v1/evaluation/{_queue.Id}/round";

    [Test]
    public async Task Rounds_are_made_read_listed_and_deleted()
    {
        var round = await _test.Owner.DoAsync("POST", Path, Round(0, 1, ("DAILY", 3)));
        var read = await _test.Owner.DoAsync("GET", $"{Path}/{round["id"]}");
        var later = await _test.Owner.DoAsync("POST", Path, Round(1, 2));
        var first = await _test.Owner.DoAsync("POST", $"{Path}/list", new JsonObject { ["nextPageToken"] = "1a0" });
        var second = await _test.Owner.DoAsync(
            "POST", $"{Path}/list", new JsonObject { ["nextPageToken"] = first["nextPageToken"]!.DeepClone() });
        var deleted = await _test.Owner.SendAsync("DELETE", $"{Path}/{later["id"]}");

        Assert.Multiple(async () =>
        {
            Assert.That(read.ToJsonString(), Is.EqualTo(round.ToJsonString()));
            Assert.That((long)read["limits"]![0]!["maximumSubmissions"]!, Is.EqualTo(3));
            Assert.That((string)first["page"]![0]!["id"]!, Is.EqualTo((string)round["id"]!));
            Assert.That((string)second["page"]![0]!["id"]!, Is.EqualTo((string)later["id"]!));
            Assert.That(second.ContainsKey("nextPageToken"), Is.False);
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That((await _test.Owner.SendAsync("GET", $"{Path}/{later["id"]}")).Reason, Is.EqualTo(
                $"Evaluation Round with id={later["id"]}, belonging to Evaluation id={_queue.Id}, could not be found."));
        });
    }

    [Test]
    public async Task A_round_that_may_not_be_is_refused()
    {
        var round = await _test.Owner.DoAsync("POST", Path, Round(0, 1));

        Assert.Multiple(async () =>
        {
            Assert.That(await ReasonAsync(Round(-1, 1)), Is.EqualTo("Can not create an EvaluationRound with a start date in the past."));
            Assert.That(await ReasonAsync(Round(3, 2)), Is.EqualTo("EvaluationRound can not end before it starts"));
            Assert.That(await ReasonAsync(Round(0.5, 2)), Is.EqualTo(
                $"This round's date range overlaps with the following round IDs: [{round["id"]}]"));
            Assert.That(await ReasonAsync(Round(2, 3, ("DAILY", 1), ("DAILY", 2))), Is.EqualTo("You may only have 1 limit of type: DAILY"));
            Assert.That(await ReasonAsync(Round(2, 3, ("DAILY", -1))), Is.EqualTo("maxSubmissions must be a positive integer"));
            Assert.That(await ReasonAsync(Round(2, 3, ("YEARLY", 1))), Is.EqualTo("Unknown limitType: YEARLY"));
            Assert.That(await ReasonAsync([]), Does.StartWith("EvaluationId in URL path"));
            Assert.That(await ReasonAsync(new JsonObject { ["evaluationId"] = _queue.Id }), Is.EqualTo("roundStart is required."));
            Assert.That((await _test.Reader.SendAsync("POST", Path, Round(2, 3))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task A_round_is_changed_under_its_etag()
    {
        var round = await _test.Owner.DoAsync("POST", Path, Round(1, 2));
        round["roundEnd"] = At(5);
        var changed = await _test.Owner.DoAsync("PUT", $"{Path}/{round["id"]}", round);
        var stale = await _test.Owner.SendAsync("PUT", $"{Path}/{round["id"]}", round);
        var other = await _test.Owner.SendAsync("PUT", $"{Path}/999", round);

        Assert.Multiple(() =>
        {
            Assert.That((string)changed["roundEnd"]!, Is.EqualTo((string)round["roundEnd"]!));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(other.Reason, Does.StartWith("roundId in URL path:999"));
        });
    }

    [Test]
    public async Task A_round_with_submissions_stays()
    {
        var round = await _test.Owner.DoAsync("POST", Path, Round(0, 1));
        var submission = await _queue.SubmitAsync(_test.Owner);
        var deleted = await _test.Owner.SendAsync("DELETE", $"{Path}/{round["id"]}");
        round["roundStart"] = At(-2);
        var moved = await _test.Owner.SendAsync("PUT", $"{Path}/{round["id"]}", round);

        Assert.Multiple(() =>
        {
            Assert.That((string)submission["evaluationRoundId"]!, Is.EqualTo((string)round["id"]!));
            Assert.That(deleted.Reason, Is.EqualTo(
                "Can not delete an EvaluationRound after it has already started and Submissions have been made"));
            Assert.That(moved.Reason, Does.StartWith("Cannot update an EvaluationRound's start date"));
        });
    }

    [Test]
    public async Task A_quota_excludes_rounds_until_it_is_converted_to_them()
    {
        var queue = await _test.Owner.DoAsync("GET", $"/repo/v1/evaluation/{_queue.Id}");
        queue["quota"] = new JsonObject
        {
            ["firstRoundStart"] = At(-1),
            ["roundDurationMillis"] = 7 * 24 * 3600 * 1000,
            ["numberOfRounds"] = 4,
            ["submissionLimit"] = 2,
        };
        await _test.Owner.DoAsync("PUT", $"/repo/v1/evaluation/{_queue.Id}", queue);

        var refused = await ReasonAsync(Round(1, 2));
        await _test.Owner.DoAsync("POST", $"/repo/v1/evaluation/{_queue.Id}/migratequota");
        var rounds = (await _test.Owner.DoAsync("POST", $"{Path}/list", new JsonObject()))["page"]!.AsArray();
        var again = await _test.Owner.SendAsync("POST", $"/repo/v1/evaluation/{_queue.Id}/migratequota");

        Assert.Multiple(() =>
        {
            Assert.That(refused, Does.StartWith("A SubmissionQuota, which is deprecated"));
            Assert.That(rounds, Has.Count.EqualTo(1));
            Assert.That((string)rounds[0]!["limits"]![0]!["limitType"]!, Is.EqualTo("WEEKLY"));
            Assert.That(again.Reason, Is.EqualTo("The evaluation does not have a SubmissionQuota to convert"));
        });
    }

    private async Task<string?> ReasonAsync(JsonObject round)
    {
        var answer = await _test.Owner.SendAsync("POST", Path, round);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        return answer.Reason;
    }

    private JsonObject Round(double startDays, double endDays, params (string Type, int Count)[] limits) => new()
    {
        ["evaluationId"] = _queue.Id,
        ["roundStart"] = At(startDays),
        ["roundEnd"] = At(endDays),
        ["limits"] = new JsonArray([.. limits.Select(limit =>
            new JsonObject { ["limitType"] = limit.Type, ["maximumSubmissions"] = limit.Count })]),
    };

    private static string At(double days) =>
        DateTimeOffset.UtcNow.AddDays(days).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

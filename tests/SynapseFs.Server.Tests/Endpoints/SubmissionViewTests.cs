using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class SubmissionViewTests
{
    private TestServer _test = null!;
    private Queue _queue = null!;
    private string _submission = "";
    private string _view = "";
    private string[] _own = [];

    [SetUp]
    public async Task StartAsync()
    {
        _test = await ViewClient.StartAsync();
        _queue = await Queue.CreateAsync(_test);
        await _queue.ShareAsync("READ", "SUBMIT");
        _submission = (string)(await _queue.SubmitAsync(_test.Reader))["id"]!;
        _own = await ViewClient.ColumnsAsync(_test.Owner, ("score", "DOUBLE"), ("tags", "STRING_LIST"));
        _view = await ViewAsync(_queue, _own);
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_view_shows_submissions_with_their_status_and_follows_it()
    {
        var sql = $"SELECT id, projectId, createdBy, status, evaluationid, submitterid, entityid, entityversion, score, tags FROM {_view}";
        var reader = _test.Server.Accounts[0].PrincipalId;
        var lead = $"{_submission}|{_queue.Project}|{reader}";
        var tail = $"{_queue.Id}|{reader}|{_queue.File["id"]}|1";
        Assert.That(await ViewClient.QueryAsync(_test.Owner, sql), Is.EqualTo(new[] { $"{lead}|RECEIVED|{tail}||" }));

        await AnnotateAsync("SCORED", """{"score":{"type":"DOUBLE","value":[0.5]},"tags":{"type":"STRING","value":["a","b"]}}""");
        await ViewClient.UntilAsync(_test.Owner, sql, $"{lead}|SCORED|{tail}|0.5|[\"a\",\"b\"]");
        var second = (string)(await _queue.SubmitAsync(_test.Owner))["id"]!;
        await ViewClient.UntilAsync(_test.Owner, $"SELECT id FROM {_view} ORDER BY id", _submission, second);
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/evaluation/submission/{second}");
        await ViewClient.UntilAsync(_test.Owner, $"SELECT id FROM {_view} ORDER BY id", _submission);
    }

    [Test]
    public async Task Rows_are_for_those_who_may_read_private_submissions()
    {
        var before = await ViewClient.QueryAsync(_test.Reader, $"SELECT id FROM {_view}");
        await _queue.ShareAsync("READ_PRIVATE_SUBMISSION", "READ", "SUBMIT");

        var after = await ViewClient.QueryAsync(_test.Reader, $"SELECT id FROM {_view}");

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.Empty);
            Assert.That(after, Is.EqualTo(new[] { _submission }));
        });
    }

    [Test]
    public async Task A_row_changes_the_annotations_of_its_submission_and_nothing_else_of_it()
    {
        await AnnotateAsync("SCORED", """{"score":{"type":"DOUBLE","value":[0.5]},"kept":{"type":"STRING","value":["x"]}}""");
        var etag = (string)(await _queue.StatusAsync(_submission))["etag"]!;
        var status = await ColumnAsync("status");

        var results = await WriteAsync(Row(_submission, etag, (_own[0], "0.75"), (_own[1], """["a","b"]"""), (status, "REJECTED")));
        var stale = await WriteAsync(Row(_submission, etag, (_own[0], "1")));
        var unknown = await WriteAsync(Row("99999999", etag, (_own[0], "1")));
        var now = await _queue.StatusAsync(_submission);
        var annotations = now["submissionAnnotations"]!["annotations"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)results["failureCode"], Is.Null);
            Assert.That((string?)stale["failureCode"], Is.EqualTo("CONCURRENT_UPDATE"));
            Assert.That((string?)unknown["failureCode"], Is.EqualTo("NOT_FOUND"));
            Assert.That((string)now["status"]!, Is.EqualTo("SCORED"));
            Assert.That((string)annotations["score"]!["value"]![0]!, Is.EqualTo("0.75"));
            Assert.That((string)annotations["score"]!["type"]!, Is.EqualTo("DOUBLE"));
            Assert.That(annotations["tags"]!["value"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((string)annotations["kept"]!["value"]![0]!, Is.EqualTo("x"));
        });
        await ViewClient.UntilAsync(_test.Owner, $"SELECT score, tags FROM {_view}", "0.75|[\"a\",\"b\"]");
    }

    [Test]
    public async Task A_CSV_changes_annotations_by_the_etag_in_it()
    {
        var etag = (await ViewClient.QueryAsync(_test.Owner, $"SELECT etag FROM {_view}"))[0];
        var work = new TableWork(_test.Owner);

        var answer = await work.LoadAsync(_view, $"ROW_ID,ROW_VERSION,ROW_ETAG,score\n{_submission},0,{etag},0.25\n");

        Assert.That((string?)answer["updateResults"]![0]!["failureCode"], Is.Null, answer.ToJsonString());
        await ViewClient.UntilAsync(_test.Owner, $"SELECT score FROM {_view}", "0.25");
    }

    [Test]
    public async Task Who_may_not_score_changes_no_submission()
    {
        await _test.Owner.ShareAsync(_queue.Project, _test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD", "UPDATE");
        var etag = (string)(await _queue.StatusAsync(_submission))["etag"]!;

        var result = await WriteAsync(_test.Reader, Row(_submission, etag, (_own[0], "1")));

        Assert.That((string?)result["failureCode"], Is.EqualTo("UNAUTHORIZED"));
    }

    [Test]
    public async Task A_snapshot_keeps_the_scores_of_its_time()
    {
        await AnnotateAsync("SCORED", """{"score":{"type":"DOUBLE","value":[0.5]}}""");
        var taken = await ViewClient.ChangeAsync(_test.Owner, _view, new JsonObject
        {
            ["createSnapshot"] = true,
            ["snapshotOptions"] = new JsonObject { ["snapshotLabel"] = "round 1" },
        });
        await AnnotateAsync("REJECTED", """{"score":{"type":"DOUBLE","value":[0]}}""");
        await ViewClient.UntilAsync(_test.Owner, $"SELECT status, score FROM {_view}", "REJECTED|0");

        var kept = await ViewClient.QueryAsync(_test.Owner, $"SELECT status, score FROM {_view}.{taken["snapshotVersionNumber"]}");
        var hidden = await ViewClient.QueryAsync(_test.Reader, $"SELECT status, score FROM {_view}.{taken["snapshotVersionNumber"]}");

        Assert.Multiple(() =>
        {
            Assert.That(kept, Is.EqualTo(new[] { "SCORED|0.5" }));
            Assert.That(hidden, Is.Empty);
        });
    }

    [Test]
    public async Task Annotations_of_submissions_suggest_columns()
    {
        await AnnotateAsync("SCORED", """{"auc":{"type":"DOUBLE","value":[0.5]},"note":{"type":"STRING","value":["fine"]}}""");

        var answer = await ViewClient.RunAsync(_test.Owner, "/repo/v1/column/view/scope", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.table.ViewColumnModelRequest",
            ["viewScope"] = new JsonObject { ["scope"] = new JsonArray(_queue.Id), ["viewEntityType"] = "submissionview" },
        });

        Assert.That(
            answer.Json["results"]!.AsArray().Select(column => $"{column!["name"]} {column["columnType"]}"),
            Is.EqualTo(new[] { "auc DOUBLE", "note STRING" }));
    }

    private static async Task<string> ViewAsync(Queue queue, string[] columns)
    {
        var defaults = await queue.Test.Owner.DoAsync("GET", "/repo/v1/column/tableview/defaults?viewEntityType=submissionview");
        var ids = defaults["list"]!.AsArray().Select(column => (string)column!["id"]!).Concat(columns);
        var made = await queue.Test.Owner.CreateAsync(
            "table.SubmissionView", "submissions", queue.Project, ViewClient.View([queue.Id], mask: null, [.. ids]));
        return (string)made["id"]!;
    }

    private async Task<string> ColumnAsync(string name)
    {
        var columns = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_view}/column");
        return (string)columns["results"]!.AsArray().Single(column => (string)column!["name"]! == name)!["id"]!;
    }

    private Task<JsonObject> AnnotateAsync(string status, string annotations) => _queue.ScoreAsync(_submission, body =>
    {
        body["status"] = status;
        body["submissionAnnotations"] = new JsonObject { ["annotations"] = JsonNode.Parse(annotations) };
    });

    private Task<JsonObject> WriteAsync(JsonObject row) => WriteAsync(_test.Owner, row);

    private async Task<JsonObject> WriteAsync(TestClient client, JsonObject row)
    {
        var answer = await new TableWork(client).TransactAsync(_view, new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.table.AppendableRowSetRequest",
            ["toAppend"] = new JsonObject
            {
                ["concreteType"] = "org.sagebionetworks.repo.model.table.PartialRowSet",
                ["tableId"] = _view,
                ["rows"] = new JsonArray(row),
            },
        });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        return answer.Json["results"]![0]!["updateResults"]![0]!.AsObject();
    }

    private static JsonObject Row(string submission, string etag, params (string Column, string Value)[] values) => new()
    {
        ["rowId"] = long.Parse(submission, CultureInfo.InvariantCulture),
        ["etag"] = etag,
        ["values"] = new JsonArray([.. values.Select(value => (JsonNode)new JsonObject { ["key"] = value.Column, ["value"] = value.Value })]),
    };
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>Asynchronous jobs in general, by the example of the zip of many files.</summary>
public sealed class JobTests
{
    private const string BulkType = "org.sagebionetworks.repo.model.file.BulkFileDownloadRequest";
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(60);

    [Test]
    public async Task A_running_job_answers_202_and_a_finished_one_its_result()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options with { JobDelay = Delay });
        var token = await StartAsync(test.Owner, await UploadAsync(test.Owner));

        var running = await test.Owner.SendAsync("GET", $"/file/v1/file/bulk/async/get/{token}");
        var state = await test.Owner.DoAsync("GET", $"/repo/v1/asynchronous/job/{token}");
        var done = await Eventually.GetAsync(async () =>
        {
            time.Advance(Delay);
            return await FinishedAsync(test.Owner, token);
        });

        Assert.Multiple(() =>
        {
            Assert.That(running.Status, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((string?)running.Json["jobState"], Is.EqualTo("PROCESSING"));
            Assert.That((string?)running.Json["progressMessage"], Is.Not.Empty);
            Assert.That((long)running.Json["progressTotal"]!, Is.Positive);
            Assert.That((string?)state["jobId"], Is.EqualTo(token));
            Assert.That(done.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)done.Json["resultZipFileHandleId"], Is.Not.Null);
            Assert.That(done.Json["jobState"], Is.Null);
        });
    }

    [Test]
    public async Task A_job_is_told_to_its_starter_only_and_an_unknown_one_to_nobody()
    {
        await using var test = await TestServer.StartAsync();
        var token = await StartAsync(test.Owner, await UploadAsync(test.Owner));

        var foreign = await test.Reader.SendAsync("GET", $"/file/v1/file/bulk/async/get/{token}");
        var foreignState = await test.Reader.SendAsync("GET", $"/repo/v1/asynchronous/job/{token}");
        var foreignCancel = await test.Reader.SendAsync("GET", $"/repo/v1/asynchronous/job/{token}/cancel");
        var unknown = await test.Owner.SendAsync("GET", "/file/v1/file/bulk/async/get/999999");
        var anonymous = await test.Nobody.SendAsync("POST", "/file/v1/file/bulk/async/start", Request("1"));

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(foreignState.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(foreignCancel.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(anonymous.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task A_failed_job_answers_with_its_refusal_and_as_data_in_the_general_form()
    {
        await using var test = await TestServer.StartAsync();
        var request = Request(await UploadAsync(test.Owner));
        request["zipFileName"] = "../evil.zip";
        var token = (string)(await test.Owner.DoAsync("POST", "/file/v1/file/bulk/async/start", request))["token"]!;

        var failed = await Eventually.GetAsync(() => FinishedAsync(test.Owner, token));
        var state = await test.Owner.SendAsync("GET", $"/repo/v1/asynchronous/job/{token}");

        Assert.Multiple(() =>
        {
            Assert.That(failed.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(failed.Reason, Does.StartWith("Invalid Name: '../evil.zip'"));
            Assert.That(state.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string?)state.Json["jobState"], Is.EqualTo("FAILED"));
            Assert.That((string?)state.Json["errorMessage"], Does.StartWith("Invalid Name"));
        });
    }

    [Test]
    public async Task The_general_form_starts_any_kind_of_job()
    {
        await using var test = await TestServer.StartAsync();
        var request = Request(await UploadAsync(test.Owner));
        request["concreteType"] = BulkType;

        var started = await test.Owner.SendAsync("POST", "/repo/v1/asynchronous/job", request);
        var id = (string)started.Json["jobId"]!;
        var done = await Eventually.GetAsync(async () =>
            await test.Owner.DoAsync("GET", $"/repo/v1/asynchronous/job/{id}") is { } state && (string?)state["jobState"] == "COMPLETE"
                ? state
                : null);
        var cancelled = await test.Owner.SendAsync("GET", $"/repo/v1/asynchronous/job/{id}/cancel");

        Assert.Multiple(() =>
        {
            Assert.That(started.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((long)started.Json["startedByUserId"]!, Is.EqualTo(test.Server.FirstUser.PrincipalId));
            Assert.That((string?)done["requestBody"]!["concreteType"], Is.EqualTo(BulkType));
            Assert.That((string?)done["responseBody"]!["resultZipFileHandleId"], Is.Not.Null);
            Assert.That(cancelled.Status, Is.EqualTo(HttpStatusCode.NoContent));
        });
    }

    [TestCase("""{}""")]
    [TestCase("""{"concreteType":7}""")]
    [TestCase("""{"concreteType":"org.sagebionetworks.repo.model.Folder"}""")]
    [TestCase("""{"concreteType":"org.sagebionetworks.repo.model.file.BulkFileDownloadRequest","requestedFiles":"all"}""")]
    public async Task A_job_of_no_kind_is_refused(string json)
    {
        await using var test = await TestServer.StartAsync();

        var answer = await test.Owner.SendAsync("POST", "/repo/v1/asynchronous/job", JsonNode.Parse(json));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_job_that_a_stop_interrupts_is_done_after_the_next_start()
    {
        var directory = TestServer.NewDirectory();
        var never = new FakeTimeProvider(DateTimeOffset.UtcNow);
        string token;
        await using (var first = await TestServer.StartAsync(
            directory, options => options with { JobDelay = Delay }, never, ownsDirectory: false))
        {
            token = await StartAsync(first.Owner, await UploadAsync(first.Owner));
            var running = await first.Owner.SendAsync("GET", $"/file/v1/file/bulk/async/get/{token}");
            Assert.That(running.Status, Is.EqualTo(HttpStatusCode.Accepted));
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        var done = await Eventually.GetAsync(() => FinishedAsync(second.Owner, token));

        Assert.That((string?)done.Json["fileSummary"]![0]!["status"], Is.EqualTo("SUCCESS"));
    }

    private static Task<string> UploadAsync(TestClient client) => client.UploadAsync("a.txt", "hello"u8.ToArray());

    private static JsonObject Request(string handle) => new()
    {
        ["requestedFiles"] = new JsonArray(new JsonObject
        {
            ["fileHandleId"] = handle,
            ["associateObjectId"] = "syn1",
            ["associateObjectType"] = "FileEntity",
        }),
    };

    private static async Task<string> StartAsync(TestClient client, string handle) =>
        (string)(await client.DoAsync("POST", "/file/v1/file/bulk/async/start", Request(handle)))["token"]!;

    private static async Task<Answer?> FinishedAsync(TestClient client, string token) =>
        await client.SendAsync("GET", $"/file/v1/file/bulk/async/get/{token}") is { Status: not HttpStatusCode.Accepted } answer
            ? answer
            : null;
}

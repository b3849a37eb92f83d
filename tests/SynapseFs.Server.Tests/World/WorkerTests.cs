using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.World;

/// <summary>What runs beside the calls goes on after something that nobody expected: here the database refuses.</summary>
public sealed class WorkerTests
{
    [Test]
    public async Task A_preview_that_cannot_be_stored_keeps_no_other_from_being_made()
    {
        await using var test = await TestServer.StartAsync(options => options with { MakesPreviews = true });
        Run(test, "CREATE TRIGGER broken BEFORE UPDATE ON file_handles WHEN old.document LIKE '%bad.txt%' "
            + "BEGIN SELECT raise(ABORT, 'broken'); END");
        var bad = await test.Owner.UploadAsync("bad.txt", "bad"u8.ToArray());
        var good = await test.Owner.UploadAsync("good.txt", "good"u8.ToArray());

        await PreviewAsync(test, good);

        Assert.That((await test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{bad}"))["previewId"], Is.Null);
    }

    [Test]
    public async Task Previews_wait_while_the_database_refuses_and_are_made_with_the_next()
    {
        await using var test = await TestServer.StartAsync(options => options with { MakesPreviews = true });
        Run(test, "CREATE TRIGGER broken BEFORE DELETE ON preview_queue BEGIN SELECT raise(ABORT, 'broken'); END");
        var first = await test.Owner.UploadAsync("first.txt", "first"u8.ToArray());
        var second = await test.Owner.UploadAsync("second.txt", "second"u8.ToArray());

        Run(test, "DROP TRIGGER broken");
        var third = await test.Owner.UploadAsync("third.txt", "third"u8.ToArray());

        foreach (var handle in new[] { first, second, third })
        {
            await PreviewAsync(test, handle);
        }
    }

    [Test]
    public async Task A_job_whose_end_cannot_be_written_keeps_no_other_from_running()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        Run(test, "CREATE TRIGGER broken BEFORE UPDATE ON jobs WHEN old.id IN (SELECT id FROM jobs ORDER BY id LIMIT 3) "
            + "BEGIN SELECT raise(ABORT, 'broken'); END");
        for (var i = 0; i < 3; i++)
        {
            await StartJobAsync(test, project);
        }

        var last = await StartJobAsync(test, project);

        await Eventually.GetAsync(async () =>
            (string?)(await test.Owner.DoAsync("GET", $"/repo/v1/asynchronous/job/{last}"))["jobState"] is "COMPLETE" ? "done" : null);
    }

    [Test]
    public async Task Idle_uploads_that_cannot_be_removed_go_an_hour_later()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options);
        await test.Owner.DoAsync("POST", "/file/v1/file/multipart", TestClient.UploadRequest("a.txt", "a"u8.ToArray()));
        Run(test, "CREATE TRIGGER broken BEFORE DELETE ON uploads BEGIN SELECT raise(ABORT, 'broken'); END");
        time.Advance(TimeSpan.FromDays(31));
        time.Advance(TimeSpan.FromHours(1));
        Run(test, "DROP TRIGGER broken");

        await Eventually.GetAsync(() =>
        {
            time.Advance(TimeSpan.FromHours(1));
            return Task.FromResult(Run(test, "SELECT count(*) FROM uploads") == 0 ? "gone" : null);
        });
    }

    private static async Task<string> StartJobAsync(TestServer test, string parent) =>
        (string)(await test.Owner.DoAsync("POST", "/repo/v1/download/list/add/async/start", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.download.AddToDownloadListRequest",
            ["parentId"] = parent,
        }))["token"]!;

    private static Task<string> PreviewAsync(TestServer test, string handle) => Eventually.GetAsync(async () =>
        (string?)(await test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{handle}"))["previewId"]);

    private static long? Run(TestServer test, string sql) => WorldFile.Run(test.DataDirectory, sql);
}

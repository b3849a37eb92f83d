using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class StatisticsTests
{
    [Test]
    public async Task Files_are_counted_by_month_and_user_until_the_last_full_month()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero));
        await using var test = await TestServer.StartAsync(time, options => options);
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("a.txt", project, [1, 2, 3]);
        await test.Owner.DownloadUrlAsync(file);
        await test.Owner.DownloadUrlAsync(file);
        var early = await test.Owner.DoAsync("POST", "/repo/v1/statistics", Request(project));
        time.Advance(TimeSpan.FromDays(20));

        var later = await test.Owner.DoAsync("POST", "/repo/v1/statistics", Request(project));
        var last = later["fileDownloads"]!["months"]![11]!;

        Assert.Multiple(() =>
        {
            Assert.That(early["fileDownloads"]!["months"]!.AsArray(), Has.Count.EqualTo(12));
            Assert.That(early["fileDownloads"]!.AsObject().ContainsKey("lastUpdatedOn"), Is.False);
            Assert.That((string)last["rangeStart"]!, Is.EqualTo("2026-01-01T00:00:00.000Z"));
            Assert.That((string)last["rangeEnd"]!, Is.EqualTo("2026-02-01T00:00:00.000Z"));
            Assert.That((long)last["filesCount"]!, Is.EqualTo(2));
            Assert.That((long)last["usersCount"]!, Is.EqualTo(1));
            Assert.That((long)later["fileUploads"]!["months"]![11]!["filesCount"]!, Is.EqualTo(1));
            Assert.That((string)later["fileUploads"]!["lastUpdatedOn"]!, Does.StartWith("2026-01-15"));
        });
    }

    [Test]
    public async Task Statistics_are_of_projects_for_those_who_may_read_them()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var folder = (string)(await test.Owner.CreateFolderAsync("f", project))["id"]!;
        var only = Request(project);
        only["fileUploads"] = false;

        Assert.Multiple(async () =>
        {
            Assert.That((await test.Owner.DoAsync("POST", "/repo/v1/statistics", only)).ContainsKey("fileUploads"), Is.False);
            Assert.That((await test.Nobody.SendAsync("POST", "/repo/v1/statistics", Request(project))).Reason,
                Is.EqualTo("Anonymous users may not access statistics"));
            Assert.That((await test.Reader.SendAsync("POST", "/repo/v1/statistics", Request(project))).Status,
                Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await test.Owner.SendAsync("POST", "/repo/v1/statistics", Request(folder))).Reason,
                Is.EqualTo($"The id {folder} does not refer to project"));
            Assert.That((await test.Owner.SendAsync("POST", "/repo/v1/statistics", new JsonObject { ["objectId"] = project })).Status,
                Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    private static JsonObject Request(string id) => new()
    {
        ["concreteType"] = "org.sagebionetworks.repo.model.statistics.ProjectFilesStatisticsRequest",
        ["objectId"] = id,
    };
}

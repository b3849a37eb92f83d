using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ProjectListTests
{
    [Test]
    public async Task Projects_are_narrowed_by_who_made_them_and_through_which_team_they_are_shared()
    {
        await using var test = await TestServer.StartAsync();
        var reader = test.Server.Accounts[0].PrincipalId;
        var team = (string)(await test.Reader.DoAsync("POST", "/repo/v1/team", new JsonObject { ["name"] = "The Lab" }))["id"]!;
        await test.Reader.CreateProjectAsync("own");
        await test.Owner.ShareAsync((string)(await test.Owner.CreateProjectAsync("named"))["id"]!, reader, "READ");
        await test.Owner.ShareAsync(
            (string)(await test.Owner.CreateProjectAsync("team"))["id"]!, long.Parse(team, CultureInfo.InvariantCulture), "READ");
        await test.Owner.ShareAsync((string)(await test.Owner.CreateProjectAsync("public"))["id"]!, 273949, "READ");
        await test.Owner.CreateProjectAsync("hidden");
        Task<string[]> OfAsync(string query) => NamesAsync(test.Reader, "?sort=PROJECT_NAME&sortDirection=ASC" + query);

        var foreign = await test.Owner.SendAsync("GET", $"/repo/v1/projects?filter=TEAM&teamId={team}");
        var teamless = await test.Reader.SendAsync("GET", $"/repo/v1/projects?teamId={team}");
        var odd = await test.Reader.SendAsync("GET", "/repo/v1/projects?filter=SOME");

        Assert.Multiple(async () =>
        {
            Assert.That(await OfAsync(""), Is.EqualTo(new[] { "named", "own", "team" }));
            Assert.That(await OfAsync("&filter=CREATED"), Is.EqualTo(new[] { "own" }));
            Assert.That(await OfAsync("&filter=PARTICIPATED"), Is.EqualTo(new[] { "named", "team" }));
            Assert.That(await OfAsync("&filter=TEAM"), Is.EqualTo(new[] { "team" }));
            Assert.That(await OfAsync($"&filter=TEAM&teamId={team}"), Is.EqualTo(new[] { "team" }));
            Assert.That(foreign.Reason, Is.EqualTo($"User {test.Server.FirstUser.PrincipalId} is not a member of team {team}"));
            Assert.That(teamless.Reason, Is.EqualTo("Cannot specify 'teamId' when filter is not TEAM."));
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task The_project_of_the_latest_change_comes_first()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var test = await TestServer.StartAsync(time, options => options);
        var first = (string)(await test.Owner.CreateProjectAsync("first"))["id"]!;
        time.Advance(TimeSpan.FromMinutes(1));
        await test.Owner.CreateProjectAsync("second");
        time.Advance(TimeSpan.FromMinutes(1));

        var before = await NamesAsync(test.Owner, "");
        await test.Owner.CreateFolderAsync("deep", (string)(await test.Owner.CreateFolderAsync("folder", first))["id"]!);
        var after = await test.Owner.DoAsync("GET", "/repo/v1/projects");

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo(new[] { "second", "first" }));
            Assert.That((string?)after["results"]![0]!["name"], Is.EqualTo("first"));
            Assert.That((string?)after["results"]![0]!["lastActivity"], Is.EqualTo("2026-03-01T12:02:00.000Z"));
            Assert.That((string?)after["results"]![0]!["modifiedOn"], Is.EqualTo("2026-03-01T12:00:00.000Z"));
        });
    }

    [Test]
    public async Task A_share_counts_as_activity_of_whom_it_reaches()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options);
        var shared = (string)(await test.Owner.CreateProjectAsync("shared"))["id"]!;
        time.Advance(TimeSpan.FromMinutes(1));
        await test.Reader.CreateProjectAsync("own");
        time.Advance(TimeSpan.FromMinutes(1));

        await test.Owner.ShareAsync(shared, test.Server.Accounts[0].PrincipalId, "READ");

        Assert.That(await NamesAsync(test.Reader, ""), Is.EqualTo(new[] { "shared", "own" }));
    }

    [Test]
    public async Task Anothers_projects_are_those_that_both_may_read()
    {
        await using var test = await TestServer.StartAsync();
        await test.Owner.CreateProjectAsync("hidden");
        await test.Owner.ShareAsync((string)(await test.Owner.CreateProjectAsync("open"))["id"]!, 273949, "READ");
        var owner = test.Server.FirstUser.PrincipalId;

        var unknown = await test.Reader.SendAsync("GET", "/repo/v1/projects/user/1");

        Assert.Multiple(async () =>
        {
            Assert.That(await NamesAsync(test.Reader, $"/user/{owner}"), Is.EqualTo(new[] { "open" }));
            Assert.That(await NamesAsync(test.Nobody, $"/user/{owner}"), Is.EqualTo(new[] { "open" }));
            Assert.That(await NamesAsync(test.Nobody, ""), Is.Empty);
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Pages_follow_the_token()
    {
        await using var test = await TestServer.StartAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            await test.Owner.CreateProjectAsync(name);
        }

        const string path = "/repo/v1/projects?sort=PROJECT_NAME&sortDirection=ASC&nextPageToken=";
        var page = await test.Owner.DoAsync("GET", path + "2a0");
        var next = await test.Owner.DoAsync("GET", path + page["nextPageToken"]);

        Assert.Multiple(() =>
        {
            Assert.That((string?)page["nextPageToken"], Is.EqualTo("2a2"));
            Assert.That((string?)next["results"]!.AsArray().Single()!["name"], Is.EqualTo("c"));
            Assert.That(next["nextPageToken"], Is.Null);
        });
    }

    private static async Task<string[]> NamesAsync(TestClient client, string query) =>
        [.. (await client.DoAsync("GET", $"/repo/v1/projects{query}"))["results"]!.AsArray().Select(header => (string)header!["name"]!)];
}

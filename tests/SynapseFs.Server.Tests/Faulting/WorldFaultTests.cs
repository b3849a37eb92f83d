using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Faulting;

/// <summary>Faults that happen to the world and to the clock.</summary>
public sealed class WorldFaultTests
{
    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync() => _test = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_conflict_comes_between_the_reading_and_the_next_write()
    {
        var project = await _test.Owner.CreateProjectAsync();
        var path = $"/repo/v1/entity/{project["id"]}";
        _test.Server.Faults.Add(new FaultRule { Method = "PUT", Path = "/repo/v1/entity/*", Conflict = true, Count = 1 });

        var refused = await _test.Owner.SendAsync("PUT", path, project);
        var fresh = await _test.Owner.DoAsync("GET", path);
        var done = await _test.Owner.SendAsync("PUT", path, fresh);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That((string?)fresh["etag"], Is.Not.EqualTo((string?)project["etag"]));
            Assert.That(done.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task A_conflict_where_no_entity_is_named_is_told_as_one()
    {
        _test.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/entity", Conflict = true, Count = 1 });

        var refused = await _test.Owner.SendAsync("POST", "/repo/v1/entity", new JsonObject { ["name"] = "x" });

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task A_revoked_token_stays_revoked_and_others_do_not_suffer()
    {
        _test.Server.Faults.Add(new FaultRule { Path = "/repo/v1/userProfile", RevokeToken = true, Count = 1 });

        var first = await _test.Reader.SendAsync("GET", "/repo/v1/userProfile");
        var second = await _test.Reader.SendAsync("GET", "/repo/v1/userProfile");
        var owner = await _test.Owner.SendAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(() =>
        {
            Assert.That(first.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(first.Headers["WWW-Authenticate"], Does.StartWith("Bearer"));
            Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(owner.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task A_wrong_clock_shows_in_dates_and_in_what_expires()
    {
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        var file = await _test.Owner.CreateFileAsync("a.txt", project, Encoding.ASCII.GetBytes("bytes"));
        var url = await _test.Owner.DownloadUrlAsync(file);
        _test.Server.ClockSkew = TimeSpan.FromHours(2);

        var expired = await _test.Nobody.GetRangeAsync(url, range: null);
        var fresh = await _test.Nobody.GetRangeAsync(await _test.Owner.DownloadUrlAsync(file), range: null);
        var later = await _test.Owner.CreateFolderAsync("later", project);
        var ahead = DateTimeOffset.Parse((string)later["createdOn"]!, CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow;
        var told = DateTimeOffset.Parse(fresh.Headers["Date"], CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow;

        Assert.Multiple(() =>
        {
            Assert.That(expired.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(fresh.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(ahead, Is.EqualTo(TimeSpan.FromHours(2)).Within(TimeSpan.FromMinutes(5)));
            Assert.That(told, Is.EqualTo(TimeSpan.FromHours(2)).Within(TimeSpan.FromMinutes(5)));
        });
    }

    [Test]
    public async Task Under_maintenance_all_but_status_and_version_is_refused()
    {
        _test.Server.SetState(StackState.ReadOnly, "Back at noon.");

        var refused = await _test.Owner.SendAsync("GET", "/repo/v1/userProfile");
        var status = await _test.Owner.DoAsync("GET", "/repo/v1/status");
        var version = await _test.Owner.SendAsync("GET", "/repo/v1/version");
        _test.Server.SetState(StackState.ReadWrite, message: null);
        var again = await _test.Owner.SendAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(refused.Reason, Is.EqualTo("Back at noon."));
            Assert.That((string?)status["status"], Is.EqualTo("READ_ONLY"));
            Assert.That((string?)status["currentMessage"], Is.EqualTo("Back at noon."));
            Assert.That(version.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }
}

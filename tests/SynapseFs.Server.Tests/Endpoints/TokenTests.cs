using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class TokenTests
{
    private const string Path = "/auth/v1/personalAccessToken";
    private static readonly string[] Strong = ["view", "modify", "authorize"];

    [Test]
    public async Task A_token_carries_no_more_than_the_one_that_made_it_and_never_authorize()
    {
        await using var test = await StartAsync();

        var made = await test.Reader.DoAsync("POST", Path, Body("mount", "view", "download", "authorize"));
        using var client = new TestClient(test.Server, (string)made["token"]!);
        var listed = (await client.DoAsync("GET", Path))["results"]!.AsArray().Single()!;
        var refused = await client.SendAsync("POST", Path, Body("other", "view"));

        Assert.Multiple(() =>
        {
            Assert.That(listed["scopes"]!.AsArray().Select(scope => (string)scope!), Is.EqualTo(new[] { "view" }));
            Assert.That((string?)listed["name"], Is.EqualTo("mount"));
            Assert.That((string?)listed["userId"], Is.EqualTo(test.Server.Accounts[0].PrincipalId.ToString(CultureInfo.InvariantCulture)));
            Assert.That((string?)listed["state"], Is.EqualTo("ACTIVE"));
            Assert.That(listed["userInfoClaims"], Is.InstanceOf<JsonObject>());
            Assert.That((string?)listed["createdOn"], Does.EndWith("Z"));
            Assert.That((string?)listed["lastUsed"], Does.EndWith("Z"));
            Assert.That(refused.Reason, Is.EqualTo("insufficient_scope. Request lacks scope(s) required by this service: authorize"));
        });
    }

    [Test]
    public async Task A_token_without_a_name_or_scopes_gets_both()
    {
        await using var test = await StartAsync();

        await test.Reader.DoAsync("POST", Path, new JsonObject { ["name"] = " " });
        var record = (await test.Reader.DoAsync("GET", Path))["results"]!.AsArray().Single()!;

        Assert.Multiple(() =>
        {
            Assert.That(Guid.TryParse((string?)record["name"], out _), Is.True);
            Assert.That(record["scopes"]!.AsArray().Select(scope => (string)scope!), Is.EqualTo(new[] { "view", "modify" }));
        });
    }

    [Test]
    public async Task Two_tokens_may_not_share_a_name_and_scopes_must_exist()
    {
        await using var test = await StartAsync();
        await test.Reader.DoAsync("POST", Path, Body("mount", "view"));

        var same = await test.Reader.SendAsync("POST", Path, Body("mount", "view"));
        var odd = await test.Reader.SendAsync("POST", Path, Body("odd", "everything"));

        Assert.Multiple(() =>
        {
            Assert.That(same.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(same.Reason, Is.EqualTo(
                "You cannot have two tokens with the same name. You must delete the existing token to create a new one with this name."));
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task Beyond_a_hundred_the_least_recently_used_goes_and_pages_hold_fifty()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options with { Users = [User] });
        var tokens = new List<string>();
        for (var i = 0; i <= 100; i++)
        {
            if (i == 100)
            {
                // The first is used again, so that the second is the one to go.
                using var first = new TestClient(test.Server, tokens[0]);
                await first.DoAsync("GET", "/repo/v1/userProfile");
            }

            tokens.Add((string)(await test.Reader.DoAsync("POST", Path, Body($"token {i}", "view")))["token"]!);
            time.Advance(TimeSpan.FromMinutes(2));
        }

        var page = await test.Reader.DoAsync("GET", Path);
        var next = await test.Reader.DoAsync("GET", $"{Path}?nextPageToken={page["nextPageToken"]}");
        string[] names = [.. Names(page), .. Names(next)];
        using var gone = new TestClient(test.Server, tokens[1]);

        Assert.Multiple(async () =>
        {
            Assert.That((string?)page["nextPageToken"], Is.EqualTo("50a50"));
            Assert.That(next["nextPageToken"], Is.Null);
            Assert.That(names, Has.Length.EqualTo(100));
            Assert.That(names[..2], Is.EqualTo(new[] { "token 100", "token 0" }), "the last used comes first");
            Assert.That(names, Does.Not.Contain("token 1"));
            Assert.That((await gone.SendAsync("GET", "/repo/v1/userProfile")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task A_token_that_is_not_used_for_180_days_has_expired()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options with { Users = [User] });
        var made = await test.Reader.DoAsync("POST", Path, Body("mount", "view"));
        using var client = new TestClient(test.Server, (string)made["token"]!);

        time.Advance(TimeSpan.FromDays(179));
        var used = await client.SendAsync("GET", "/repo/v1/userProfile");
        time.Advance(TimeSpan.FromDays(180));
        var unused = await client.SendAsync("GET", "/repo/v1/userProfile");
        var record = (await test.Reader.DoAsync("GET", Path))["results"]!.AsArray().Single()!;

        Assert.Multiple(() =>
        {
            Assert.That(used.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(unused.Reason, Is.EqualTo("Invalid access token"));
            Assert.That((string?)record["state"], Is.EqualTo("EXPIRED"));
        });
    }

    [Test]
    public async Task A_token_is_read_and_revoked_by_its_owner_only()
    {
        await using var test = await StartAsync();
        var made = await test.Reader.DoAsync("POST", Path, Body("mount", "view"));
        var id = (string)(await test.Reader.DoAsync("GET", Path))["results"]![0]!["id"]!;
        using var client = new TestClient(test.Server, (string)made["token"]!);

        var read = await test.Reader.DoAsync("GET", $"{Path}/{id}");
        var foreign = await test.Owner.SendAsync("GET", $"{Path}/{id}");
        var weak = await client.SendAsync("DELETE", $"{Path}/{id}");
        var deleted = await test.Reader.SendAsync("DELETE", $"{Path}/{id}");
        var again = await test.Reader.SendAsync("DELETE", $"{Path}/{id}");
        var after = await client.SendAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(() =>
        {
            Assert.That((string?)read["name"], Is.EqualTo("mount"));
            Assert.That(foreign.Reason, Is.EqualTo("You do not have permission to view this token record."));
            Assert.That(weak.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(again.Reason, Is.EqualTo($"Access token '{id}' does not exist"));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task Anonymous_callers_have_no_tokens()
    {
        await using var test = await StartAsync();

        var make = await test.Nobody.SendAsync("POST", Path, Body("mount", "view"));
        var list = await test.Nobody.SendAsync("GET", Path);

        Assert.Multiple(() =>
        {
            Assert.That(make.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(make.Reason, Is.EqualTo("Anonymous users may not issue personal access tokens."));
            Assert.That(list.Reason, Is.EqualTo("Anonymous users cannot have personal access tokens."));
        });
    }

    private static ServerUser User => new() { Name = "reader", Token = "reader-token", Scopes = Strong };

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(options => options with { Users = [User] });

    private static JsonObject Body(string name, params string[] scopes) => new()
    {
        ["name"] = name,
        ["scope"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
    };

    private static IEnumerable<string> Names(JsonObject page) =>
        page["results"]!.AsArray().Select(record => (string)record!["name"]!);
}

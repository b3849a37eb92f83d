using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Http;

public sealed class GateTests
{
    [Test]
    public async Task A_bad_token_is_401_with_the_contracts_body_and_header()
    {
        await using var test = await TestServer.StartAsync();
        using var client = new TestClient(test.Server, "nonsense");

        var answer = await client.SendAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(answer.Text, Is.EqualTo(
                "{\"concreteType\":\"org.sagebionetworks.repo.model.ErrorResponse\",\"reason\":\"Invalid access token\"}"));
            Assert.That(answer.Headers["WWW-Authenticate"], Is.EqualTo("Bearer realm=\"Synapse Repository Services\""));
        });
    }

    [Test]
    public async Task Anything_but_the_literal_prefix_is_nobody()
    {
        await using var test = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/repo/v1/userProfile");
        request.Headers.Authorization = new AuthenticationHeaderValue("bearer", test.Server.FirstUser.Token);

        using var response = await test.Nobody.Http.SendAsync(request);
        var answer = await Answer.OfAsync(response);

        Assert.That((string)answer.Json["userName"]!, Is.EqualTo("anonymous"));
    }

    [Test]
    public async Task A_token_ends_at_its_date()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var users = new[] { new ServerUser { Name = "guest", Token = "t", ExpiresOn = time.GetUtcNow().AddMinutes(1) } };
        await using var test = await TestServer.StartAsync(time, options => options with { Users = users });

        var before = await test.Reader.SendAsync("GET", "/repo/v1/userProfile");
        time.Advance(TimeSpan.FromMinutes(1));
        var after = await test.Reader.SendAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(() =>
        {
            Assert.That(before.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task A_missing_scope_is_named()
    {
        var users = new[] { new ServerUser { Name = "viewer", Token = "t", Scopes = ["view"] } };
        await using var test = await TestServer.StartAsync(options => options with { Users = users });

        var answer = await test.Reader.SendAsync("POST", "/file/v1/fileHandle/batch", new JsonObject());

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(JsonNode.DeepEquals(answer.Json, new JsonObject
            {
                ["concreteType"] = "org.sagebionetworks.repo.model.OAuthErrorResponse",
                ["error"] = "insufficient_scope",
                ["error_description"] = "Request lacks scope(s) required by this service: download",
                ["reason"] = "insufficient_scope. Request lacks scope(s) required by this service: download",
            }), Is.True, answer.Text);
        });
    }

    [Test]
    public async Task Whoever_has_not_accepted_the_terms_is_refused()
    {
        var users = new[] { new ServerUser { Name = "new", Token = "t", HasAcceptedTerms = false } };
        await using var test = await TestServer.StartAsync(options => options with { Users = users });

        var answer = await test.Reader.SendAsync("GET", "/repo/v1/userProfile");

        Assert.That(answer.Reason, Is.EqualTo("Terms of use have not been signed."));
    }

    [Test]
    public async Task Uncertified_users_make_projects_but_no_folders()
    {
        var users = new[] { new ServerUser { Name = "new", Token = "t", IsCertified = false } };
        await using var test = await TestServer.StartAsync(options => options with { Users = users });
        var project = (string)(await test.Reader.CreateProjectAsync())["id"]!;

        var answer = await test.Reader.SendAsync("POST", "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.Folder",
            ["parentId"] = project,
        });

        Assert.That(answer.Reason, Is.EqualTo("Only certified users may create or update content in Synapse."));
    }

    [Test]
    public async Task The_six_hundred_first_call_in_a_minute_is_refused_and_the_next_minute_is_new()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options with { IsThrottled = true, MaxRequestsPerMinute = 5 });

        for (var i = 0; i < 5; i++)
        {
            await test.Owner.DoAsync("GET", "/repo/v1/version");
        }

        var refused = await test.Owner.SendAsync("GET", "/repo/v1/version");
        var nobody = await test.Nobody.SendAsync("GET", "/repo/v1/version");
        var other = await test.Reader.SendAsync("GET", "/repo/v1/version");
        time.Advance(TimeSpan.FromSeconds(60));
        var later = await test.Owner.SendAsync("GET", "/repo/v1/version");

        Assert.Multiple(() =>
        {
            Assert.That((int)refused.Status, Is.EqualTo(429));
            Assert.That(refused.Text, Is.EqualTo("{\"reason\":\"Requests are too frequent. Allowed 5 requests every 60 seconds.\"}"));
            Assert.That(nobody.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(other.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(later.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task The_fourth_call_at_a_time_is_refused_and_storage_is_not_counted()
    {
        await using var test = await TestServer.StartAsync(options => options with { IsThrottled = true });
        var project = await test.Owner.CreateProjectAsync();
        var file = await test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Encoding.ASCII.GetBytes("abc"));
        var url = await test.Owner.DownloadUrlAsync(file);
        // Slow on the way out, so that three are under way for as long as the test wants.
        var rule = test.Server.Faults.Add(new FaultRule { Path = "/repo/v1/entity/*", StallAfter = 1, Count = 3 });
        using var stop = new CancellationTokenSource();
        var stalled = Enumerable.Range(0, 3)
            .Select(_ => test.Owner.Http.GetAsync(
                new Uri($"/repo/v1/entity/{project["id"]}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop.Token))
            .ToArray();
        var started = await Task.WhenAll(stalled);

        var refused = await test.Owner.SendAsync("GET", "/repo/v1/version");
        var content = await test.Owner.GetRangeAsync(url, range: null);

        Assert.Multiple(() =>
        {
            Assert.That(test.Server.Faults.TimesApplied(rule), Is.EqualTo(3));
            Assert.That((int)refused.Status, Is.EqualTo(429));
            Assert.That(refused.Text, Is.EqualTo(
                "{\"reason\":\"Too many concurrent requests. Allowed 3 concurrent connections at any time.\"}"));
            Assert.That(content.Status, Is.EqualTo(HttpStatusCode.OK));
        });
        Array.ForEach(started, response => response.Dispose());
        await stop.CancelAsync();
    }

    [Test]
    public async Task Three_callers_who_ask_again_at_once_are_never_refused()
    {
        await using var test = await TestServer.StartAsync(options => options with { IsThrottled = true });

        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (_, _) =>
            await test.Owner.SendAsync("GET", "/repo/v1/userProfile"));

        Assert.That(test.Server.Log.Totals.Throttled, Is.Zero);
    }

    [Test]
    public async Task A_body_without_a_charset_is_latin_1_as_in_synapse()
    {
        await using var test = await TestServer.StartAsync();
        var bytes = Encoding.UTF8.GetBytes(
            "{\"concreteType\":\"org.sagebionetworks.repo.model.Project\",\"name\":\"p\",\"description\":\"é\"}");
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await test.Owner.Http.PostAsync(new Uri("/repo/v1/entity", UriKind.Relative), content);
        var answer = await Answer.OfAsync(response);

        Assert.That((string)answer.Json["description"]!, Is.EqualTo("Ã©"));
    }

    [TestCase("text/plain", 10, 415)]
    [TestCase("application/json; charset=UTF-8", (2 << 20) + 1, 413)]
    public async Task A_body_of_the_wrong_kind_or_size_is_refused(string type, int size, int status)
    {
        await using var test = await TestServer.StartAsync();
        using var content = new ByteArrayContent(new byte[size]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await test.Owner.Http.PostAsync(new Uri("/repo/v1/entity", UriKind.Relative), content);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_known_path_with_another_verb_is_405()
    {
        await using var test = await TestServer.StartAsync();

        var answer = await test.Owner.SendAsync("PATCH", "/repo/v1/entity/syn1");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(answer.Reason, Is.EqualTo("Request method 'PATCH' not supported"));
        });
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>How clients from 2018 on log in, and whom they ask about afterwards.</summary>
public sealed class ClientLoginTraceTests
{
    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync() => _test = await TestServer.StartAsync(options => options with
    {
        Users = [new ServerUser { Name = "reader", Token = "reader-token", Password = "open-sesame" }],
    });

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_token_is_tried_on_the_profile_and_then_on_what_is_known_of_the_user()
    {
        var trace = new TraceClient(_test.Owner);
        var profile = await trace.CallAsync(200, "GET /repo/v1/userProfile");
        var id = (string)profile["ownerId"]!;
        var shown = await trace.CallAsync(200, "GET /repo/v1/userProfile/");
        var other = await trace.CallAsync(200, $"GET /repo/v1/userProfile/{id}");
        var found = await trace.CallAsync(200, "GET /repo/v1/userGroupHeaders?prefix=demo&limit=20&offset=0");
        var end = await trace.CallAsync(200, "GET /repo/v1/userGroupHeaders?prefix=demo&limit=20&offset=20");
        var bundle = await trace.CallAsync(200, $"GET /repo/v1/user/{id}/bundle?mask=1");
        var teams = await trace.CallAsync(200, $"GET /repo/v1/user/{id}/team?limit=50&offset=0");
        var passed = await trace.CallAsync(200, $"GET /repo/v1/user/{id}/certifiedUserPassingRecord");
        var batch = await trace.CallAsync(200, $"GET /repo/v1/userGroupHeaders/batch?ids={id},273949");

        Assert.Multiple(() =>
        {
            Assert.That((string)profile["userName"]!, Is.EqualTo("demo"));
            Assert.That((string)shown["ownerId"]!, Is.EqualTo(id));
            Assert.That((string)other["userName"]!, Is.EqualTo("demo"));
            Assert.That((string)found["children"]![0]!["ownerId"]!, Is.EqualTo(id));
            Assert.That((bool)found["children"]![0]!["isIndividual"]!, Is.True);
            Assert.That(end["children"]!.AsArray(), Is.Empty, "the client asks for pages until one is empty");
            Assert.That((string)bundle["userProfile"]!["userName"]!, Is.EqualTo("demo"));
            Assert.That(teams["results"], Is.InstanceOf<JsonArray>());
            Assert.That((bool)passed["passed"]!, Is.True);
            Assert.That(batch["children"]!.AsArray(), Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task A_password_gives_a_session_and_the_session_a_key_that_signs_what_follows()
    {
        var trace = new TraceClient(_test.Nobody);
        var session = await trace.CallAsync(201, "POST /auth/v1/session", """{"email":"reader","password":"open-sesame"}""");
        var key = await trace.SendAsync("GET /auth/v1/secretKey", null, ("sessionToken", (string)session["sessionToken"]!));
        var secret = (string)key.Json["secretKey"]!;
        var profile = await SignedAsync(trace, "GET /repo/v1/userProfile/", secret);
        var made = await SignedAsync(
            trace, "POST /repo/v1/entity",
            secret, """{"concreteType":"org.sagebionetworks.repo.model.Project","name":"Signed","parentId":null}""");
        var wrong = await trace.SendAsync("POST /auth/v1/session", """{"email":"reader","password":"wrong"}""");

        Assert.Multiple(() =>
        {
            Assert.That((string)profile.Json["userName"]!, Is.EqualTo("reader"), profile.Text);
            Assert.That((int)made.Status, Is.EqualTo(201), made.Text);
            Assert.That((int)wrong.Status, Is.AnyOf(401, 403, 404));
            Assert.That(wrong.Reason, Is.Not.Empty);
        });
    }

    private static Task<Answer> SignedAsync(TraceClient trace, string call, string secret, string? body = null)
    {
        var path = call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var stamp = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
#pragma warning disable CA5350 // The protocol names SHA-1.
        var signature = HMACSHA1.HashData(Convert.FromBase64String(secret), Encoding.UTF8.GetBytes("reader" + path + stamp));
#pragma warning restore CA5350
        return trace.SendAsync(
            call, body, ("userId", "reader"), ("signatureTimestamp", stamp), ("signature", Convert.ToBase64String(signature)));
    }
}

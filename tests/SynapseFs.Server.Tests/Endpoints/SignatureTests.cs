using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>Clients up to 3.x sign their calls with an API key.</summary>
public sealed class SignatureTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase("/repo/v1/userProfile/", 0, 200)]
    [TestCase("/repo/v1/userProfile?x=1", 31, 200)]
    [TestCase("/repo/v1/userProfile", -31, 200)]
    [TestCase("/repo/v1/userProfile", 32, 401)]
    [TestCase("/repo/v1/userProfile", -32, 401)]
    public async Task A_signed_call_is_its_users_within_31_minutes(string path, int minutes, int status)
    {
        await using var test = await StartAsync();
        var key = await SecretKeyAsync(test);

        var answer = await SignedAsync(test, path, key, Start.AddMinutes(minutes));

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status), answer.Text);
            Assert.That((string?)answer.Json["userName"], Is.EqualTo(status == 200 ? "reader" : null));
        });
    }

    [Test]
    public async Task A_signed_call_may_write_and_needs_no_token()
    {
        await using var test = await StartAsync();
        var key = await SecretKeyAsync(test);

        var answer = await SignedAsync(test, "/auth/v1/personalAccessToken", key, Start);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_wrong_signature_is_refused_even_beside_a_good_token()
    {
        await using var test = await StartAsync();
        await SecretKeyAsync(test);

        var answer = await SignedAsync(test, "/repo/v1/userProfile", Convert.ToBase64String(new byte[64]), Start, test.Reader);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(answer.Reason, Does.StartWith("Invalid digital signature: "));
        });
    }

    [TestCase("nobody-here", "2026-03-01T12:00:00.000Z", "Did not find a user with alias: nobody-here")]
    [TestCase("reader", "yesterday", "Timestamp in request, yesterday, is out of date.")]
    [TestCase("reader", "2026-03-01T12:00:00.000Z", "Invalid digital signature: c2lnbmF0dXJl")]
    public async Task What_is_wrong_with_a_signed_call_is_told(string user, string stamp, string reason)
    {
        await using var test = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/repo/v1/userProfile");
        request.Headers.Add("userId", user);
        request.Headers.Add("signatureTimestamp", stamp);
        request.Headers.Add("signature", "c2lnbmF0dXJl");

        using var response = await test.Nobody.Http.SendAsync(request);
        var answer = await Answer.OfAsync(response);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task The_key_stays_the_same_until_it_is_renewed()
    {
        await using var test = await StartAsync();
        var first = await SecretKeyAsync(test);
        var again = await SecretKeyAsync(test);

        using var client = await LoginAsync(test);
        var renewed = await client.SendAsync("DELETE", "/auth/v1/secretKey");
        var after = await SignedAsync(test, "/repo/v1/userProfile", first, Start);
        var weak = await test.Reader.SendAsync("GET", "/auth/v1/secretKey");

        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(renewed.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(weak.Status, Is.EqualTo(HttpStatusCode.Forbidden), "a token without the scope authorize");
        });
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        new FakeTimeProvider(Start),
        options => options with { Users = [new ServerUser { Name = "reader", Token = "reader-token", Password = "open-sesame" }] });

    private static async Task<TestClient> LoginAsync(TestServer test)
    {
        var login = await test.Nobody.DoAsync("POST", "/auth/v1/session", new System.Text.Json.Nodes.JsonObject
        {
            ["email"] = "reader",
            ["password"] = "open-sesame",
        });
        return new TestClient(test.Server, (string)login["sessionToken"]!);
    }

    private static async Task<string> SecretKeyAsync(TestServer test)
    {
        using var client = await LoginAsync(test);
        return (string)(await client.DoAsync("GET", "/auth/v1/secretKey"))["secretKey"]!;
    }

    private static async Task<Answer> SignedAsync(
        TestServer test, string path, string key, DateTimeOffset when, TestClient? client = null)
    {
        var stamp = when.ToString("yyyy-MM-dd'T'HH:mm:ss.000'Z'", CultureInfo.InvariantCulture);
#pragma warning disable CA5350 // The protocol names SHA-1.
        var hash = HMACSHA1.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes("reader" + path.Split('?')[0] + stamp));
#pragma warning restore CA5350
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("userId", "reader");
        request.Headers.Add("signatureTimestamp", stamp);
        request.Headers.Add("signature", Convert.ToBase64String(hash));
        using var response = await (client ?? test.Nobody).Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}

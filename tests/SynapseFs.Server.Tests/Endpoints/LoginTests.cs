using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class LoginTests
{
    private static readonly ServerUser Reader = new() { Name = "reader", Token = "reader-token", Password = "open-sesame" };

    [TestCase("reader")]
    [TestCase("READER")]
    [TestCase("reader@example.org")]
    public async Task A_password_gives_a_token_that_may_do_everything(string name)
    {
        await using var test = await StartAsync();

        var login = await LoginAsync(test, name, "open-sesame");
        using var client = new TestClient(test.Server, (string)login.Json["accessToken"]!);
        var profile = await client.DoAsync("GET", "/repo/v1/userProfile");
        var token = await client.SendAsync("POST", "/auth/v1/personalAccessToken", new JsonObject { ["scope"] = new JsonArray("view") });

        Assert.Multiple(() =>
        {
            Assert.That(login.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((bool)login.Json["acceptsTermsOfUse"]!, Is.True);
            Assert.That((string?)login.Json["authenticationReceipt"], Is.Not.Empty);
            Assert.That((string?)profile["userName"], Is.EqualTo("reader"));
            Assert.That(token.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [TestCase("reader", "wrong", 401, "The provided username/password combination is incorrect")]
    [TestCase("nobody-here", "wrong", 401, "The provided username/password combination is incorrect")]
    [TestCase("demo", "", 401, "The provided username/password combination is incorrect")]
    [TestCase(null, "wrong", 400, "LoginRequest.username is required.")]
    [TestCase("reader", null, 400, "LoginRequest.password is required.")]
    public async Task Wrong_logins_are_refused_alike(string? name, string? password, int status, string reason)
    {
        await using var test = await StartAsync();

        var answer = await LoginAsync(test, name, password);

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task Repeated_failures_lock_out_whoever_has_no_receipt()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options with { Users = [Reader] });
        var receipt = (string)(await LoginAsync(test, "reader", "open-sesame")).Json["authenticationReceipt"]!;
        await LoginAsync(test, "reader", "wrong");
        time.Advance(TimeSpan.FromMilliseconds(2));
        await LoginAsync(test, "reader", "wrong");

        var locked = await LoginAsync(test, "reader", "open-sesame");
        var trusted = await LoginAsync(test, "reader", "open-sesame", receipt);
        var forged = await LoginAsync(test, "reader", "open-sesame", receipt[..^8] + "AAAAAAAA");
        time.Advance(TimeSpan.FromMilliseconds(4));
        var later = await LoginAsync(test, "reader", "open-sesame");

        Assert.Multiple(() =>
        {
            Assert.That((int)locked.Status, Is.EqualTo(423));
            Assert.That(locked.Reason, Is.EqualTo(
                "You are locked out from making any additional login attempts for 4 milliseconds"));
            Assert.That(trusted.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((int)forged.Status, Is.EqualTo(423));
            Assert.That(later.Status, Is.EqualTo(HttpStatusCode.Created));
        });
    }

    [TestCase("/auth/v1/login", "username")]
    [TestCase("/auth/v1/session", "email")]
    public async Task Old_logins_give_a_session_token(string path, string field)
    {
        await using var test = await StartAsync();

        var login = await test.Nobody.SendAsync("POST", path, new JsonObject { [field] = "reader", ["password"] = "open-sesame" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/repo/v1/userProfile");
        request.Headers.Add("sessionToken", (string)login.Json["sessionToken"]!);
        using var response = await test.Nobody.Http.SendAsync(request);
        var profile = await Answer.OfAsync(response);

        Assert.Multiple(() =>
        {
            Assert.That(login.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)profile.Json["userName"], Is.EqualTo("reader"));
        });
    }

    [Test]
    public async Task A_session_lasts_a_day()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options with { Users = [Reader] });
        using var client = await LoggedInAsync(test);

        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var before = await client.SendAsync("GET", "/repo/v1/userProfile");
        time.Advance(TimeSpan.FromSeconds(1));
        var after = await client.SendAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(() =>
        {
            Assert.That(before.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [TestCase("/auth/v1/sessionAccessToken")]
    [TestCase("/auth/v1/session")]
    public async Task After_logging_out_the_token_is_told_to_be_revoked(string path)
    {
        await using var test = await StartAsync();
        using var client = await LoggedInAsync(test);
        using var other = await LoggedInAsync(test);

        await client.DoAsync("DELETE", path);
        var after = await client.SendAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(async () =>
        {
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That((string?)after.Json["error"], Is.EqualTo("invalid_token"));
            Assert.That((await other.SendAsync("GET", "/repo/v1/userProfile")).Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task All_sessions_end_at_once_when_asked()
    {
        await using var test = await StartAsync();
        using var client = await LoggedInAsync(test);
        using var other = await LoggedInAsync(test);
        var id = test.Server.Accounts[0].PrincipalId;

        var foreign = await client.SendAsync("DELETE", $"/auth/v1/user/{test.Server.FirstUser.PrincipalId}/sessionAccessToken/all");
        await client.DoAsync("DELETE", $"/auth/v1/user/{id}/sessionAccessToken/all");

        Assert.Multiple(async () =>
        {
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await other.SendAsync("GET", "/repo/v1/userProfile")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That((await test.Reader.SendAsync("GET", "/repo/v1/userProfile")).Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task The_time_of_the_login_is_told()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-03-01T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var test = await TestServer.StartAsync(time, options => options with { Users = [Reader] });
        using var client = await LoggedInAsync(test);

        var told = await client.DoAsync("GET", "/auth/v1/authenticatedOn");
        var nobody = await test.Nobody.SendAsync("GET", "/auth/v1/authenticatedOn");

        Assert.Multiple(() =>
        {
            Assert.That((string?)told["authenticatedOn"], Is.EqualTo("2026-03-01T10:00:00.000Z"));
            Assert.That(nobody.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task A_new_password_replaces_the_old_one()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options with { Users = [Reader] });
        JsonObject Change(string current, string next) => new()
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.auth.ChangePasswordWithCurrentPassword",
            ["username"] = "reader",
            ["currentPassword"] = current,
            ["newPassword"] = next,
        };

        var wrong = await test.Nobody.SendAsync("POST", "/auth/v1/user/changePassword", Change("guess", "another-one"));
        time.Advance(TimeSpan.FromSeconds(1));
        var tooShort = await test.Nobody.SendAsync("POST", "/auth/v1/user/changePassword", Change("open-sesame", "short"));
        var changed = await test.Nobody.SendAsync("POST", "/auth/v1/user/changePassword", Change("open-sesame", "another-one"));
        var login = await LoginAsync(test, "reader", "another-one");

        Assert.Multiple(() =>
        {
            Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(tooShort.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(changed.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(login.Status, Is.EqualTo(HttpStatusCode.Created));
        });
    }

    [Test]
    public async Task Terms_that_are_accepted_open_the_service_and_stay_so_after_a_restart()
    {
        var directory = TestServer.NewDirectory();
        ServerOptions Options(ServerOptions options) => options with { Users = [Reader with { HasAcceptedTerms = false }] };
        await using (var test = await TestServer.StartAsync(directory, Options, TimeProvider.System, ownsDirectory: false))
        {
            var login = await LoginAsync(test, "reader", "open-sesame");
            var before = await test.Reader.SendAsync("GET", "/repo/v1/userProfile");
            var must = await test.Reader.DoAsync("GET", "/auth/v1/termsOfUse2/status");
            var signed = await test.Nobody.SendAsync("POST", "/auth/v1/termsOfUse2", new JsonObject { ["accessToken"] = "reader-token" });
            var now = await test.Reader.DoAsync("GET", "/auth/v1/termsOfUse2/status");

            Assert.Multiple(() =>
            {
                Assert.That((bool)login.Json["acceptsTermsOfUse"]!, Is.False);
                Assert.That(before.Reason, Is.EqualTo("Terms of use have not been signed."));
                Assert.That((string?)must["userCurrentTermsOfServiceState"], Is.EqualTo("MUST_AGREE_NOW"));
                Assert.That(signed.Status, Is.EqualTo(HttpStatusCode.NoContent));
                Assert.That((string?)now["userCurrentTermsOfServiceState"], Is.EqualTo("UP_TO_DATE"));
                Assert.That((string?)now["lastAgreementVersion"], Is.EqualTo("0.0.0"));
            });
        }

        await using (var test = await TestServer.StartAsync(directory, Options, TimeProvider.System, ownsDirectory: true))
        {
            Assert.That((await test.Reader.SendAsync("GET", "/repo/v1/userProfile")).Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task The_terms_are_told_to_anyone_and_signed_only_in_a_version_that_exists()
    {
        await using var test = await StartAsync();

        var info = await test.Nobody.DoAsync("GET", "/auth/v1/termsOfUse2/info");
        var status = await test.Nobody.SendAsync("GET", "/auth/v1/termsOfUse2/status");
        var future = await test.Nobody.SendAsync("POST", "/auth/v1/termsOfUse2", Sign("reader-token", "99.0.0"));
        var odd = await test.Nobody.SendAsync("POST", "/auth/v1/termsOfUse2", Sign("reader-token", "newest"));
        var unknown = await test.Nobody.SendAsync("POST", "/auth/v1/termsOfUse2", Sign("nonsense", "1.0.0"));

        Assert.Multiple(() =>
        {
            Assert.That((string?)info["latestTermsOfServiceVersion"], Is.EqualTo("1.0.0"));
            Assert.That((string?)info["currentRequirements"]!["minimumTermsOfServiceVersion"], Is.EqualTo("0.0.0"));
            Assert.That(status.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(future.Reason, Is.EqualTo("The version cannot be greater than the latest available version (1.0.0)."));
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(options => options with { Users = [Reader] });

    private static JsonObject Sign(string token, string version) =>
        new() { ["accessToken"] = token, ["termsOfServiceVersion"] = version };

    private static Task<Answer> LoginAsync(TestServer test, string? name, string? password, string? receipt = null) =>
        test.Nobody.SendAsync("POST", "/auth/v1/login2", new JsonObject
        {
            ["username"] = name,
            ["password"] = password,
            ["authenticationReceipt"] = receipt,
        });

    private static async Task<TestClient> LoggedInAsync(TestServer test) =>
        new(test.Server, (string)(await LoginAsync(test, "reader", "open-sesame")).Json["accessToken"]!);
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ProfileTests
{
    [Test]
    public async Task A_profile_is_written_by_its_owner_and_read_whole_by_nobody_else()
    {
        await using var test = await TestServer.StartAsync();
        var profile = await test.Reader.DoAsync("GET", "/repo/v1/userProfile");
        profile["firstName"] = "Ada";
        profile["lastName"] = "Lovelace";
        profile["company"] = "Analytical";
        profile["emails"] = new JsonArray("other@example.org");
        profile["notificationSettings"] = new JsonObject { ["sendEmailNotifications"] = false };
        profile["preferences"] = new JsonArray(new JsonObject { ["name"] = "dark", ["value"] = true });

        var written = await test.Reader.DoAsync("PUT", "/repo/v1/userProfile", profile);
        var own = await test.Reader.DoAsync("GET", $"/repo/v1/userProfile/{profile["ownerId"]}");
        var foreign = await test.Nobody.DoAsync("GET", $"/repo/v1/userProfile/{profile["ownerId"]}");

        Assert.Multiple(() =>
        {
            Assert.That((string?)written["etag"], Is.Not.EqualTo((string?)profile["etag"]));
            Assert.That(JsonNode.DeepEquals(own, written), Is.True);
            Assert.That((string?)own["emails"]![0], Is.EqualTo("reader@example.org"), "read-only");
            Assert.That((bool)own["notificationSettings"]!["sendEmailNotifications"]!, Is.False);
            Assert.That((string?)own["preferences"]![0]!["name"], Is.EqualTo("dark"));
            Assert.That(foreign.Select(field => field.Key), Is.EquivalentTo(
                new[] { "ownerId", "userName", "firstName", "lastName", "company", "createdOn" }));
        });
    }

    [Test]
    public async Task A_profile_survives_a_restart()
    {
        var directory = TestServer.NewDirectory();
        await using (var test = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            var profile = await test.Owner.DoAsync("GET", "/repo/v1/userProfile");
            profile["userName"] = "renamed";
            profile["summary"] = "Kept.";
            await test.Owner.DoAsync("PUT", "/repo/v1/userProfile", profile);
        }

        await using (var test = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true))
        {
            var profile = await test.Owner.DoAsync("GET", "/repo/v1/userProfile");

            Assert.Multiple(() =>
            {
                Assert.That((string?)profile["userName"], Is.EqualTo("renamed"), "the first user is known by its token");
                Assert.That((string?)profile["summary"], Is.EqualTo("Kept."));
            });
        }
    }

    [Test]
    public async Task What_may_not_be_written_is_refused()
    {
        await using var test = await TestServer.StartAsync();
        var profile = await test.Reader.DoAsync("GET", "/repo/v1/userProfile");
        Task<Answer> PutAsync(TestClient client, Action<JsonObject> change)
        {
            var body = profile.DeepClone().AsObject();
            change(body);
            return client.SendAsync("PUT", "/repo/v1/userProfile", body);
        }

        var stale = await PutAsync(test.Reader, body => body["etag"] = "old");
        var foreign = await PutAsync(test.Owner, _ => { });
        var nameless = await PutAsync(test.Reader, body => body.Remove("userName"));
        var taken = await PutAsync(test.Reader, body => body["userName"] = "De.Mo");
        var odd = await PutAsync(test.Reader, body => body["userName"] = "a b!");
        var picture = await PutAsync(test.Reader, body => body["profilePicureFileHandleId"] = 1);
        var nobody = await PutAsync(test.Nobody, body => body["ownerId"] = "273950");

        Assert.Multiple(() =>
        {
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(foreign.Reason, Is.EqualTo("Only owner or administrator may update UserProfile."));
            Assert.That(nameless.Reason, Is.EqualTo("Username cannot be null"));
            Assert.That(taken.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(taken.Reason, Is.EqualTo("The alias: De.Mo is already in use."));
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(picture.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(nobody.Reason, Is.EqualTo("Cannot update user profile for anonymous user."));
        });
    }

    [Test]
    public async Task Lists_hold_those_who_exist()
    {
        await using var test = await TestServer.StartAsync();
        var reader = test.Server.Accounts[0].PrincipalId;

        var some = await test.Reader.DoAsync("POST", "/repo/v1/userProfile", new JsonObject { ["list"] = new JsonArray(reader, 1) });
        var all = await test.Reader.DoAsync("GET", "/repo/v1/user");
        var past = await test.Reader.DoAsync("GET", "/repo/v1/user?offset=2&limit=1");
        var unknown = await test.Reader.SendAsync("GET", "/repo/v1/userProfile/1");

        Assert.Multiple(() =>
        {
            Assert.That(some["list"]!.AsArray().Select(profile => (string)profile!["userName"]!), Is.EqualTo(new[] { "reader" }));
            Assert.That(all["results"]!.AsArray().Select(profile => (string)profile!["userName"]!), Is.EqualTo(new[] { "demo", "reader" }));
            Assert.That(past["results"]!.AsArray(), Is.Empty);
            Assert.That(unknown.Reason, Is.EqualTo("UserProfile cannot be found for: 1"));
        });
    }

    [Test]
    public async Task A_picture_is_for_everyone()
    {
        await using var test = await TestServer.StartAsync();
        var id = test.Server.Accounts[0].PrincipalId.ToString(CultureInfo.InvariantCulture);
        var without = await test.Reader.SendAsync("GET", $"/repo/v1/userProfile/{id}/image");
        var profile = await test.Reader.DoAsync("GET", "/repo/v1/userProfile");
        profile["profilePicureFileHandleId"] = await test.Reader.UploadAsync("me.png", [1, 2, 3]);
        await test.Reader.DoAsync("PUT", "/repo/v1/userProfile", profile);

        var redirect = await test.Owner.SendAsync("GET", $"/repo/v1/userProfile/{id}/image");
        var bare = await test.Nobody.SendAsync("GET", $"/repo/v1/userProfile/{id}/image?redirect=false");
        var content = await test.Nobody.GetRangeAsync(bare.Text, range: null);
        var preview = await test.Owner.SendAsync("GET", $"/repo/v1/userProfile/{id}/image/preview");
        var batch = await test.Owner.DoAsync("POST", "/file/v1/fileHandle/batch", new JsonObject
        {
            ["includePreSignedURLs"] = true,
            ["requestedFiles"] = new JsonArray(new JsonObject
            {
                ["fileHandleId"] = (string)profile["profilePicureFileHandleId"]!,
                ["associateObjectId"] = id,
                ["associateObjectType"] = "UserProfileAttachment",
            }),
        });

        Assert.Multiple(() =>
        {
            Assert.That(without.Reason, Is.EqualTo($"User: {id} does not have a profile picture"));
            Assert.That((int)redirect.Status, Is.EqualTo(307));
            Assert.That(content.Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(preview.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((string?)batch["requestedFiles"]![0]!["preSignedURL"], Is.Not.Null);
        });
    }

    [Test]
    public async Task Principals_are_found_by_number_prefix_and_alias()
    {
        await using var test = await TestServer.StartAsync();
        var profile = await test.Reader.DoAsync("GET", "/repo/v1/userProfile");
        profile["firstName"] = "Ada";
        profile["lastName"] = "Lovelace";
        await test.Reader.DoAsync("PUT", "/repo/v1/userProfile", profile);
        await test.Owner.DoAsync("POST", "/repo/v1/team", new JsonObject { ["name"] = "Readers Club" });
        async Task<string[]> NamesAsync(string query) => [.. (await test.Nobody.DoAsync("GET", $"/repo/v1/userGroupHeaders{query}"))
            ["children"]!.AsArray().Select(child => (string)child!["userName"]!)];

        var batch = await NamesAsync($"/batch?ids=1,273949,{profile["ownerId"]}");
        var aliases = await test.Nobody.DoAsync(
            "POST", "/repo/v1/userGroupHeaders/aliases", new JsonObject { ["list"] = new JsonArray("READER", "readers-club", "x", null) });
        var page = await test.Nobody.DoAsync("GET", "/repo/v1/userGroupHeaders?prefix=read&limit=2");

        Assert.Multiple(async () =>
        {
            Assert.That(batch, Is.EqualTo(new[] { "PUBLIC", "reader" }));
            Assert.That(await NamesAsync("?prefix=Read"), Is.EqualTo(new[] { "reader", "Readers Club" }));
            Assert.That(await NamesAsync("?prefix=read&typeFilter=USERS_ONLY"), Is.EqualTo(new[] { "reader" }));
            Assert.That(await NamesAsync("?prefix=read&typeFilter=TEAMS_ONLY"), Is.EqualTo(new[] { "Readers Club" }));
            Assert.That(await NamesAsync("?prefix=lovelacea"), Is.EqualTo(new[] { "reader" }));
            Assert.That(await NamesAsync("?prefix=ada%20love"), Is.EqualTo(new[] { "reader" }));
            Assert.That(await NamesAsync("?prefix=read&offset=2"), Is.Empty);
            Assert.That((string?)page["prefixFilter"], Is.EqualTo("read"));
            Assert.That((int)page["totalNumberOfResults"]!, Is.EqualTo(3), "an estimate: the page was full");
            Assert.That(aliases["list"]!.AsArray().Select(header => (bool)header!["isIndividual"]!), Is.EqualTo(new[] { true, false }));
        });
    }

    [TestCase("reader", "USER_NAME", 200)]
    [TestCase("nobody-here", "USER_NAME", 404)]
    [TestCase("reader", "TEAM_NAME", 400)]
    [TestCase("reader", null, 400)]
    public async Task An_alias_leads_to_its_principal(string alias, string? type, int status)
    {
        await using var test = await TestServer.StartAsync();

        var answer = await test.Nobody.SendAsync(
            "POST", "/repo/v1/principal/alias", new JsonObject { ["alias"] = alias, ["type"] = type });

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That((long?)answer.Json["principalId"], Is.EqualTo(status == 200 ? test.Server.Accounts[0].PrincipalId : null));
        });
    }

    [TestCase("Rea.Der", "USER_NAME", false, true)]
    [TestCase("newcomer", "USER_NAME", true, true)]
    [TestCase("public", "TEAM_NAME", false, true)]
    [TestCase("no", "USER_NAME", false, false)]
    [TestCase("with blank", "USER_NAME", false, false)]
    [TestCase("with blank", "TEAM_NAME", true, true)]
    [TestCase("READER@example.org", "USER_EMAIL", false, true)]
    [TestCase("new@example.org", "USER_EMAIL", true, true)]
    [TestCase("no mail", "USER_EMAIL", false, false)]
    public async Task An_alias_is_available_or_not(string alias, string type, bool isAvailable, bool isValid)
    {
        await using var test = await TestServer.StartAsync();

        var answer = await test.Nobody.SendAsync(
            "POST", "/repo/v1/principal/available", new JsonObject { ["alias"] = alias, ["type"] = type });

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((bool)answer.Json["available"]!, Is.EqualTo(isAvailable));
            Assert.That((bool)answer.Json["valid"]!, Is.EqualTo(isValid));
        });
    }
}

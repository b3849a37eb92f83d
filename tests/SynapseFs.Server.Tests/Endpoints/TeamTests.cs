using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class TeamTests
{
    [Test]
    public async Task A_new_team_has_its_maker_as_manager()
    {
        await using var test = await TestServer.StartAsync();

        var made = await test.Reader.SendAsync(
            "POST", "/repo/v1/team", new JsonObject { ["name"] = "The Lab", ["description"] = "d", ["icon"] = null });
        var team = made.Json;
        var read = await test.Nobody.DoAsync("GET", $"/repo/v1/team/{team["id"]}");
        var acl = await test.Reader.DoAsync("GET", $"/repo/v1/team/{team["id"]}/acl");
        string[] Types(long principal) => [.. acl["resourceAccess"]!.AsArray()
            .Single(entry => (long)entry!["principalId"]! == principal)!["accessType"]!.AsArray().Select(type => (string)type!).Order()];

        Assert.Multiple(() =>
        {
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(JsonNode.DeepEquals(read, team), Is.True);
            Assert.That(team.Select(field => field.Key), Is.EquivalentTo(new[]
            {
                "id", "name", "description", "canPublicJoin", "canRequestMembership", "etag", "createdOn", "modifiedOn", "createdBy",
                "modifiedBy",
            }));
            Assert.That((bool)team["canPublicJoin"]!, Is.False);
            Assert.That((bool)team["canRequestMembership"]!, Is.True);
            Assert.That(Types(test.Server.Accounts[0].PrincipalId), Is.EqualTo(
                new[] { "DELETE", "READ", "SEND_MESSAGE", "TEAM_MEMBERSHIP_UPDATE", "UPDATE" }));
            Assert.That(Types(273948), Is.EqualTo(new[] { "READ", "SEND_MESSAGE" }));
        });
    }

    [Test]
    public async Task Teams_that_cannot_be_are_refused()
    {
        await using var test = await TestServer.StartAsync();
        await test.Owner.DoAsync("POST", "/repo/v1/team", new JsonObject { ["name"] = "The Lab" });
        async Task<Answer> PostAsync(TestClient client, JsonObject body) => await client.SendAsync("POST", "/repo/v1/team", body);

        var nobody = await PostAsync(test.Nobody, new JsonObject { ["name"] = "Other" });
        var nameless = await PostAsync(test.Owner, []);
        var taken = await PostAsync(test.Owner, new JsonObject { ["name"] = "the-lab" });
        var user = await PostAsync(test.Owner, new JsonObject { ["name"] = "reader" });
        var odd = await PostAsync(test.Owner, new JsonObject { ["name"] = "a/b/c" });
        var both = await PostAsync(
            test.Owner, new JsonObject { ["name"] = "Other", ["canPublicJoin"] = true, ["canRequestMembership"] = true });
        var numbered = await PostAsync(test.Owner, new JsonObject { ["name"] = "Other", ["id"] = "7" });
        var icon = await PostAsync(
            test.Reader, new JsonObject { ["name"] = "Other", ["icon"] = await test.Owner.UploadAsync("i.png", [1]) });

        Assert.Multiple(() =>
        {
            Assert.That(nobody.Reason, Is.EqualTo("Anonymous user cannot create Team."));
            Assert.That(nameless.Reason, Is.EqualTo("'name' field is required."));
            Assert.That(taken.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(taken.Reason, Is.EqualTo("Name the-lab is already used."));
            Assert.That(user.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(both.Reason, Is.EqualTo("It is a conflict to set both canPublicJoin and canRequestMembership to true."));
            Assert.That(numbered.Reason, Is.EqualTo("'id' field is not user specifiable."));
            Assert.That(icon.Reason, Is.EqualTo("Only the user that uploaded the file can set it as the team icon."));
        });
    }

    [Test]
    public async Task A_team_is_changed_by_its_managers_with_the_current_etag()
    {
        await using var test = await TestServer.StartAsync();
        var team = await test.Owner.DoAsync("POST", "/repo/v1/team", new JsonObject { ["name"] = "The Lab" });
        var stale = team.DeepClone();
        team["name"] = "The Laboratory";
        team["canPublicJoin"] = true;
        team["canRequestMembership"] = false;

        var changed = await test.Owner.DoAsync("PUT", "/repo/v1/team", team);
        var late = await test.Owner.SendAsync("PUT", "/repo/v1/team", stale);
        var foreign = await test.Reader.SendAsync("PUT", "/repo/v1/team", changed);

        Assert.Multiple(() =>
        {
            Assert.That((string?)changed["name"], Is.EqualTo("The Laboratory"));
            Assert.That((bool)changed["canPublicJoin"]!, Is.True);
            Assert.That((string?)changed["etag"], Is.Not.EqualTo((string?)team["etag"]));
            Assert.That(late.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(foreign.Reason, Is.EqualTo($"Unauthorized to access Team {team["id"]} for UPDATE"));
        });
    }

    [Test]
    public async Task A_deleted_team_is_gone_and_unknown_ones_need_no_deletion()
    {
        await using var test = await TestServer.StartAsync();
        var id = await CreateAsync(test.Owner, "The Lab");

        var foreign = await test.Reader.SendAsync("DELETE", $"/repo/v1/team/{id}");
        var deleted = await test.Owner.SendAsync("DELETE", $"/repo/v1/team/{id}");
        var again = await test.Owner.SendAsync("DELETE", $"/repo/v1/team/{id}");
        var after = await test.Owner.SendAsync("GET", $"/repo/v1/team/{id}");

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(after.Reason, Is.EqualTo($"Team id: '{id}' does not exist"));
        });
    }

    [Test]
    public async Task A_team_gives_its_members_what_is_shared_with_it()
    {
        await using var test = await TestServer.StartAsync();
        var id = await CreateAsync(test.Owner, "The Lab");
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        await test.Owner.CreateFolderAsync("folder", project);
        var reader = test.Server.Accounts[0].PrincipalId;
        await test.Owner.ShareAsync(project, long.Parse(id, CultureInfo.InvariantCulture), "READ");
        await test.Owner.DoAsync("POST", "/repo/v1/membershipInvitation", new JsonObject { ["teamId"] = id, ["inviteeId"] = reader });

        var before = await test.Reader.SendAsync("GET", $"/repo/v1/entity/{project}");
        await test.Reader.DoAsync("PUT", $"/repo/v1/team/{id}/member/{reader}");
        var children = await test.Reader.ListAsync(project);
        var projects = await test.Reader.DoAsync("POST", "/repo/v1/entity/children", new JsonObject { ["parentId"] = null });
        var delete = await test.Owner.SendAsync("DELETE", $"/repo/v1/team/{id}");
        await test.Reader.DoAsync("DELETE", $"/repo/v1/team/{id}/member/{reader}");
        var after = await test.Reader.SendAsync("GET", $"/repo/v1/entity/{project}");

        Assert.Multiple(() =>
        {
            Assert.That(before.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(children, Is.EqualTo(new[] { "folder" }));
            Assert.That(projects["page"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(delete.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(delete.Reason, Does.StartWith($"Can't delete the team The Lab (ID: {id}), most likely because"));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task Teams_are_listed_by_prefix_by_number_and_by_member()
    {
        await using var test = await TestServer.StartAsync();
        var (b, a) = (await CreateAsync(test.Owner, "Beta Lab"), await CreateAsync(test.Owner, "Alpha Lab"));
        var owner = test.Server.FirstUser.PrincipalId;

        var found = await test.Nobody.DoAsync("GET", "/repo/v1/teams?fragment=beta");
        var past = await test.Nobody.DoAsync("GET", "/repo/v1/teams?fragment=beta&offset=1");
        var tooMany = await test.Nobody.SendAsync("GET", "/repo/v1/teams?limit=51");
        var listed = await test.Nobody.DoAsync("POST", "/repo/v1/teamList", new JsonObject
        {
            ["list"] = new JsonArray(a, long.Parse(b, CultureInfo.InvariantCulture)),
        });
        var unknown = await test.Nobody.SendAsync("POST", "/repo/v1/teamList", new JsonObject { ["list"] = new JsonArray(1) });
        var ofOwner = await test.Nobody.DoAsync("GET", $"/repo/v1/user/{owner}/team?limit=50");
        var byName = await test.Nobody.DoAsync("GET", $"/repo/v1/user/{owner}/team/id?sort=TEAM_NAME&ascending=true");
        var first = await test.Nobody.DoAsync("GET", $"/repo/v1/user/{owner}/team/id?nextPageToken=1a0");

        Assert.Multiple(() =>
        {
            Assert.That(found["results"]!.AsArray().Select(team => (string)team!["name"]!), Is.EqualTo(new[] { "Beta Lab" }));
            Assert.That(past["results"]!.AsArray(), Is.Empty);
            Assert.That(tooMany.Reason, Is.EqualTo("limit must be between 1 and 50"));
            Assert.That(listed["list"]!.AsArray().Select(team => (string)team!["id"]!), Is.EqualTo(new[] { b, a }));
            Assert.That(unknown.Reason, Is.EqualTo("Team with id 1 not found"));
            Assert.That(ofOwner["results"]!.AsArray().Select(team => (string)team!["id"]!), Is.SupersetOf(new[] { b, a }));
            Assert.That(byName["teamIds"]!.AsArray().Select(id => (string)id!).Take(2), Is.EqualTo(new[] { a, b }));
            Assert.That((string?)first["nextPageToken"], Is.EqualTo("1a1"));
        });
    }

    [Test]
    public async Task An_icon_is_for_everyone()
    {
        await using var test = await TestServer.StartAsync();
        var plain = await CreateAsync(test.Owner, "Plain");
        var handle = await test.Owner.UploadAsync("icon.png", [7, 8]);
        var team = await test.Owner.DoAsync("POST", "/repo/v1/team", new JsonObject { ["name"] = "Painted", ["icon"] = handle });

        var without = await test.Nobody.SendAsync("GET", $"/repo/v1/team/{plain}/icon");
        var redirect = await test.Nobody.SendAsync("GET", $"/repo/v1/team/{team["id"]}/icon");
        var content = await test.Nobody.GetRangeAsync(redirect.Headers["Location"], range: null);
        var preview = await test.Nobody.SendAsync("GET", $"/repo/v1/team/{team["id"]}/icon/preview");
        var used = await test.Owner.SendAsync("DELETE", $"/file/v1/fileHandle/{handle}");

        Assert.Multiple(() =>
        {
            Assert.That(without.Reason, Is.EqualTo($"Team {plain} has no icon file handle."));
            Assert.That((int)redirect.Status, Is.EqualTo(307));
            Assert.That(content.Bytes, Is.EqualTo(new byte[] { 7, 8 }));
            Assert.That(preview.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((int)used.Status, Is.AtLeast(400), "the team holds on to it");
        });
    }

    [Test]
    public async Task A_teams_acl_is_replaced_with_its_etag()
    {
        await using var test = await TestServer.StartAsync();
        var id = await CreateAsync(test.Owner, "The Lab");
        var acl = await test.Owner.DoAsync("GET", $"/repo/v1/team/{id}/acl");
        var reader = test.Server.Accounts[0].PrincipalId;
        acl["resourceAccess"]!.AsArray().Add((JsonNode)new JsonObject
        {
            ["principalId"] = reader,
            ["accessType"] = new JsonArray("READ", "UPDATE", "TEAM_MEMBERSHIP_UPDATE"),
        });

        var foreign = await test.Reader.SendAsync("PUT", "/repo/v1/team/acl", acl);
        var written = await test.Owner.DoAsync("PUT", "/repo/v1/team/acl", acl);
        var stale = await test.Reader.SendAsync("PUT", "/repo/v1/team/acl", acl);
        var nobody = await test.Nobody.SendAsync("GET", $"/repo/v1/team/{id}/acl");
        written["resourceAccess"]![0]!["principalId"] = 1;
        var unknown = await test.Owner.SendAsync("PUT", "/repo/v1/team/acl", written);

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed), "a manager by now");
            Assert.That(nobody.Reason, Is.EqualTo($"Unauthorized to access Team {id} for READ"));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    private static async Task<string> CreateAsync(TestClient client, string name) =>
        (string)(await client.DoAsync("POST", "/repo/v1/team", new JsonObject { ["name"] = name }))["id"]!;
}

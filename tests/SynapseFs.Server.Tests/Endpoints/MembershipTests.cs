using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class MembershipTests
{
    [Test]
    public async Task An_invitation_lets_a_user_in_and_is_then_used_up()
    {
        await using var test = await TestServer.StartAsync();
        var (team, reader) = (await CreateAsync(test), test.Server.Accounts[0].PrincipalId);
        var status = $"/repo/v1/team/{team}/member/{reader}/membershipStatus";

        var refused = await test.Reader.SendAsync("PUT", $"/repo/v1/team/{team}/member/{reader}");
        var invitation = await test.Owner.SendAsync("POST", "/repo/v1/membershipInvitation", new JsonObject
        {
            ["teamId"] = team,
            ["inviteeId"] = reader,
            ["message"] = "Come",
        });
        var before = await test.Reader.DoAsync("GET", status);
        var open = await test.Owner.DoAsync("GET", $"/repo/v1/team/{team}/openInvitation?inviteeId={reader}");
        var mine = await test.Reader.DoAsync("GET", $"/repo/v1/user/{reader}/openInvitation?teamId={team}");
        var count = await test.Reader.DoAsync("GET", "/repo/v1/membershipInvitation/openInvitationCount");
        var joined = await test.Reader.SendAsync("PUT", $"/repo/v1/team/{team}/member/{reader}");
        var after = await test.Reader.DoAsync("GET", status);
        var none = await test.Owner.DoAsync("GET", $"/repo/v1/team/{team}/openInvitation");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Reason, Is.EqualTo("An invitation is required to join the team."));
            Assert.That(invitation.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(invitation.Json.Select(field => field.Key), Is.EquivalentTo(
                new[] { "id", "teamId", "inviteeId", "message", "createdOn", "createdBy" }));
            Assert.That(Flags(before), Is.EqualTo("isMember:false hasOpenInvitation:true hasOpenRequest:false canJoin:true "
                + "membershipApprovalRequired:true hasUnmetAccessRequirement:false canSendEmail:true"));
            Assert.That((string?)open["results"]![0]!["message"], Is.EqualTo("Come"));
            Assert.That((int)mine["totalNumberOfResults"]!, Is.EqualTo(1));
            Assert.That((int)count["count"]!, Is.EqualTo(1));
            Assert.That(joined.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That((bool)after["isMember"]!, Is.True);
            Assert.That((bool)after["hasOpenInvitation"]!, Is.False);
            Assert.That(none["results"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task A_request_is_granted_by_a_manager()
    {
        await using var test = await TestServer.StartAsync();
        var (team, reader) = (await CreateAsync(test), test.Server.Accounts[0].PrincipalId);

        var early = await test.Owner.SendAsync("PUT", $"/repo/v1/team/{team}/member/{reader}");
        var request = await test.Reader.SendAsync("POST", "/repo/v1/membershipRequest", new JsonObject { ["teamId"] = team });
        var read = await test.Owner.DoAsync("GET", $"/repo/v1/membershipRequest/{request.Json["id"]}");
        var open = await test.Owner.DoAsync("GET", $"/repo/v1/team/{team}/openRequest?requestorId={reader}");
        var mine = await test.Reader.DoAsync("GET", $"/repo/v1/user/{reader}/openRequest");
        var count = await test.Owner.DoAsync("GET", "/repo/v1/membershipRequest/openRequestCount");
        var foreign = await test.Reader.SendAsync("GET", $"/repo/v1/team/{team}/openRequest");
        var others = await test.Owner.SendAsync("GET", $"/repo/v1/user/{reader}/openRequest");
        var granted = await test.Owner.SendAsync("PUT", $"/repo/v1/team/{team}/member/{reader}");
        var gone = await test.Owner.SendAsync("GET", $"/repo/v1/membershipRequest/{request.Json["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That(early.Reason, Is.EqualTo("The prospective member must request to join the team."));
            Assert.That(request.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)read["userId"], Is.EqualTo(reader.ToString(CultureInfo.InvariantCulture)));
            Assert.That(open["results"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(mine["results"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That((int)count["count"]!, Is.EqualTo(1));
            Assert.That(foreign.Reason, Is.EqualTo("Cannot retrieve membership requests."));
            Assert.That(others.Reason, Is.EqualTo("Cannot retrieve another's membership requests."));
            Assert.That(granted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [TestCase(true, false, "This team is already open for the public to join, membership requests are not needed.", 204)]
    [TestCase(false, false, "This team has been closed to new membership requests.", 403)]
    public async Task Public_teams_are_joined_and_closed_ones_are_not(bool isPublic, bool isOpen, string reason, int status)
    {
        await using var test = await TestServer.StartAsync();
        var team = (string)(await test.Owner.DoAsync("POST", "/repo/v1/team", new JsonObject
        {
            ["name"] = "The Lab",
            ["canPublicJoin"] = isPublic,
            ["canRequestMembership"] = isOpen,
        }))["id"]!;

        var request = await test.Reader.SendAsync("POST", "/repo/v1/membershipRequest", new JsonObject { ["teamId"] = team });
        var join = await test.Reader.SendAsync("PUT", $"/repo/v1/team/{team}/member/{test.Server.Accounts[0].PrincipalId}");

        Assert.Multiple(() =>
        {
            Assert.That(request.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(request.Reason, Is.EqualTo(reason));
            Assert.That((int)join.Status, Is.EqualTo(status));
        });
    }

    [Test]
    public async Task The_last_member_and_the_last_manager_stay()
    {
        await using var test = await TestServer.StartAsync();
        var (team, owner, reader) = (await CreateAsync(test), test.Server.FirstUser.PrincipalId, test.Server.Accounts[0].PrincipalId);

        var last = await test.Owner.SendAsync("DELETE", $"/repo/v1/team/{team}/member/{owner}");
        await JoinAsync(test, team, reader);
        var manager = await test.Owner.SendAsync("DELETE", $"/repo/v1/team/{team}/member/{owner}");
        var demoted = await test.Owner.SendAsync("PUT", $"/repo/v1/team/{team}/member/{owner}/permission?isAdmin=false");
        var foreign = await test.Reader.SendAsync("DELETE", $"/repo/v1/team/{team}/member/{owner}");
        await test.Owner.DoAsync("PUT", $"/repo/v1/team/{team}/member/{reader}/permission?isAdmin=true");
        var left = await test.Owner.SendAsync("DELETE", $"/repo/v1/team/{team}/member/{owner}");
        var members = await test.Nobody.DoAsync("GET", $"/repo/v1/teamMembers/{team}");

        Assert.Multiple(() =>
        {
            Assert.That(last.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(last.Reason, Is.EqualTo("Cannot remove the last member of a Team."));
            Assert.That(manager.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(manager.Reason, Is.EqualTo("Team must have at least one team manager."));
            Assert.That(demoted.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(foreign.Reason, Is.EqualTo("Cannot remove member from Team."));
            Assert.That(left.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That((string?)members["results"]!.AsArray().Single()!["member"]!["userName"], Is.EqualTo("reader"));
        });
    }

    [Test]
    public async Task Members_are_listed_by_kind_and_prefix()
    {
        await using var test = await TestServer.StartAsync();
        var (team, owner, reader) = (await CreateAsync(test), test.Server.FirstUser.PrincipalId, test.Server.Accounts[0].PrincipalId);
        await JoinAsync(test, team, reader);
        async Task<string[]> NamesAsync(string query) => [.. (await test.Nobody.DoAsync("GET", $"/repo/v1/teamMembers/{team}{query}"))
            ["results"]!.AsArray().Select(member => $"{member!["member"]!["userName"]}:{member["isAdmin"]}")];

        var odd = await test.Nobody.SendAsync("GET", $"/repo/v1/teamMembers/{team}?memberType=BOSS");
        var unknown = await test.Nobody.SendAsync("GET", "/repo/v1/teamMembers/1");
        var count = await test.Nobody.DoAsync("GET", $"/repo/v1/teamMembers/count/{team}");
        var some = await test.Nobody.DoAsync("GET", $"/repo/v1/teamMembers/count/{team}?fragment=read");
        var one = await test.Nobody.DoAsync("GET", $"/repo/v1/team/{team}/member/{owner}");
        var stranger = await test.Nobody.SendAsync("GET", $"/repo/v1/team/{team}/member/1");
        var both = await test.Nobody.DoAsync(
            "POST", $"/repo/v1/team/{team}/memberList", new JsonObject { ["list"] = new JsonArray(owner, reader) });
        var ofUser = await test.Nobody.DoAsync(
            "POST", $"/repo/v1/user/{reader}/memberList", new JsonObject { ["list"] = new JsonArray(team) });
        var missing = await test.Nobody.SendAsync(
            "POST", $"/repo/v1/team/{team}/memberList", new JsonObject { ["list"] = new JsonArray(1) });

        Assert.Multiple(async () =>
        {
            Assert.That(await NamesAsync(""), Is.EqualTo(new[] { "demo:true", "reader:false" }));
            Assert.That(await NamesAsync("?memberType=ADMIN"), Is.EqualTo(new[] { "demo:true" }));
            Assert.That(await NamesAsync("?memberType=MEMBER"), Is.EqualTo(new[] { "reader:false" }));
            Assert.That(await NamesAsync("?fragment=rea"), Is.EqualTo(new[] { "reader:false" }));
            Assert.That(await NamesAsync("?offset=2"), Is.Empty);
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(unknown.Reason, Is.EqualTo("Team id: '1' does not exist"));
            Assert.That((int)count["count"]!, Is.EqualTo(2));
            Assert.That((int)some["count"]!, Is.EqualTo(1));
            Assert.That((bool)one["isAdmin"]!, Is.True);
            Assert.That(stranger.Reason, Is.EqualTo($"Could not find member 1 in team {team}"));
            Assert.That(both["list"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((string?)ofUser["list"]![0]!["teamId"], Is.EqualTo(team));
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Invitations_are_for_managers_to_give_and_for_both_sides_to_withdraw()
    {
        await using var test = await TestServer.StartAsync();
        var (team, reader) = (await CreateAsync(test), test.Server.Accounts[0].PrincipalId);
        Task<Answer> InviteAsync(TestClient client, JsonObject body)
        {
            body["teamId"] = team;
            return client.SendAsync("POST", "/repo/v1/membershipInvitation", body);
        }

        var foreign = await InviteAsync(test.Reader, new JsonObject { ["inviteeId"] = reader });
        var neither = await InviteAsync(test.Owner, []);
        var unknown = await InviteAsync(test.Owner, new JsonObject { ["inviteeId"] = "1" });
        var given = (await InviteAsync(test.Owner, new JsonObject { ["inviteeId"] = reader })).Json;
        var nobody = await test.Nobody.SendAsync("GET", $"/repo/v1/membershipInvitation/{given["id"]}");
        var read = await test.Reader.SendAsync("GET", $"/repo/v1/membershipInvitation/{given["id"]}");
        var hidden = await test.Reader.SendAsync("GET", $"/repo/v1/team/{team}/openInvitation");
        var withdrawn = await test.Reader.SendAsync("DELETE", $"/repo/v1/membershipInvitation/{given["id"]}");
        var gone = await test.Owner.SendAsync("GET", $"/repo/v1/membershipInvitation/{given["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Reason, Is.EqualTo("Cannot create membership invitation."));
            Assert.That(neither.Reason, Is.EqualTo("One and only one of the fields 'inviteeId' and 'inviteeEmail' is required"));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(nobody.Reason, Is.EqualTo("Cannot retrieve membership invitation."));
            Assert.That(read.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(hidden.Reason, Is.EqualTo($"Cannot retrieve membership invitations for team {team}."));
            Assert.That(withdrawn.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(gone.Reason, Is.EqualTo($"Membership invitation '{given["id"]}' does not exist"));
        });
    }

    [Test]
    public async Task A_request_is_withdrawn_by_who_made_it()
    {
        await using var test = await TestServer.StartAsync();
        var team = await CreateAsync(test);
        var request = await test.Reader.DoAsync("POST", "/repo/v1/membershipRequest", new JsonObject { ["teamId"] = team });

        var other = await test.Reader.SendAsync("POST", "/repo/v1/membershipRequest", new JsonObject { ["teamId"] = team, ["userId"] = 1 });
        var nobody = await test.Nobody.SendAsync("DELETE", $"/repo/v1/membershipRequest/{request["id"]}");
        var withdrawn = await test.Reader.SendAsync("DELETE", $"/repo/v1/membershipRequest/{request["id"]}");

        Assert.Multiple(() =>
        {
            Assert.That(other.Reason, Is.EqualTo("May not specify a user id other than yourself."));
            Assert.That(nobody.Reason, Is.EqualTo($"Unauthorized to DELETE membership request {request["id"]}"));
            Assert.That(withdrawn.Status, Is.EqualTo(HttpStatusCode.NoContent));
        });
    }

    [Test]
    public async Task An_invitation_to_an_address_becomes_that_of_the_user_who_has_it()
    {
        await using var test = await TestServer.StartAsync();
        var (team, reader) = (await CreateAsync(test), test.Server.Accounts[0].PrincipalId);
        var invitation = await test.Owner.DoAsync(
            "POST", "/repo/v1/membershipInvitation", new JsonObject { ["teamId"] = team, ["inviteeEmail"] = "Reader@example.org" });
        var path = $"/repo/v1/membershipInvitation/{invitation["id"]}";

        var foreign = await test.Owner.SendAsync("GET", $"{path}/inviteeVerificationSignedToken");
        var token = await test.Reader.DoAsync("GET", $"{path}/inviteeVerificationSignedToken");
        var forged = token.DeepClone();
        forged["inviteeId"] = test.Server.FirstUser.PrincipalId.ToString(CultureInfo.InvariantCulture);
        var stolen = await test.Owner.SendAsync("PUT", $"{path}/inviteeId", forged);
        var used = await test.Reader.SendAsync("PUT", $"{path}/inviteeId", token);
        var joined = await test.Reader.SendAsync("PUT", $"/repo/v1/team/{team}/member/{reader}");

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Reason, Is.EqualTo("This membership invitation is not addressed to the authenticated user."));
            Assert.That(stolen.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(used.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(joined.Status, Is.EqualTo(HttpStatusCode.NoContent));
        });
    }

    private static async Task<string> CreateAsync(TestServer test) =>
        (string)(await test.Owner.DoAsync("POST", "/repo/v1/team", new JsonObject { ["name"] = "The Lab" }))["id"]!;

    private static async Task JoinAsync(TestServer test, string team, long reader)
    {
        await test.Owner.DoAsync("POST", "/repo/v1/membershipInvitation", new JsonObject { ["teamId"] = team, ["inviteeId"] = reader });
        await test.Reader.DoAsync("PUT", $"/repo/v1/team/{team}/member/{reader}");
    }

    private static string Flags(JsonObject status) => string.Join(
        ' ', status.Where(field => field.Key is not ("teamId" or "userId")).Select(field => $"{field.Key}:{field.Value}"));
}

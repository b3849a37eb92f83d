using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class OrganizationTests
{
    private const string Path = "/repo/v1/schema/organization";

    private TestServer _test = null!;

    [SetUp]
    public async Task StartAsync() => _test = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task An_organization_is_made_found_listed_and_deleted()
    {
        var made = await _test.Owner.SendAsync("POST", Path, new JsonObject { ["organizationName"] = " my.organization " });
        var found = await _test.Nobody.DoAsync("GET", Path + "?name=my.organization");
        var list = await _test.Nobody.DoAsync("POST", Path + "/list", new JsonObject { ["nextPageToken"] = null });
        var deleted = await _test.Owner.SendAsync("DELETE", $"{Path}/{found["id"]}");
        var gone = await _test.Owner.SendAsync("GET", Path + "?name=my.organization");

        Assert.Multiple(() =>
        {
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)made.Json["name"]!, Is.EqualTo("my.organization"));
            Assert.That((string)made.Json["createdBy"]!, Is.EqualTo($"{_test.Server.FirstUser.PrincipalId}"));
            Assert.That(JsonNode.DeepEquals(found, made.Json), Is.True);
            Assert.That(list["page"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(list.ContainsKey("nextPageToken"), Is.False);
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(gone.Reason, Is.EqualTo("Organization with name: 'my.organization' not found"));
        });
    }

    [TestCase("short", "Organization name must be at least 6 characters")]
    [TestCase("my-organization", "Invalid 'organizationName' : 'my-organization'")]
    [TestCase("1organization", "Invalid 'organizationName'")]
    [TestCase("my..organization", "Invalid 'organizationName'")]
    [TestCase("org.sagebionetworks", "The name 'sagebionetworks' is reserved, and cannot be included in an Organziation's name")]
    [TestCase(null, "organizationName is required.")]
    public async Task A_bad_name_is_refused(string? name, string reason)
    {
        var answer = await _test.Owner.SendAsync("POST", Path, new JsonObject { ["organizationName"] = name });

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task A_name_is_taken_once_and_never_by_nobody()
    {
        await _test.Owner.CreateOrganizationAsync();

        var again = await _test.Reader.SendAsync("POST", Path, new JsonObject { ["organizationName"] = SchemaWork.Organization });
        var tooLong = await _test.Owner.SendAsync("POST", Path, new JsonObject { ["organizationName"] = new string('x', 251) });
        var nobody = await _test.Nobody.SendAsync("POST", Path, new JsonObject { ["organizationName"] = "another.one" });

        Assert.Multiple(() =>
        {
            Assert.That(again.Reason, Is.EqualTo("An Organization with the name: 'my.organization' already exists"));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(tooLong.Reason, Is.EqualTo("Organization name must be 250 characters or less"));
            Assert.That(nobody.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task The_list_of_rights_begins_with_the_maker_and_is_replaced_under_its_etag()
    {
        var id = (string)(await _test.Owner.CreateOrganizationAsync())["id"]!;
        var hidden = await _test.Reader.SendAsync("GET", $"{Path}/{id}/acl");
        var acl = await _test.Owner.DoAsync("GET", $"{Path}/{id}/acl");
        var rights = acl["resourceAccess"]![0]!["accessType"]!.AsArray().Select(type => (string)type!).ToList();
        acl["resourceAccess"]!.AsArray().Add(new JsonObject { ["principalId"] = 273949, ["accessType"] = new JsonArray("READ") });

        var stored = await _test.Owner.DoAsync("PUT", $"{Path}/{id}/acl", acl);
        var seen = await _test.Reader.SendAsync("GET", $"{Path}/{id}/acl");
        var stale = await _test.Owner.SendAsync("PUT", $"{Path}/{id}/acl", acl);
        acl["resourceAccess"]!.AsArray().RemoveAt(0);
        var lockedOut = await _test.Owner.SendAsync("PUT", $"{Path}/{id}/acl", acl);
        var delete = await _test.Reader.SendAsync("DELETE", $"{Path}/{id}");

        Assert.Multiple(() =>
        {
            Assert.That(hidden.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(hidden.Reason, Is.EqualTo($"You do not have READ permission for ORGANIZATION : {id}"));
            Assert.That(rights, Is.EquivalentTo(new[] { "READ", "CREATE", "CHANGE_PERMISSIONS", "UPDATE", "DELETE" }));
            Assert.That(stored["resourceAccess"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(seen.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(lockedOut.Reason, Is.EqualTo("Caller is trying to revoke their own ACL editing permissions."));
            Assert.That(delete.Reason, Is.EqualTo($"You do not have DELETE permission for ORGANIZATION : {id}"));
        });
    }

    [Test]
    public async Task An_organization_with_schemas_stays()
    {
        var id = (string)(await _test.Owner.CreateOrganizationAsync())["id"]!;
        await _test.Owner.RegisterAsync("my.organization-thing", []);

        var answer = await _test.Owner.SendAsync("DELETE", $"{Path}/{id}");

        Assert.That(answer.Reason, Is.EqualTo(
            "All schemas defined under an organization must be deleted before the organization can be deleted."));
    }

    [Test]
    public async Task Pages_of_fifty_are_followed_by_a_token()
    {
        for (var i = 0; i < 51; i++)
        {
            await _test.Owner.CreateOrganizationAsync($"organization.x{i:00}");
        }

        var first = await _test.Owner.DoAsync("POST", Path + "/list", new JsonObject());
        var second = await _test.Owner.DoAsync(
            "POST", Path + "/list", new JsonObject { ["nextPageToken"] = (string)first["nextPageToken"]! });

        Assert.Multiple(() =>
        {
            Assert.That(first["page"]!.AsArray(), Has.Count.EqualTo(50));
            Assert.That((string)first["nextPageToken"]!, Is.EqualTo("50a50"));
            Assert.That(second["page"]!.AsArray(), Has.Count.EqualTo(1));
        });
    }
}

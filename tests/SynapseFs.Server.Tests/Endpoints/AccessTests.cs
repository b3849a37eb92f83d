using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class AccessTests
{
    private TestServer _test = null!;
    private string _project = "";
    private JsonObject _file = null!;

    private string File => (string)_file["id"]!;
    private long Reader => _test.Server.Accounts[0].PrincipalId;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _file = await _test.Owner.CreateFileAsync("a.txt", _project, Encoding.ASCII.GetBytes("abc"));
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Without_rights_an_entity_is_refused_not_hidden()
    {
        var answer = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}");
        var anonymous = await _test.Nobody.SendAsync("GET", $"/repo/v1/entity/{File}");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Reason, Is.EqualTo("You lack READ access to the requested entity."));
            Assert.That(anonymous.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task A_file_with_read_alone_shows_everything_but_its_bytes()
    {
        await _test.Owner.ShareAsync(_project, Reader, "READ");

        var bundle = await _test.Reader.DoAsync("POST", $"/repo/v1/entity/{File}/bundle2", new JsonObject
        {
            ["includeEntity"] = true,
            ["includeFileHandles"] = true,
            ["includePermissions"] = true,
            ["includeRestrictionInformation"] = true,
        });
        var batch = await _test.Reader.BatchAsync((string)_file["dataFileHandleId"]!, File);
        var redirect = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/file");
        var actions = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{File}/actions/download");

        Assert.Multiple(() =>
        {
            Assert.That(bundle["fileHandles"]!.AsArray(), Is.Empty);
            Assert.That((bool)bundle["permissions"]!["canDownload"]!, Is.False);
            Assert.That((bool)bundle["permissions"]!["canView"]!, Is.True);
            Assert.That((string)bundle["restrictionInformation"]!["restrictionLevel"]!, Is.EqualTo("OPEN"));
            Assert.That((string)batch["failureCode"]!, Is.EqualTo("UNAUTHORIZED"));
            Assert.That(batch.ContainsKey("preSignedURL"), Is.False);
            Assert.That(redirect.Reason, Is.EqualTo("You lack DOWNLOAD access to the requested entity."));
            Assert.That((string)actions["actions"]![0]!["concreteType"]!, Does.EndWith("download.RequestDownload"));
        });
    }

    [Test]
    public async Task An_acl_is_inherited_until_there_is_an_own_one_and_again_when_it_goes()
    {
        var inherited = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{File}/acl");
        await _test.Owner.ShareAsync(_project, Reader, "READ", "DOWNLOAD");
        var shared = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}");
        await _test.Owner.ShareAsync(File, _test.Server.FirstUser.PrincipalId, "READ");
        var closed = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}");
        var deleted = await _test.Owner.SendAsync("DELETE", $"/repo/v1/entity/{File}/acl");
        var open = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}");
        var again = await _test.Owner.SendAsync("DELETE", $"/repo/v1/entity/{File}/acl");

        Assert.Multiple(() =>
        {
            Assert.That(inherited.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(inherited.Reason, Is.EqualTo(
                $"The requested ACL does not exist. This entity inherits its permissions from: /repo/v1/entity/{_project}/acl"));
            Assert.That(shared.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(closed.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(open.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Reason, Is.EqualTo("Resource already inherits its permissions."));
        });
    }

    [Test]
    public async Task Changing_an_acl_changes_the_entitys_etag_and_date()
    {
        var before = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_project}");
        await _test.Owner.ShareAsync(_project, Reader, "READ");
        var after = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_project}");

        Assert.Multiple(() =>
        {
            Assert.That((string)after["etag"]!, Is.Not.EqualTo((string)before["etag"]!));
            Assert.That((string)after["modifiedOn"]!, Is.GreaterThan((string)before["modifiedOn"]!));
        });
    }

    [TestCase(273950, "READ", "Cannot assign permissions to anonymous. To share resources with anonymous users, use the PUBLIC group id (273949)")]
    [TestCase(273949, "DOWNLOAD", "Only READ permissions can be assigned to the public group")]
    [TestCase(273948, "REVIEW_SUBMISSIONS", "The access type REVIEW_SUBMISSIONS is not allowed for ENTITY.")]
    public async Task A_bad_acl_is_refused(long principal, string access, string reason)
    {
        var acl = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_project}/acl");
        acl["resourceAccess"]!.AsArray().Add(new JsonObject { ["principalId"] = principal, ["accessType"] = new JsonArray(access) });

        var answer = await _test.Owner.SendAsync("PUT", $"/repo/v1/entity/{_project}/acl", acl);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task An_acl_is_replaced_by_whoever_read_it_last_and_may()
    {
        var path = $"/repo/v1/entity/{_project}/acl";
        var acl = await _test.Owner.DoAsync("GET", path);
        var foreign = await _test.Reader.SendAsync("PUT", path, acl);
        await _test.Owner.DoAsync("PUT", path, acl);
        var stale = await _test.Owner.SendAsync("PUT", path, acl);
        var elsewhere = await _test.Owner.SendAsync("PUT", $"/repo/v1/entity/{File}/acl", acl);
        acl["id"] = File;
        var inherited = await _test.Owner.SendAsync("PUT", $"/repo/v1/entity/{File}/acl", acl);
        var second = await _test.Owner.SendAsync("POST", path, acl);
        var unknown = await _test.Owner.SendAsync("GET", "/repo/v1/entity/syn424242/acl");
        acl["resourceAccess"]!.AsArray().Add(null);
        var hole = await _test.Owner.SendAsync("POST", $"/repo/v1/entity/{File}/acl", acl);
        var project = await _test.Owner.SendAsync("DELETE", path);

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Reason, Is.EqualTo("You lack CHANGE_PERMISSIONS access to the requested entity."));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(elsewhere.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(inherited.Reason, Is.EqualTo("Cannot update ACL for a resource which inherits its permissions."));
            Assert.That(second.Reason, Is.EqualTo("Resource already has an ACL."));
            Assert.That(unknown.Reason, Is.EqualTo("Benefactor not found for: syn424242"));
            Assert.That(hole.Reason, Is.EqualTo("ACL row is null."));
            Assert.That(project.Reason, Is.EqualTo("Cannot restore inheritance for resource which has no parent."));
        });
    }

    [Test]
    public async Task Nobody_but_the_creator_locks_themselves_out()
    {
        await _test.Owner.ShareAsync(_project, Reader, "READ", "CHANGE_PERMISSIONS");
        var acl = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{_project}/acl");
        acl["resourceAccess"] = new JsonArray(acl["resourceAccess"]!.AsArray()
            .Where(entry => (long)entry!["principalId"]! != Reader).Select(entry => entry!.DeepClone()).ToArray());
        var reader = await _test.Reader.SendAsync("PUT", $"/repo/v1/entity/{_project}/acl", acl);
        acl["resourceAccess"] = new JsonArray();
        var owner = await _test.Owner.SendAsync("PUT", $"/repo/v1/entity/{_project}/acl", acl);

        Assert.Multiple(() =>
        {
            Assert.That(reader.Reason, Is.EqualTo("Caller is trying to revoke their own ACL editing permissions."));
            Assert.That(owner.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Moving_asks_for_rights_on_the_thing_and_at_its_new_place()
    {
        await _test.Owner.ShareAsync(_project, Reader, "READ", "UPDATE");
        var target = (string)(await _test.Owner.CreateFolderAsync("target", _project))["id"]!;
        var body = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{File}");
        body["parentId"] = target;
        var place = await _test.Reader.SendAsync("PUT", $"/repo/v1/entity/{File}", body);
        await _test.Owner.ShareAsync(_project, Reader, "READ", "UPDATE", "CREATE");
        body["etag"] = (string)(await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{File}"))["etag"]!;
        var thing = await _test.Reader.SendAsync("PUT", $"/repo/v1/entity/{File}", body);
        await _test.Owner.ShareAsync(_project, Reader, "READ", "UPDATE", "CREATE", "CHANGE_PERMISSIONS");
        var moved = await _test.Reader.SendAsync("PUT", $"/repo/v1/entity/{File}", body);

        Assert.Multiple(() =>
        {
            Assert.That(place.Reason, Is.EqualTo(
                $"You cannot move content into the new location, {target}. You lack CREATE access to the requested entity."));
            Assert.That(thing.Reason, Is.EqualTo("CHANGE_PERMISSIONS is required to move to a new location"));
            Assert.That((string)moved.Json["parentId"]!, Is.EqualTo(target));
        });
    }

    [Test]
    public async Task The_public_may_read_a_public_project_but_download_nothing()
    {
        await _test.Owner.ShareAsync(_project, 273949, "READ");

        var entity = await _test.Nobody.SendAsync("GET", $"/repo/v1/entity/{File}");
        var content = await _test.Nobody.SendAsync("GET", $"/repo/v1/entity/{File}/file");
        var write = await _test.Nobody.SendAsync("POST", "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.Folder",
            ["name"] = "x",
            ["parentId"] = _project,
        });
        var profile = await _test.Nobody.DoAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(() =>
        {
            Assert.That(entity.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(content.Reason, Is.EqualTo("Anonymous users have only READ access permission."));
            Assert.That(write.Reason, Is.EqualTo("Anonymous users have only READ access permission."));
            Assert.That((string)profile["ownerId"]!, Is.EqualTo("273950"));
        });
    }

    [Test]
    public async Task Permissions_of_what_does_not_exist_are_all_no()
    {
        var permissions = await _test.Owner.DoAsync("GET", "/repo/v1/entity/syn42/permissions");
        var access = await _test.Owner.DoAsync("GET", "/repo/v1/entity/syn42/access?accessType=READ");
        var granted = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{File}/access?accessType=DOWNLOAD");
        var odd = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{File}/access?accessType=SUBMIT");

        Assert.Multiple(() =>
        {
            Assert.That((bool)permissions["canView"]!, Is.False);
            Assert.That((bool)access["result"]!, Is.False);
            Assert.That((bool)granted["result"]!, Is.True);
            Assert.That(odd.Reason, Is.EqualTo("Unknown access type: SUBMIT"));
        });
    }
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class TrashTests
{
    private TestServer _test = null!;
    private string _project = "";
    private string _folder = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _folder = (string)(await _test.Owner.CreateFolderAsync("f", _project))["id"]!;
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task What_was_trashed_can_be_restored_to_another_parent()
    {
        var other = (string)(await _test.Owner.CreateFolderAsync("other", _project))["id"]!;
        var before = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_folder}");
        var trashed = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/trash/{_folder}");
        var foreign = await _test.Reader.SendAsync("PUT", $"/repo/v1/trashcan/restore/{_folder}");
        var root = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/restore/{_folder}/syn4489");
        var inside = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/restore/{_folder}/{_folder}");
        var restored = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/restore/{_folder}/{other}");
        var again = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/restore/{_folder}/{other}");
        var after = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_folder}");

        Assert.Multiple(() =>
        {
            Assert.That(trashed.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(foreign.Reason, Does.EndWith("The node was deleted by a different user."));
            Assert.That(root.Status, Is.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(inside.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(inside.Reason, Is.EqualTo($"The intended parent {_folder} is in the trash can and cannot be restored to."));
            Assert.That(restored.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Reason, Is.EqualTo($"The node {_folder} is not in the trash can."));
            Assert.That((string)after["parentId"]!, Is.EqualTo(other));
            Assert.That((string)after["name"]!, Is.EqualTo("f"));
            Assert.That((string)after["modifiedOn"]!, Is.GreaterThan((string)before["modifiedOn"]!));
        });
    }

    [Test]
    public async Task What_is_purged_is_gone_and_purging_anything_else_does_nothing()
    {
        var below = (string)(await _test.Owner.CreateFolderAsync("below", _folder))["id"]!;
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{_folder}");
        var foreign = await _test.Reader.SendAsync("PUT", $"/repo/v1/trashcan/purge/{_folder}");
        var purged = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/purge/{_folder}");
        var gone = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{below}");
        var restored = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/restore/{_folder}");
        var other = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/purge/{_project}");

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Reason, Does.StartWith("Insufficient permissions for user "));
            Assert.That(purged.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(restored.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(other.Status, Is.EqualTo(HttpStatusCode.OK));
        });
        Assert.That((string)(await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_project}"))["id"]!, Is.EqualTo(_project));
    }

    [Test]
    public async Task Deleted_past_the_trash_is_not_shown_and_not_restored()
    {
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{_folder}?skipTrashCan=true");
        var view = await _test.Owner.DoAsync("GET", "/repo/v1/trashcan/view");
        var restored = await _test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/restore/{_folder}");

        Assert.Multiple(() =>
        {
            Assert.That(view["results"]!.AsArray(), Is.Empty);
            Assert.That(restored.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task The_trash_shows_each_what_they_deleted_newest_first()
    {
        var second = (string)(await _test.Owner.CreateFolderAsync("second", _project))["id"]!;
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{_folder}");
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{second}");
        var view = await _test.Owner.DoAsync("GET", "/repo/v1/trashcan/view?limit=1");
        var rest = await _test.Owner.DoAsync("GET", "/repo/v1/trashcan/view?offset=1");
        var foreign = await _test.Reader.DoAsync("GET", "/repo/v1/trashcan/view");
        var item = view["results"]![0]!;

        Assert.Multiple(() =>
        {
            Assert.That((string)item["entityId"]!, Is.EqualTo(second));
            Assert.That((string)item["entityName"]!, Is.EqualTo("second"));
            Assert.That((string)item["entityType"]!, Is.EqualTo("folder"));
            Assert.That((string)item["originalParentId"]!, Is.EqualTo(_project));
            Assert.That((string)item["deletedByPrincipalId"]!, Is.EqualTo($"{_test.Server.FirstUser.PrincipalId}"));
            Assert.That((string)rest["results"]![0]!["entityId"]!, Is.EqualTo(_folder));
            Assert.That(foreign["results"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task A_deletion_destroys_the_acls_below_and_a_restored_project_is_the_restorers()
    {
        await _test.Owner.ShareAsync(_folder, _test.Server.Accounts[0].PrincipalId, "READ");
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ", "DELETE", "CREATE");
        await _test.Reader.DoAsync("DELETE", $"/repo/v1/entity/{_project}");
        var inTrash = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{_project}");
        await _test.Reader.DoAsync("PUT", $"/repo/v1/trashcan/restore/{_project}");
        var maker = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{_project}");
        var acl = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{_project}/acl");
        var inherited = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{_folder}/acl");

        Assert.Multiple(() =>
        {
            Assert.That(inTrash.Reason, Is.EqualTo($"Entity {_project} is in trash can."));
            Assert.That(maker.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(acl["resourceAccess"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(inherited.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task What_was_deleted_past_the_trash_is_gone_after_a_restart()
    {
        var directory = TestServer.NewDirectory();
        string folder;
        await using (var first = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            var project = (string)(await first.Owner.CreateProjectAsync())["id"]!;
            folder = (string)(await first.Owner.CreateFolderAsync("f", project))["id"]!;
            await first.Owner.DoAsync("DELETE", $"/repo/v1/entity/{folder}?skipTrashCan=true");
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        var gone = await second.Owner.SendAsync("GET", $"/repo/v1/entity/{folder}");

        Assert.That(gone.Reason, Is.EqualTo($"Resource: '{folder}' does not exist"));
    }
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class StorageUsageTests
{
    [Test]
    public async Task A_project_tells_what_it_holds_to_those_who_may_add_to_it()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var folder = (string)(await test.Owner.CreateFolderAsync("f", project))["id"]!;
        await test.Owner.CreateFileAsync("a.txt", folder, new byte[1000]);
        var first = await test.Owner.DoAsync("GET", $"/repo/v1/project/{project}/storage/usage");
        var file = await test.Owner.CreateFileAsync("b.txt", project, new byte[300]);
        var second = await test.Owner.DoAsync("GET", $"/repo/v1/project/{project}/storage/usage");
        await test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{file["id"]}?skipTrashCan=true");
        var third = await test.Owner.DoAsync("GET", $"/file/v1/entity/{folder}/uploadDestination");
        var foreign = await test.Reader.SendAsync("GET", $"/repo/v1/project/{project}/storage/usage");
        var ofFolder = await test.Owner.SendAsync("GET", $"/repo/v1/project/{folder}/storage/usage");

        Assert.Multiple(() =>
        {
            Assert.That((string?)first["projectId"], Is.EqualTo(project));
            Assert.That(first["locations"]!.ToJsonString(), Is.EqualTo(
                """[{"storageLocationId":1,"sumFileBytes":1000,"isOverLimit":false}]"""));
            Assert.That((long)second["locations"]![0]!["sumFileBytes"]!, Is.EqualTo(1300));
            Assert.That((long)third["projectStorageLocationUsage"]!["sumFileBytes"]!, Is.EqualTo(1000));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(ofFolder.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task A_project_over_its_limit_takes_no_more_files()
    {
        await using var test = await TestServer.StartAsync(options => options with { ProjectStorageLimit = 100 });
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("a.txt", project, new byte[101]);
        var handle = await test.Owner.UploadAsync("b.txt", new byte[5]);

        var created = await test.Owner.SendAsync("POST", "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.FileEntity",
            ["name"] = "b.txt",
            ["parentId"] = project,
            ["dataFileHandleId"] = handle,
        });
        file["name"] = "renamed.txt";
        var renamed = await test.Owner.SendAsync("PUT", $"/repo/v1/entity/{file["id"]}", file);

        Assert.Multiple(() =>
        {
            Assert.That(created.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That((string?)created.Json["errorCode"], Is.EqualTo("PROJECT_STORAGE_LIMIT_EXCEEDED"));
            Assert.That(renamed.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Only_plan_managers_set_limits()
    {
        await using var test = await TestServer.StartAsync(options => options with { PlanManagers = [3350397] });
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var body = new JsonObject { ["projectId"] = project, ["storageLocationId"] = 1, ["maxAllowedFileBytes"] = 7 };

        var refused = await test.Owner.SendAsync("PUT", $"/repo/v1/project/{project}/storage/limit", body);
        var set = await test.Reader.SendAsync("PUT", $"/repo/v1/project/{project}/storage/limit", body);
        var other = await test.Reader.SendAsync("PUT", "/repo/v1/project/syn1/storage/limit", body);
        var usage = await test.Reader.DoAsync("GET", $"/repo/v1/project/{project}/storage/usage");

        Assert.Multiple(() =>
        {
            Assert.That(test.Server.Accounts[0].PrincipalId, Is.EqualTo(3350397));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(set.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(other.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That((long)usage["locations"]![0]!["maxAllowedFileBytes"]!, Is.EqualTo(7));
        });
    }
}

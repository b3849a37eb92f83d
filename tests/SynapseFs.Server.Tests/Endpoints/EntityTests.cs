using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class EntityTests
{
    [Test]
    public async Task A_new_folder_has_the_fields_of_the_contract_and_no_others()
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();

        var folder = await test.Owner.CreateFolderAsync("data", (string)project["id"]!);

        Assert.Multiple(() =>
        {
            Assert.That(folder.Select(field => field.Key), Is.EquivalentTo(new[]
            {
                "concreteType", "id", "name", "parentId", "etag", "createdOn", "createdBy", "modifiedOn", "modifiedBy",
            }));
            Assert.That((string)folder["createdOn"]!, Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
            Assert.That((string)project["parentId"]!, Is.EqualTo("syn4489"));
            Assert.That((string)project["id"]!, Is.EqualTo("syn1899497"));
        });
    }

    [TestCase("a/b", 400, "Invalid Name: 'a/b'. Names may only contain:")]
    [TestCase("ü", 400, "Invalid Name:")]
    [TestCase("   ", 400, "Name cannot be only whitespace or empty string")]
    [TestCase("taken", 409, "An entity with the name: taken already exists with a parentId: syn")]
    [TestCase(" taken ", 409, "An entity with the name: taken already exists with a parentId: syn")]
    public async Task A_bad_name_is_refused(string name, int status, string reason)
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        await test.Owner.CreateFolderAsync("taken", (string)project["id"]!);

        var answer = await test.Owner.SendAsync("POST", "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.Folder",
            ["name"] = name,
            ["parentId"] = (string)project["id"]!,
        });

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Reason, Does.StartWith(reason));
            Assert.That((string?)answer.Json["concreteType"], Is.EqualTo("org.sagebionetworks.repo.model.ErrorResponse"));
        });
    }

    [Test]
    public async Task Names_differ_by_case_and_may_be_dots_or_256_characters_long()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;

        foreach (var name in (string[])["A.txt", "a.txt", ".", "..", new string('x', 256)])
        {
            await test.Owner.CreateFolderAsync(name, project);
        }

        Assert.That(await test.Owner.ListAsync(project), Is.EqualTo(new[] { ".", "..", "A.txt", "a.txt", new string('x', 256) }));
    }

    [Test]
    public async Task An_update_needs_the_current_etag_and_gives_a_new_one()
    {
        await using var test = await TestServer.StartAsync();
        var project = await test.Owner.CreateProjectAsync();
        var folder = await test.Owner.CreateFolderAsync("one", (string)project["id"]!);
        var path = $"/repo/v1/entity/{folder["id"]}";

        folder["name"] = "two";
        var updated = await test.Owner.DoAsync("PUT", path, folder);
        var stale = await test.Owner.SendAsync("PUT", path, folder);
        folder.Remove("etag");
        var missing = await test.Owner.SendAsync("PUT", path, folder);

        Assert.Multiple(() =>
        {
            Assert.That((string)updated["name"]!, Is.EqualTo("two"));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(stale.Reason, Is.EqualTo(
                $"Object: {folder["id"]} was updated since you last fetched it, retrieve it again and re-apply the update"));
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [TestCase("/repo/v1/entity/syn99", 404, "Resource: 'syn99' does not exist")]
    [TestCase("/repo/v1/entity/99", 404, "Resource: 'syn99' does not exist")]
    [TestCase("/repo/v1/entity/syn1.2", 400, "syn1.2 is not a valid Synapse ID.")]
    [TestCase("/repo/v1/nothing", 404, "GET was not found. Please reference API documentation at https://rest-docs.synapse.org/rest/")]
    public async Task What_is_not_there_is_refused_in_the_words_of_the_contract(string path, int status, string reason)
    {
        await using var test = await TestServer.StartAsync();

        var answer = await test.Owner.SendAsync("GET", path);

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task What_is_deleted_is_in_the_trash_and_its_name_is_free()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var folder = (string)(await test.Owner.CreateFolderAsync("a", project))["id"]!;
        var below = (string)(await test.Owner.CreateFolderAsync("b", folder))["id"]!;

        var deleted = await test.Owner.SendAsync("DELETE", $"/repo/v1/entity/{folder}");
        var gone = await test.Owner.SendAsync("GET", $"/repo/v1/entity/{below}");
        var again = await test.Owner.SendAsync("DELETE", $"/repo/v1/entity/{folder}");
        var other = (string)(await test.Owner.CreateFolderAsync("a", project))["id"]!;
        var conflict = await test.Owner.SendAsync("PUT", $"/repo/v1/trashcan/restore/{folder}");
        await test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{other}");
        var trash = await test.Owner.DoAsync("GET", "/repo/v1/trashcan/view");
        await test.Owner.DoAsync("PUT", $"/repo/v1/trashcan/restore/{folder}");

        Assert.Multiple(() =>
        {
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(gone.Reason, Is.EqualTo($"Entity {below} is in trash can."));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(conflict.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(trash["results"]!.AsArray().Select(item => (string)item!["entityName"]!), Is.EqualTo(new[] { "a", "a" }));
        });
        Assert.That((string)(await test.Owner.DoAsync("GET", $"/repo/v1/entity/{below}"))["parentId"]!, Is.EqualTo(folder));
    }

    [Test]
    public async Task A_folder_moves_with_all_below_it_but_not_into_itself()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var first = await test.Owner.CreateFolderAsync("first", project);
        var second = await test.Owner.CreateFolderAsync("second", project);
        var inner = await test.Owner.CreateFolderAsync("inner", (string)first["id"]!);

        first["parentId"] = (string)inner["id"]!;
        var cycle = await test.Owner.SendAsync("PUT", $"/repo/v1/entity/{first["id"]}", first);
        first["parentId"] = (string)second["id"]!;
        await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{first["id"]}", first);
        var path = await test.Owner.DoAsync("GET", $"/repo/v1/entity/{inner["id"]}/path");

        Assert.Multiple(() =>
        {
            Assert.That(cycle.Reason, Is.EqualTo("Invalid hierarchy: an entity cannot be an ancestor of itself"));
            Assert.That(path["path"]!.AsArray().Select(step => (string)step!["name"]!),
                Is.EqualTo(new[] { "Redacted", "Project", "second", "first", "inner" }));
        });
    }

    [Test]
    public async Task Kinds_without_content_keep_their_own_fields_and_lose_unknown_ones()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;

        var work = new TableWork(test.Owner);
        var columns = TableWork.Ids(await work.ColumnAsync("a", "STRING"), await work.ColumnAsync("b", "STRING"));
        columns["surprise"] = true;
        var table = await test.Owner.CreateAsync("table.TableEntity", "t", project, columns);
        var link = await test.Owner.CreateAsync("Link", "l", project, new JsonObject
        {
            ["linksTo"] = new JsonObject { ["targetId"] = "syn999999", ["targetVersionNumber"] = 3 },
        });
        var docker = await test.Owner.SendAsync("POST", "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.docker.DockerRepository",
            ["repositoryName"] = "docker.io/library/busybox",
            ["parentId"] = (string)(await test.Owner.CreateFolderAsync("f", project))["id"]!,
        });

        Assert.Multiple(() =>
        {
            Assert.That(table["columnIds"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(table.ContainsKey("surprise"), Is.False);
            Assert.That((string)link["linksTo"]!["targetId"]!, Is.EqualTo("syn999999"));
            Assert.That((long)link["linksTo"]!["targetVersionNumber"]!, Is.EqualTo(3));
            Assert.That(docker.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(docker.Reason, Does.Contain("cannot have a parent of type: org.sagebionetworks.repo.model.Folder"));
        });
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ChildrenTests
{
    [Test]
    public async Task Pages_hold_fifty_and_tokens_name_limit_and_offset()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        for (var i = 0; i < 101; i++)
        {
            await test.Owner.CreateFolderAsync(i.ToString("000", CultureInfo.InvariantCulture), project);
        }

        var first = await PageAsync(test.Owner, project, token: null);
        var second = await PageAsync(test.Owner, project, (string)first["nextPageToken"]!);
        var third = await PageAsync(test.Owner, project, (string)second["nextPageToken"]!);
        var handmade = await PageAsync(test.Owner, project, "25a100");

        Assert.Multiple(() =>
        {
            Assert.That((string)first["nextPageToken"]!, Is.EqualTo("50a50"));
            Assert.That((string)second["nextPageToken"]!, Is.EqualTo("50a100"));
            Assert.That(third.ContainsKey("nextPageToken"), Is.False);
            Assert.That(Names(first).Concat(Names(second)).Concat(Names(third)).Distinct().Count(), Is.EqualTo(101));
            Assert.That(Names(handmade), Is.EqualTo(new[] { "100" }));
            Assert.That((long)first["totalChildCount"]!, Is.EqualTo(101));
        });
    }

    [TestCase("51a0", "Limit must not exceed: 50")]
    [TestCase("x", "Unknown nextPageToken: x")]
    public async Task A_bad_token_is_refused(string token, string reason)
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;

        var answer = await test.Owner.SendAsync("POST", "/repo/v1/entity/children", Request(project, token));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task A_header_holds_what_the_contract_shows_and_newest_first_finds_a_change()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("a.txt", project, Encoding.ASCII.GetBytes("abc"));
        await test.Owner.CreateFolderAsync("b", project);
        file["description"] = "changed";
        // Twice: two entities may be changed in one millisecond, one entity never is.
        file = await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{file["id"]}", file);
        await test.Owner.DoAsync("PUT", $"/repo/v1/entity/{file["id"]}", file);

        var request = Request(project, token: null);
        request["sortBy"] = "MODIFIED_ON";
        request["sortDirection"] = "DESC";
        request["includeSumFileSizes"] = true;
        var page = await test.Owner.DoAsync("POST", "/repo/v1/entity/children", request);
        var header = page["page"]![0]!.AsObject();

        Assert.Multiple(() =>
        {
            Assert.That((string)header["name"]!, Is.EqualTo("a.txt"));
            Assert.That(header.Select(field => field.Key), Is.EquivalentTo(new[]
            {
                "name", "id", "type", "versionNumber", "versionLabel", "isLatestVersion", "benefactorId", "createdOn", "modifiedOn",
                "createdBy", "modifiedBy",
            }));
            Assert.That((long)header["benefactorId"]!, Is.EqualTo(long.Parse(project[3..], CultureInfo.InvariantCulture)));
            Assert.That((string)header["type"]!, Is.EqualTo("org.sagebionetworks.repo.model.FileEntity"));
            Assert.That((long)page["sumFileSizesBytes"]!, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task Children_that_the_caller_may_not_read_are_neither_shown_nor_counted()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        await test.Owner.ShareAsync(project, test.Server.Accounts[0].PrincipalId, "READ");
        await test.Owner.CreateFolderAsync("open", project);
        var closed = (string)(await test.Owner.CreateFolderAsync("closed", project))["id"]!;
        await test.Owner.ShareAsync(closed, test.Server.FirstUser.PrincipalId, "READ");

        var page = await PageAsync(test.Reader, project, token: null);
        var child = await test.Reader.SendAsync(
            "POST", "/repo/v1/entity/child", new JsonObject { ["parentId"] = project, ["entityName"] = "closed" });
        var missing = await test.Reader.SendAsync(
            "POST", "/repo/v1/entity/child", new JsonObject { ["parentId"] = project, ["entityName"] = "none" });

        Assert.Multiple(() =>
        {
            Assert.That(Names(page), Is.EqualTo(new[] { "open" }));
            Assert.That((long)page["totalChildCount"]!, Is.EqualTo(1));
            Assert.That(child.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(missing.Reason, Is.EqualTo($"Child not found for parent: '{project}' with name: 'none'"));
        });
    }

    [Test]
    public async Task Projects_are_those_shared_by_name()
    {
        await using var test = await TestServer.StartAsync();
        var mine = (string)(await test.Owner.CreateProjectAsync("mine"))["id"]!;
        var shared = (string)(await test.Owner.CreateProjectAsync("shared"))["id"]!;
        var open = (string)(await test.Owner.CreateProjectAsync("public"))["id"]!;
        await test.Owner.ShareAsync(shared, test.Server.Accounts[0].PrincipalId, "READ");
        await test.Owner.ShareAsync(open, 273949, "READ");

        var readers = await test.Reader.DoAsync("GET", "/repo/v1/projects?sort=PROJECT_NAME&sortDirection=ASC");
        var owners = await test.Owner.DoAsync("GET", "/repo/v1/projects?sort=PROJECT_NAME&sortDirection=ASC");
        var nobodys = await test.Nobody.DoAsync("GET", "/repo/v1/projects");

        Assert.Multiple(() =>
        {
            Assert.That(Ids(readers), Is.EqualTo(new[] { shared }));
            Assert.That(Ids(owners), Is.EqualTo(new[] { mine, open, shared }));
            Assert.That(Ids(nobodys), Is.Empty);
        });
    }

    private static JsonObject Request(string parent, string? token) => new()
    {
        ["parentId"] = parent,
        ["nextPageToken"] = token,
        ["includeTypes"] = new JsonArray("folder", "file", "somethingnew"),
        ["includeTotalChildCount"] = true,
    };

    private static Task<JsonObject> PageAsync(TestClient client, string parent, string? token) =>
        client.DoAsync("POST", "/repo/v1/entity/children", Request(parent, token));

    private static IEnumerable<string> Names(JsonObject page) => page["page"]!.AsArray().Select(child => (string)child!["name"]!);

    private static IEnumerable<string> Ids(JsonObject list) => list["results"]!.AsArray().Select(item => (string)item!["id"]!);
}

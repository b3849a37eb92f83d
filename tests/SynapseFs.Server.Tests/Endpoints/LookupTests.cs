using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class LookupTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("abc");

    private TestServer _test = null!;
    private JsonObject _project = null!;
    private JsonObject _file = null!;

    private string Project => (string)_project["id"]!;
    private string File => (string)_file["id"]!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = await _test.Owner.CreateProjectAsync();
        _file = await _test.Owner.CreateFileAsync("a.txt", Project, Content);
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Headers_come_in_the_order_asked_without_what_cannot_be_seen()
    {
        var hidden = (string)(await _test.Reader.CreateProjectAsync("hidden"))["id"]!;
        var trashed = (string)(await _test.Owner.CreateFolderAsync("t", Project))["id"]!;
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{trashed}");
        var page = await _test.Owner.DoAsync("POST", "/repo/v1/entity/header", new JsonObject
        {
            ["references"] = new JsonArray(
                Reference(File, 1), Reference(hidden), Reference("syn424242"), Reference(trashed), Reference(File, 9), Reference(Project)),
        });
        var types = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/type?batch={Project},{File}");
        var none = await _test.Owner.SendAsync("POST", "/repo/v1/entity/header", new JsonObject { ["references"] = null });
        var unnamed = await _test.Owner.SendAsync("GET", "/repo/v1/entity/type");

        Assert.Multiple(() =>
        {
            Assert.That(Ids(page), Is.EqualTo(new[] { File, Project }));
            Assert.That(Ids(types), Is.EqualTo(new[] { Project, File }));
            Assert.That((long)types["totalNumberOfResults"]!, Is.EqualTo(2));
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(unnamed.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task Type_and_benefactor_are_headers()
    {
        var type = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{File}/type");
        var benefactor = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{File}/benefactor");
        var refused = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/type");
        var noBenefactor = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/benefactor");

        Assert.Multiple(() =>
        {
            Assert.That((string)type["type"]!, Is.EqualTo("org.sagebionetworks.repo.model.FileEntity"));
            Assert.That((long)type["versionNumber"]!, Is.EqualTo(1));
            Assert.That((string)benefactor["id"]!, Is.EqualTo(Project));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(noBenefactor.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task An_alias_is_a_projects_alone_in_the_whole_of_Synapse()
    {
        _project["alias"] = "My_Project";
        await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{Project}", _project);
        var found = await _test.Owner.DoAsync("GET", "/repo/v1/entity/alias/my_project");
        var unknown = await _test.Owner.SendAsync("GET", "/repo/v1/entity/alias/other");
        var second = await CreateWithAliasAsync("second", "MY_PROJECT");
        var odd = await CreateWithAliasAsync("third", "not-allowed");
        var wide = await CreateWithAliasAsync("fourth", new string('a', 65));

        Assert.Multiple(() =>
        {
            Assert.That((string)found["id"]!, Is.EqualTo(Project));
            Assert.That(unknown.Reason, Is.EqualTo("Did not find a match for alias: other"));
            Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(second.Reason, Is.EqualTo("The friendly url name (alias): MY_PROJECT is already taken.  Please select another."));
            Assert.That(odd.Reason, Is.EqualTo("Aliases can only have letters (a-z and A-Z), digits (0-9) and underscores (_)"));
            Assert.That(wide.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task A_child_is_found_by_its_exact_name()
    {
        var found = await ChildAsync(_test.Owner, Project, "a.txt");
        var other = await ChildAsync(_test.Owner, Project, "A.txt");
        var nameless = await ChildAsync(_test.Owner, Project, null);
        var refused = await ChildAsync(_test.Reader, Project, "a.txt");
        await _test.Owner.ShareAsync(Project, _test.Server.Accounts[0].PrincipalId, "READ");
        await _test.Owner.ShareAsync(File, _test.Server.FirstUser.PrincipalId, "READ");
        var hidden = await ChildAsync(_test.Reader, Project, "a.txt");
        var project = await ChildAsync(_test.Owner, null, "Project");

        Assert.Multiple(() =>
        {
            Assert.That((string)found.Json["id"]!, Is.EqualTo(File));
            Assert.That(other.Reason, Is.EqualTo($"Child not found for parent: '{Project}' with name: 'A.txt'"));
            Assert.That(nameless.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Is.EqualTo("Lack of READ permission on the parent entity."));
            Assert.That(hidden.Reason, Is.EqualTo("Lack of READ permission on the requested entity."));
            Assert.That((string)project.Json["id"]!, Is.EqualTo(Project));
        });
    }

    [Test]
    public async Task Contents_are_found_by_their_md5_as_far_as_they_may_be_read()
    {
        var md5 = TestClient.Md5(Content);
        var found = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/md5/{md5}");
        var hidden = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/md5/{md5}");

        Assert.Multiple(() =>
        {
            Assert.That(Ids(found), Is.EqualTo(new[] { File }));
            Assert.That(hidden["results"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task The_root_lists_projects_whatever_types_are_asked_for()
    {
        var byNull = await _test.Owner.DoAsync("POST", "/repo/v1/entity/children", new JsonObject { ["parentId"] = null });
        var byId = await _test.Owner.DoAsync(
            "POST", "/repo/v1/entity/children", new JsonObject { ["parentId"] = "syn4489", ["includeTypes"] = new JsonArray("project") });
        var typeless = await _test.Owner.SendAsync("POST", "/repo/v1/entity/children", new JsonObject { ["parentId"] = Project });

        Assert.Multiple(() =>
        {
            Assert.That((string)byNull["page"]![0]!["id"]!, Is.EqualTo(Project));
            Assert.That((string)byId["page"]![0]!["id"]!, Is.EqualTo(Project));
            Assert.That(typeless.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task Projects_are_narrowed_to_those_made_joined_or_shared_with_a_team()
    {
        var joined = (string)(await _test.Reader.CreateProjectAsync("joined"))["id"]!;
        var acl = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{joined}/acl");
        acl["resourceAccess"]!.AsArray().Add(new JsonObject { ["principalId"] = 464532, ["accessType"] = new JsonArray("READ") });
        await _test.Reader.DoAsync("PUT", $"/repo/v1/entity/{joined}/acl", acl);
        var all = await _test.Owner.DoAsync("GET", "/repo/v1/projects?sort=PROJECT_NAME&sortDirection=ASC");
        var created = await _test.Owner.DoAsync("GET", "/repo/v1/projects?filter=CREATED");
        var participated = await _test.Owner.DoAsync("GET", "/repo/v1/projects?filter=PARTICIPATED");
        var team = await _test.Owner.DoAsync("GET", "/repo/v1/projects?filter=TEAM&teamId=464532");
        var common = await _test.Reader.DoAsync("GET", $"/repo/v1/projects/user/{_test.Server.FirstUser.PrincipalId}");
        var foreign = await _test.Reader.SendAsync("GET", "/repo/v1/projects?filter=TEAM&teamId=464532");
        var odd = await _test.Owner.SendAsync("GET", "/repo/v1/projects?teamId=464532");

        Assert.Multiple(() =>
        {
            Assert.That(Ids(all), Is.EqualTo(new[] { Project, joined }));
            Assert.That(Ids(created), Is.EqualTo(new[] { Project }));
            Assert.That(Ids(participated), Is.EqualTo(new[] { joined }));
            Assert.That(Ids(team), Is.EqualTo(new[] { joined }));
            Assert.That(Ids(common), Is.EqualTo(new[] { joined }));
            Assert.That(foreign.Reason, Does.EndWith("is not a member of team 464532"));
            Assert.That(odd.Reason, Is.EqualTo("Cannot specify 'teamId' when filter is not TEAM."));
        });
    }

    [Test]
    public async Task A_docker_repository_of_ours_has_no_registry()
    {
        var answer = await _test.Owner.SendAsync("GET", "/repo/v1/entity/dockerRepo/id?repositoryName=docker.io/x");

        Assert.That(answer.Reason, Is.EqualTo("A repository named docker.io/x does not exist or it is not a managed repository."));
    }

    [Test]
    public async Task The_flat_json_of_a_version_is_that_versions()
    {
        var flat = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{File}/version/1/json");

        Assert.That((string)flat["name"]!, Is.EqualTo("a.txt"));
    }

    private static string[] Ids(JsonObject page) => [.. page["results"]!.AsArray().Select(item => (string)item!["id"]!)];

    private static JsonObject Reference(string id, long? version = null) => new() { ["targetId"] = id, ["targetVersionNumber"] = version };

    private static Task<Answer> ChildAsync(TestClient client, string? parent, string? name) =>
        client.SendAsync("POST", "/repo/v1/entity/child", new JsonObject { ["parentId"] = parent, ["entityName"] = name });

    private Task<Answer> CreateWithAliasAsync(string name, string alias) => _test.Owner.SendAsync("POST", "/repo/v1/entity", new JsonObject
    {
        ["concreteType"] = "org.sagebionetworks.repo.model.Project",
        ["name"] = name,
        ["alias"] = alias,
    });
}

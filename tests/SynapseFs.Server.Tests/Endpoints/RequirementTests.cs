using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class RequirementTests
{
    private const string Unmet = "There are unmet access requirements that must be met to read content in the requested container.";

    private TestServer _test = null!;
    private TestClient _act = null!;
    private string _project = "";
    private string _folder = "";
    private JsonObject _file = null!;

    private string File => (string)_file["id"]!;
    private long Reader => _test.Server.Accounts[0].PrincipalId;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync(options => options with
        {
            Users =
            [
                new ServerUser { Name = "reader", Token = "reader-token", Scopes = ["view", "download", "modify", "authorize"] },
                new ServerUser { Name = "demo", Token = "act-token", Scopes = ["view", "download", "modify", "authorize"] },
            ],
        });
        _act = new TestClient(_test.Server, "act-token");
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _folder = (string)(await _test.Owner.CreateFolderAsync("f", _project))["id"]!;
        _file = await _test.Owner.CreateFileAsync("a.txt", _folder, Encoding.ASCII.GetBytes("abc"));
        await _test.Owner.ShareAsync(_project, Reader, "READ", "DOWNLOAD");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _act.Dispose();
        await _test.DisposeAsync();
    }

    [Test]
    public async Task An_unmet_requirement_of_an_ancestor_shuts_the_content_and_nothing_else()
    {
        var requirement = await CreateAsync("TermsOfUseAccessRequirement", _project, new JsonObject { ["termsOfUse"] = "be good" });
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
        var listed = await _test.Nobody.DoAsync("GET", $"/repo/v1/entity/{File}/accessRequirement");
        var beyond = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{File}/accessRequirement?offset=1");

        Assert.Multiple(() =>
        {
            Assert.That((long)requirement["versionNumber"]!, Is.Zero);
            Assert.That((string)bundle["entity"]!["name"]!, Is.EqualTo("a.txt"));
            Assert.That(bundle["fileHandles"]!.AsArray(), Is.Empty);
            Assert.That((bool)bundle["permissions"]!["canDownload"]!, Is.False);
            Assert.That((bool)bundle["restrictionInformation"]!["hasUnmetAccessRequirement"]!, Is.True);
            Assert.That((string)bundle["restrictionInformation"]!["restrictionLevel"]!, Is.EqualTo("RESTRICTED_BY_TERMS_OF_USE"));
            Assert.That((string)batch["failureCode"]!, Is.EqualTo("UNAUTHORIZED"));
            Assert.That(redirect.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(redirect.Reason, Is.EqualTo(Unmet));
            Assert.That((string)actions["actions"]![0]!["concreteType"]!, Does.EndWith("download.MeetAccessRequirement"));
            Assert.That((long)actions["actions"]![0]!["accessRequirementId"]!, Is.EqualTo((long)requirement["id"]!));
            Assert.That((string)listed["results"]![0]!["termsOfUse"]!, Is.EqualTo("be good"));
            Assert.That(beyond["results"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task Whoever_signs_for_themselves_may_download()
    {
        var requirement = await CreateAsync("SelfSignAccessRequirement", _folder);
        var id = (long)requirement["id"]!;
        var before = await _test.Reader.DoAsync("GET", $"/repo/v1/accessRequirement/{id}/status");
        var approval = await _test.Reader.SendAsync("POST", "/repo/v1/accessApproval", new JsonObject { ["requirementId"] = id });
        var after = await _test.Reader.DoAsync("GET", $"/repo/v1/accessRequirement/{id}/status");
        var batch = await _test.Reader.BatchAsync((string)_file["dataFileHandleId"]!, File);
        var information = await RestrictionAsync(_test.Reader, File);
        var read = await _test.Reader.DoAsync("GET", $"/repo/v1/accessApproval/{approval.Json["id"]}");
        var info = await _test.Owner.DoAsync("POST", "/repo/v1/accessApproval/information", new JsonObject
        {
            ["userId"] = $"{Reader}",
            ["accessRequirementIds"] = new JsonArray($"{id}", "5"),
        });

        Assert.Multiple(() =>
        {
            Assert.That((bool)before["isApproved"]!, Is.False);
            Assert.That((string)before["concreteType"]!, Does.EndWith("dataaccess.BasicAccessRequirementStatus"));
            Assert.That(approval.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)approval.Json["accessorId"]!, Is.EqualTo($"{Reader}"));
            Assert.That((string)approval.Json["state"]!, Is.EqualTo("APPROVED"));
            Assert.That((bool)after["isApproved"]!, Is.True);
            Assert.That(batch.ContainsKey("preSignedURL"), Is.True);
            Assert.That((bool)information["hasUnmetAccessRequirement"]!, Is.False);
            Assert.That((bool)information["restrictionDetails"]![0]!["isApproved"]!, Is.True);
            Assert.That((long)read["requirementId"]!, Is.EqualTo(id));
            Assert.That(info["results"]!.AsArray().Select(item => (bool)item!["hasAccessApproval"]!), Is.EqualTo(new[] { true, false }));
        });
    }

    [Test]
    public async Task An_act_requirement_is_approved_by_the_team_and_revoked_again()
    {
        var id = (long)(await CreateAsync("ACTAccessRequirement", _folder, new JsonObject { ["actContactInfo"] = "mail us" }))["id"]!;
        var approval = new JsonObject { ["requirementId"] = id, ["accessorId"] = $"{Reader}" };
        var self = await _test.Reader.SendAsync("POST", "/repo/v1/accessApproval", approval.DeepClone());
        var personal = await _test.Owner.SendAsync("POST", "/repo/v1/accessApproval", approval.DeepClone());
        await _act.DoAsync("POST", "/repo/v1/accessApproval", approval);
        var open = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/file?redirect=false");
        var revoked = await _act.SendAsync("DELETE", $"/repo/v1/accessApproval?requirementId={id}&accessorId={Reader}");
        var shut = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/file?redirect=false");
        await _act.DoAsync("POST", "/repo/v1/accessApproval", approval.DeepClone());
        var group = await _act.SendAsync("PUT", "/repo/v1/accessApproval/group/revoke", new JsonObject
        {
            ["accessRequirementId"] = $"{id}",
            ["submitterId"] = $"{Reader}",
        });
        var again = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/file?redirect=false");

        Assert.Multiple(() =>
        {
            Assert.That(self.Reason, Is.EqualTo("User is not an ACT Member."));
            Assert.That(personal.Reason, Does.StartWith("insufficient_scope"));
            Assert.That(open.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(revoked.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(shut.Reason, Is.EqualTo(Unmet));
            Assert.That(group.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(again.Reason, Is.EqualTo(Unmet));
        });
    }

    [Test]
    public async Task Only_the_team_makes_changes_and_deletes_requirements()
    {
        var requirement = await CreateAsync("ACTAccessRequirement", _folder);
        var path = $"/repo/v1/accessRequirement/{requirement["id"]}";
        requirement["name"] = "renamed";
        var foreign = await _test.Reader.SendAsync("PUT", path, requirement);
        var updated = await _test.Owner.DoAsync("PUT", path, requirement);
        var stale = await _test.Owner.SendAsync("PUT", path, requirement);
        updated["concreteType"] = "org.sagebionetworks.repo.model.SelfSignAccessRequirement";
        var other = await _test.Owner.SendAsync("PUT", path, updated);
        var subjects = await _test.Reader.DoAsync("GET", path + "/subjects");
        var made = await _test.Reader.SendAsync("POST", "/repo/v1/accessRequirement", Body("SelfSignAccessRequirement", _folder));
        var converted = await _test.Owner.DoAsync("PUT", "/repo/v1/accessRequirement/conversion", new JsonObject
        {
            ["accessRequirementId"] = $"{requirement["id"]}",
            ["etag"] = (string)updated["etag"]!,
            ["currentVersion"] = 1,
        });
        await _act.DoAsync("DELETE", path);
        var gone = await _test.Reader.SendAsync("GET", path);

        Assert.Multiple(() =>
        {
            Assert.That(foreign.Reason, Is.EqualTo("Only ACT member can perform this action."));
            Assert.That((long)updated["versionNumber"]!, Is.EqualTo(1));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(other.Reason, Does.StartWith("Cannot change org.sagebionetworks.repo.model.ACTAccessRequirement to "));
            Assert.That((string)subjects["subjects"]![0]!["id"]!, Is.EqualTo(_folder));
            Assert.That(made.Reason, Is.EqualTo("Only ACT member can create an AccessRequirement."));
            Assert.That((string)converted["concreteType"]!, Does.EndWith(".ManagedACTAccessRequirement"));
            Assert.That((bool)converted["isIDURequired"]!, Is.True);
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(gone.Reason, Is.EqualTo($"An access requirement with id {requirement["id"]} cannot be found."));
        });
    }

    [TestCase("PostMessageContentAccessRequirement", "DOWNLOAD", "No longer support PostMessageContentAccessRequirement.")]
    [TestCase("SelfSignAccessRequirement", "PARTICIPATE", "Cannot apply AccessRequirement with AccessType PARTICIPATE to an object of type ENTITY")]
    [TestCase("SelfSignAccessRequirement", "READ", "Not support creating AccessRequirement with AccessType: READ")]
    [TestCase("SelfSignAccessRequirement", null, "AccessType is required.")]
    [TestCase("Surprise", "DOWNLOAD", "Unknown type of access requirement: org.sagebionetworks.repo.model.Surprise")]
    public async Task A_bad_requirement_is_refused(string type, string? access, string reason)
    {
        var body = Body(type, _folder);
        body["accessType"] = access;

        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/accessRequirement", body);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task Two_requirements_of_one_name_are_refused()
    {
        var body = Body("SelfSignAccessRequirement", _folder);
        body["name"] = "taken";
        await _test.Owner.DoAsync("POST", "/repo/v1/accessRequirement", body);

        var second = await _test.Owner.SendAsync("POST", "/repo/v1/accessRequirement", body.DeepClone());

        Assert.Multiple(() =>
        {
            Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(second.Reason, Is.EqualTo("An AccessRequirement with the name: 'taken' already exists"));
        });
    }

    [Test]
    public async Task A_lock_shuts_for_everybody_and_is_put_on_once()
    {
        var locked = await _test.Owner.SendAsync("POST", $"/repo/v1/entity/{_folder}/lockAccessRequirement");
        var again = await _test.Owner.SendAsync("POST", $"/repo/v1/entity/{File}/lockAccessRequirement");
        var foreign = await _test.Reader.SendAsync("POST", $"/repo/v1/entity/{_project}/lockAccessRequirement");
        var owner = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{File}/file");
        var approval = await _act.SendAsync(
            "POST", "/repo/v1/accessApproval", new JsonObject { ["requirementId"] = (long)locked.Json["id"]! });

        Assert.Multiple(() =>
        {
            Assert.That(locked.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)locked.Json["concreteType"]!, Is.EqualTo("org.sagebionetworks.repo.model.LockAccessRequirement"));
            Assert.That(again.Reason, Is.EqualTo($"Entity {File} is already restricted."));
            Assert.That(foreign.Reason, Is.EqualTo("You lack CREATE access to the requested entity."));
            Assert.That(owner.Reason, Is.EqualTo(Unmet));
            Assert.That(approval.Reason, Is.EqualTo("Cannot apply an approval to a org.sagebionetworks.repo.model.LockAccessRequirement"));
        });
    }

    [Test]
    public async Task A_contributor_whom_the_requirement_names_is_exempt()
    {
        var id = (long)(await CreateAsync("ACTAccessRequirement", _folder))["id"]!;
        var path = $"/repo/v1/accessRequirement/{id}/acl";
        var none = await _test.Owner.SendAsync("GET", path);
        var before = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{File}/file?redirect=false");
        var acl = new JsonObject
        {
            ["resourceAccess"] = new JsonArray(new JsonObject
            {
                ["principalId"] = _test.Server.FirstUser.PrincipalId,
                ["accessType"] = new JsonArray("EXEMPTION_ELIGIBLE"),
            }),
        };
        var made = await _act.SendAsync("POST", path, acl);
        var after = await _test.Owner.SendAsync("GET", $"/repo/v1/entity/{File}/file?redirect=false");
        var information = await RestrictionAsync(_test.Owner, File);
        var updated = await _act.DoAsync("PUT", path, made.Json);
        var removed = await _act.SendAsync("DELETE", path);
        var odd = await _act.SendAsync("POST", path, new JsonObject
        {
            ["resourceAccess"] = new JsonArray(new JsonObject { ["principalId"] = 3, ["accessType"] = new JsonArray("READ") }),
        });

        Assert.Multiple(() =>
        {
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(before.Reason, Is.EqualTo(Unmet));
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((bool)information["restrictionDetails"]![0]!["isExempt"]!, Is.True);
            Assert.That((bool)information["restrictionDetails"]![0]!["isMet"]!, Is.True);
            Assert.That((bool)information["restrictionDetails"]![0]!["isApproved"]!, Is.False);
            Assert.That((string)updated["id"]!, Is.EqualTo($"{id}"));
            Assert.That(removed.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(odd.Reason, Is.EqualTo("The access type READ is not allowed for ACCESS_REQUIREMENT."));
        });
    }

    [Test]
    public async Task A_second_factor_that_is_demanded_is_missing()
    {
        var id = (long)(await CreateAsync("ManagedACTAccessRequirement", _folder, new JsonObject { ["isTwoFaRequired"] = true }))["id"]!;
        await _act.DoAsync("POST", "/repo/v1/accessApproval", new JsonObject { ["requirementId"] = id, ["accessorId"] = $"{Reader}" });

        var refused = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/file");
        var actions = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{File}/actions/download");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Reason, Is.EqualTo("You need to enable two factor authentication to access the requested entity."));
            Assert.That((string)actions["actions"]![0]!["concreteType"]!, Does.EndWith("download.EnableTwoFa"));
        });
    }

    [Test]
    public async Task Open_data_is_downloaded_by_whoever_may_read_it()
    {
        await _test.Owner.ShareAsync(File, 273949, "READ");
        var closed = await _test.Nobody.SendAsync("GET", $"/repo/v1/entity/{File}/file?redirect=false");
        var foreign = await _test.Reader.SendAsync("PUT", $"/repo/v1/entity/{File}/datatype?type=OPEN_DATA");
        var opened = await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{File}/datatype?type=OPEN_DATA");
        var open = await _test.Nobody.SendAsync("GET", $"/repo/v1/entity/{File}/file?redirect=false");
        var permissions = await _test.Nobody.DoAsync("GET", $"/repo/v1/entity/{File}/permissions");
        var odd = await _test.Owner.SendAsync("PUT", $"/repo/v1/entity/{File}/datatype?type=NONE");

        Assert.Multiple(() =>
        {
            Assert.That(closed.Reason, Is.EqualTo("Anonymous users have only READ access permission."));
            Assert.That(foreign.Reason, Does.StartWith("Must be a member of the 'Synapse Access and Compliance Team'"));
            Assert.That((string)opened["dataType"]!, Is.EqualTo("OPEN_DATA"));
            Assert.That(open.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((bool)permissions["canDownload"]!, Is.True);
            Assert.That((bool)permissions["isEntityOpenData"]!, Is.True);
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task What_is_restricted_stays_under_its_restrictions()
    {
        await _test.Owner.ShareAsync(_project, Reader, "READ", "UPDATE", "CREATE", "DELETE", "CHANGE_PERMISSIONS");
        await CreateAsync("ACTAccessRequirement", _folder);
        var elsewhere = (string)(await _test.Owner.CreateFolderAsync("elsewhere", _project))["id"]!;
        var moved = await _test.Reader.DoAsync("GET", $"/repo/v1/entity/{File}");
        moved["parentId"] = elsewhere;
        var refused = await _test.Reader.SendAsync("PUT", $"/repo/v1/entity/{File}", moved);
        await _test.Reader.DoAsync("DELETE", $"/repo/v1/entity/{File}");
        var restored = await _test.Reader.SendAsync("PUT", $"/repo/v1/trashcan/restore/{File}/{elsewhere}");
        var back = await _test.Reader.SendAsync("PUT", $"/repo/v1/trashcan/restore/{File}");
        var current = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{File}");
        current["parentId"] = elsewhere;
        var byTeam = await _test.Owner.SendAsync("PUT", $"/repo/v1/entity/{File}", current);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Reason, Is.EqualTo("Cannot move restricted entity to a location having fewer access restrictions."));
            Assert.That(restored.Reason, Is.EqualTo("Cannot move restricted entity to a location having fewer access restrictions."));
            Assert.That(back.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(byTeam.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Restrictions_are_told_in_batches_and_for_teams()
    {
        await CreateAsync("ACTAccessRequirement", _folder);
        var batch = await _test.Reader.DoAsync("POST", "/repo/v1/restrictionInformation/batch", new JsonObject
        {
            ["restrictableObjectType"] = "ENTITY",
            ["objectIds"] = new JsonArray(File, _project, "syn424242"),
        });
        var team = await _test.Reader.DoAsync("POST", "/repo/v1/restrictionInformation", new JsonObject
        {
            ["restrictableObjectType"] = "TEAM",
            ["objectId"] = "273957",
        });
        var evaluation = await _test.Reader.SendAsync("POST", "/repo/v1/restrictionInformation", new JsonObject
        {
            ["restrictableObjectType"] = "EVALUATION",
            ["objectId"] = "1",
        });
        var empty = await _test.Reader.SendAsync("POST", "/repo/v1/restrictionInformation/batch", new JsonObject());
        var ofTeam = await _test.Reader.DoAsync("GET", "/repo/v1/team/273957/accessRequirement");
        var levels = batch["restrictionInformation"]!.AsArray().Select(item => (string)item!["restrictionLevel"]!);

        Assert.Multiple(() =>
        {
            Assert.That(levels, Is.EqualTo(new[] { "CONTROLLED_BY_ACT", "OPEN", "OPEN" }));
            Assert.That((bool)batch["restrictionInformation"]![0]!["userEntityPermissions"]!["canDownload"]!, Is.False);
            Assert.That((string)team["restrictionLevel"]!, Is.EqualTo("OPEN"));
            Assert.That(team.ContainsKey("userEntityPermissions"), Is.False);
            Assert.That(evaluation.Reason, Is.EqualTo("Unsupported type: EVALUATION"));
            Assert.That(empty.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(ofTeam["results"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task Pages_of_requirements_hold_fifty_at_most()
    {
        var large = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/accessRequirement?limit=51");
        var unknown = await _test.Reader.SendAsync("GET", "/repo/v1/entity/syn424242/accessRequirement");
        var retired = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{File}/accessApproval");

        Assert.Multiple(() =>
        {
            Assert.That(large.Reason, Is.EqualTo("limit must be between 1 and 50"));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(retired.Status, Is.EqualTo(HttpStatusCode.Gone));
        });
    }

    private static JsonObject Body(string type, string subject) => new()
    {
        ["concreteType"] = "org.sagebionetworks.repo.model." + type,
        ["accessType"] = "DOWNLOAD",
        ["subjectIds"] = new JsonArray(new JsonObject { ["id"] = subject, ["type"] = "ENTITY" }),
    };

    private Task<JsonObject> CreateAsync(string type, string subject, JsonObject? more = null)
    {
        var body = Body(type, subject);
        foreach (var (key, value) in more ?? [])
        {
            body[key] = value?.DeepClone();
        }

        return _test.Owner.DoAsync("POST", "/repo/v1/accessRequirement", body);
    }

    private static Task<JsonObject> RestrictionAsync(TestClient client, string entity) => client.DoAsync(
        "POST", "/repo/v1/restrictionInformation", new JsonObject { ["restrictableObjectType"] = "ENTITY", ["objectId"] = entity });
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class AccessRequestTests
{
    private TestServer _test = null!;
    private string _folder = "";
    private string _file = "";
    private string _requirement = "";

    private string Reader => $"{_test.Server.Accounts[0].PrincipalId}";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _folder = (string)(await _test.Owner.CreateFolderAsync("f", project))["id"]!;
        _file = (string)(await _test.Owner.CreateFileAsync("a.txt", _folder, Encoding.ASCII.GetBytes("abc")))["id"]!;
        await _test.Owner.ShareAsync(project, _test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD");
        var requirement = await _test.Owner.DoAsync("POST", "/repo/v1/accessRequirement", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.ManagedACTAccessRequirement",
            ["accessType"] = "DOWNLOAD",
            ["subjectIds"] = new JsonArray(new JsonObject { ["id"] = _folder, ["type"] = "ENTITY" }),
        });
        _requirement = $"{requirement["id"]}";
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_request_is_submitted_approved_and_opens_the_data()
    {
        var submitted = await SubmitAsync(await RequestAsync());
        var waiting = await StatusAsync();
        var open = await _test.Owner.DoAsync("GET", "/repo/v1/dataAccessSubmission/openSubmissions");
        var listed = await _test.Owner.DoAsync(
            "POST", $"/repo/v1/accessRequirement/{_requirement}/submissions", new JsonObject { ["filterBy"] = "SUBMITTED" });
        var read = await _test.Owner.DoAsync("GET", $"/repo/v1/dataAccessSubmission/{submitted["submissionId"]}");
        var shut = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{_file}/file?redirect=false");
        var foreign = await ReviewAsync(_test.Reader, submitted, "APPROVED");
        var approved = await ReviewAsync(_test.Owner, submitted, "APPROVED");
        var twice = await ReviewAsync(_test.Owner, submitted, "REJECTED");
        var status = await StatusAsync();
        var opened = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{_file}/file?redirect=false");
        var renewal = await _test.Reader.DoAsync("GET", $"/repo/v1/accessRequirement/{_requirement}/dataAccessRequestForUpdate");

        Assert.Multiple(() =>
        {
            Assert.That((string)submitted["state"]!, Is.EqualTo("SUBMITTED"));
            Assert.That((string)waiting["concreteType"]!, Does.EndWith("ManagedACTAccessRequirementStatus"));
            Assert.That((string)waiting["currentSubmissionStatus"]!["state"]!, Is.EqualTo("SUBMITTED"));
            Assert.That((long)open["openSubmissionList"]![0]!["numberOfSubmittedSubmission"]!, Is.EqualTo(1));
            Assert.That(listed["results"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That((string)read["researchProjectSnapshot"]!["institution"]!, Is.EqualTo("Institute"));
            Assert.That(shut.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((string)approved.Json["state"]!, Is.EqualTo("APPROVED"));
            Assert.That(twice.Reason, Is.EqualTo("Cannot change state of a submission with APPROVED state."));
            Assert.That((bool)status["isApproved"]!, Is.True);
            Assert.That(opened.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string)renewal["concreteType"]!, Does.EndWith("dataaccess.Renewal"));
            Assert.That((string)renewal["accessorChanges"]![0]!["type"]!, Is.EqualTo("RENEW_ACCESS"));
        });
    }

    [Test]
    public async Task One_submission_waits_at_a_time_and_can_be_cancelled_by_its_maker()
    {
        var request = await RequestAsync();
        var first = await SubmitAsync(request);
        var second = await _test.Reader.SendAsync("POST", $"/repo/v1/dataAccessRequest/{request["id"]}/submission", Submission(request));
        var changed = await _test.Reader.SendAsync("POST", "/repo/v1/dataAccessRequest", request);
        var foreign = await _test.Owner.SendAsync("PUT", $"/repo/v1/dataAccessSubmission/{first["submissionId"]}/cancellation");
        var cancelled = await _test.Reader.DoAsync("PUT", $"/repo/v1/dataAccessSubmission/{first["submissionId"]}/cancellation");
        var third = await SubmitAsync(request);
        var deleted = await _test.Owner.SendAsync("DELETE", $"/repo/v1/dataAccessSubmission/{third["submissionId"]}");
        var gone = await _test.Owner.SendAsync("GET", $"/repo/v1/dataAccessSubmission/{third["submissionId"]}");

        Assert.Multiple(() =>
        {
            Assert.That(second.Reason, Does.StartWith("A submission has been created. It has to be reviewed"));
            Assert.That(changed.Reason, Does.StartWith("A submission has been created. User needs to cancel"));
            Assert.That(foreign.Reason, Is.EqualTo("Can only cancel submission you submitted."));
            Assert.That((string)cancelled["state"]!, Is.EqualTo("CANCELLED"));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task A_rejection_tells_why_and_leaves_the_data_shut()
    {
        var submitted = await SubmitAsync(await RequestAsync());
        await _test.Owner.DoAsync("PUT", $"/repo/v1/dataAccessSubmission/{submitted["submissionId"]}", new JsonObject
        {
            ["submissionId"] = (string)submitted["submissionId"]!,
            ["newState"] = "REJECTED",
            ["rejectedReason"] = "too vague",
        });
        var status = await StatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That((bool)status["isApproved"]!, Is.False);
            Assert.That((string)status["currentSubmissionStatus"]!["rejectedReason"]!, Is.EqualTo("too vague"));
        });
    }

    [Test]
    public async Task A_request_without_its_maker_or_its_project_is_refused()
    {
        var empty = await _test.Reader.DoAsync("GET", $"/repo/v1/accessRequirement/{_requirement}/researchProjectForUpdate");
        var leaderless = await _test.Reader.SendAsync(
            "POST", "/repo/v1/researchProject", new JsonObject { ["accessRequirementId"] = _requirement });
        var projectless = await _test.Reader.SendAsync("POST", "/repo/v1/dataAccessRequest", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.dataaccess.Request",
            ["accessRequirementId"] = _requirement,
        });
        var request = await RequestAsync();
        request["accessorChanges"]![0]!["userId"] = $"{_test.Server.FirstUser.PrincipalId}";
        request = await _test.Reader.DoAsync("POST", "/repo/v1/dataAccessRequest", request);
        var without = await _test.Reader.SendAsync("POST", $"/repo/v1/dataAccessRequest/{request["id"]}/submission", Submission(request));
        request["etag"] = "other";
        var stale = await _test.Reader.SendAsync("POST", "/repo/v1/dataAccessRequest", request);

        Assert.Multiple(() =>
        {
            Assert.That(empty.ContainsKey("id"), Is.False);
            Assert.That(leaderless.Reason, Is.EqualTo("The projectLead must contains more than 0 characters."));
            Assert.That(projectless.Reason, Is.EqualTo("Request.researchProjectId is required."));
            Assert.That(without.Reason, Is.EqualTo("Submitter has to be an accessor."));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        });
    }

    private async Task<JsonObject> RequestAsync()
    {
        var project = await _test.Reader.DoAsync("POST", "/repo/v1/researchProject", new JsonObject
        {
            ["accessRequirementId"] = _requirement,
            ["institution"] = "Institute",
            ["projectLead"] = "Ada",
            ["intendedDataUseStatement"] = "to learn",
        });
        return await _test.Reader.DoAsync("POST", "/repo/v1/dataAccessRequest", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.dataaccess.Request",
            ["accessRequirementId"] = _requirement,
            ["researchProjectId"] = (string)project["id"]!,
            ["accessorChanges"] = new JsonArray(new JsonObject { ["userId"] = Reader, ["type"] = "GAIN_ACCESS" }),
        });
    }

    private Task<JsonObject> SubmitAsync(JsonObject request) =>
        _test.Reader.DoAsync("POST", $"/repo/v1/dataAccessRequest/{request["id"]}/submission", Submission(request));

    private Task<JsonObject> StatusAsync() => _test.Reader.DoAsync("GET", $"/repo/v1/accessRequirement/{_requirement}/status");

    private static Task<Answer> ReviewAsync(TestClient client, JsonObject status, string state) => client.SendAsync(
        "PUT", $"/repo/v1/dataAccessSubmission/{status["submissionId"]}",
        new JsonObject { ["submissionId"] = (string)status["submissionId"]!, ["newState"] = state });

    private JsonObject Submission(JsonObject request) => new()
    {
        ["requestId"] = (string)request["id"]!,
        ["requestEtag"] = (string)request["etag"]!,
        ["subjectId"] = _folder,
        ["subjectType"] = "ENTITY",
    };
}

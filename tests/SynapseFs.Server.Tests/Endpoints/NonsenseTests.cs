using System.Text;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>Clients try again for half an hour after a 5xx: no body, however odd, may come to one.</summary>
public sealed class NonsenseTests
{
    private static readonly string[] Bodies =
    [
        "", "null", "[]", "5", "{", "{}",
        """{"id":null,"etag":null,"name":null,"used":null,"annotations":null,"entity":null,"references":null,"resourceAccess":null}""",
        """{"id":"syn999999999999999999999","requirementId":-1,"objectId":"-5","restrictableObjectType":"ENTITY","requestId":"9"}""",
        """{"id":"x","used":[null,{"concreteType":null}],"resourceAccess":[null,{}],"references":[null,{}],"objectIds":[null],"subjectIds":[null]}""",
        """{"concreteType":"org.sagebionetworks.repo.model.FileEntity","parentId":"PROJECT","dataFileHandleId":[],"name":{}}""",
        """{"concreteType":"org.sagebionetworks.repo.model.Link","parentId":"PROJECT","linksTo":{},"name":"l"}""",
        """{"concreteType":"org.sagebionetworks.repo.model.Folder","parentId":"PROJECT","name":"n","versionComment":"\ud800","modifiedOn":"soon"}""",
        """{"id":"PROJECT","etag":"e","annotations":{"a":null,"b":{"type":"LONG","value":[null]},"":{"type":"STRING","value":[]}}}""",
        """{"id":"PROJECT","etag":"e","stringAnnotations":{"a":[{}]},"longAnnotations":{"n":[1e400]},"dateAnnotations":[]}""",
        """{"concreteType":"org.sagebionetworks.repo.model.provenance.Activity","used":[{"concreteType":"org.sagebionetworks.repo.model.provenance.UsedEntity","reference":{"targetId":"?"}}]}""",
        """{"concreteType":"org.sagebionetworks.repo.model.ManagedACTAccessRequirement","accessType":"DOWNLOAD","subjectIds":[{"type":"ENTITY"}],"expirationPeriod":-1}""",
        """{"concreteType":"org.sagebionetworks.repo.model.SelfSignAccessRequirement","accessType":"DOWNLOAD","subjectIds":[{"id":"x","type":"ENTITY"}]}""",
        """{"entity":{"concreteType":"org.sagebionetworks.repo.model.Folder","parentId":"PROJECT"},"annotations":{"annotations":{"a":{}}},"accessControlList":{"resourceAccess":[{"principalId":1,"accessType":[null]}]}}""",
        """{"resourceAccess":[{"principalId":9223372036854775807,"accessType":["READ","READ"]},{"principalId":9223372036854775807,"accessType":["READ"]}]}""",
    ];

    private TestServer _test = null!;
    private string _project = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync(options => options with
        {
            Users =
            [
                new ServerUser { Name = "reader", Token = "reader-token" },
                new ServerUser { Name = "demo", Token = "all", Scopes = ["view", "download", "modify", "authorize"] },
            ],
        });
        _project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [TestCase("POST", "/entity")]
    [TestCase("PUT", "/entity/PROJECT?newVersion=true&generatedBy=x")]
    [TestCase("PUT", "/entity/PROJECT/version/1/filehandle")]
    [TestCase("PUT", "/entity/PROJECT/annotations")]
    [TestCase("PUT", "/entity/PROJECT/annotations2")]
    [TestCase("PUT", "/entity/PROJECT/json")]
    [TestCase("POST", "/entity/children")]
    [TestCase("POST", "/entity/child")]
    [TestCase("POST", "/entity/header")]
    [TestCase("POST", "/entity/PROJECT/bundle2")]
    [TestCase("POST", "/entity/bundle2/create")]
    [TestCase("PUT", "/entity/PROJECT/bundle2")]
    [TestCase("POST", "/activity")]
    [TestCase("PUT", "/activity/5")]
    [TestCase("PUT", "/entity/PROJECT/generatedBy?generatedBy=-5")]
    [TestCase("POST", "/entity/PROJECT/acl")]
    [TestCase("PUT", "/entity/PROJECT/acl")]
    [TestCase("POST", "/restrictionInformation")]
    [TestCase("POST", "/restrictionInformation/batch")]
    [TestCase("POST", "/accessRequirement")]
    [TestCase("PUT", "/accessRequirement/5")]
    [TestCase("PUT", "/accessRequirement/conversion")]
    [TestCase("POST", "/accessRequirement/5/acl")]
    [TestCase("PUT", "/accessRequirement/5/acl")]
    [TestCase("POST", "/accessApproval")]
    [TestCase("DELETE", "/accessApproval?requirementId=99999999999999999999&accessorId=x")]
    [TestCase("PUT", "/accessApproval/group/revoke")]
    [TestCase("POST", "/accessApproval/information")]
    [TestCase("POST", "/researchProject")]
    [TestCase("POST", "/dataAccessRequest")]
    [TestCase("POST", "/dataAccessRequest/5/submission")]
    [TestCase("PUT", "/dataAccessSubmission/5")]
    [TestCase("POST", "/accessRequirement/5/submissions")]
    public async Task No_body_comes_to_a_5xx(string method, string path)
    {
        using var client = new TestClient(_test.Server, "all");
        foreach (var body in Bodies)
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(method), "/repo/v1" + path.Replace("PROJECT", _project, StringComparison.Ordinal));
            request.Content = new StringContent(
                body.Replace("PROJECT", _project, StringComparison.Ordinal), Encoding.UTF8, "application/json");
            using var response = await client.Http.SendAsync(request);
            Assert.That((int)response.StatusCode, Is.LessThan(500), $"{method} {path}: {body}");
        }
    }

    [TestCase("/entity/PROJECT/version?offset=9223372036854775807&limit=9223372036854775807")]
    [TestCase("/entity/PROJECT/version?offset=-1")]
    [TestCase("/entity/PROJECT/version/99999999999999999999")]
    [TestCase("/entity/PROJECT/bundle?mask=99999999999")]
    [TestCase("/entity/md5/%00")]
    [TestCase("/entity/alias/%F0%9F%98%80")]
    [TestCase("/entity/type?batch=,,x")]
    [TestCase("/entity/PROJECT/accessRequirement?offset=9223372036854775807")]
    [TestCase("/accessRequirement/0/subjects?nextPageToken=50a9223372036854775807")]
    [TestCase("/activity/99999999999999999999/generated")]
    [TestCase("/projects?nextPageToken=50a9223372036854775807")]
    [TestCase("/trashcan/view?limit=0")]
    public async Task No_address_comes_to_a_5xx(string path)
    {
        var answer = await _test.Owner.SendAsync("GET", "/repo/v1" + path.Replace("PROJECT", _project, StringComparison.Ordinal));

        Assert.That((int)answer.Status, Is.LessThan(500), answer.Text);
    }
}

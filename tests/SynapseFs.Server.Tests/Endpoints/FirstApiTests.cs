using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>What clients of 2018 ask for: the same store in other shapes.</summary>
public sealed class FirstApiTests
{
    private TestServer _test = null!;
    private JsonObject _file = null!;

    private string Path => $"/repo/v1/entity/{_file["id"]}";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _file = await _test.Owner.CreateFileAsync("a.txt", project, Encoding.ASCII.GetBytes("abc"));
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Annotations_of_the_first_api_are_those_of_the_second()
    {
        var written = await _test.Owner.DoAsync("PUT", Path + "/annotations", new JsonObject
        {
            ["id"] = (string)_file["id"]!,
            ["etag"] = (string)_file["etag"]!,
            ["stringAnnotations"] = new JsonObject { ["species"] = new JsonArray("mouse", "rat") },
            ["longAnnotations"] = new JsonObject { ["n"] = new JsonArray(150) },
            ["doubleAnnotations"] = new JsonObject { ["ratio"] = new JsonArray(0.25) },
            ["dateAnnotations"] = new JsonObject { ["when"] = new JsonArray(1704164645678) },
        });
        var second = (await _test.Owner.DoAsync("GET", Path + "/annotations2"))["annotations"]!;
        var first = await _test.Owner.DoAsync("GET", Path + "/annotations");
        var old = await _test.Owner.DoAsync("GET", Path + "/version/1/annotations");

        Assert.Multiple(() =>
        {
            Assert.That((string)second["n"]!["type"]!, Is.EqualTo("LONG"));
            Assert.That((string)second["n"]!["value"]![0]!, Is.EqualTo("150"));
            Assert.That((string)second["ratio"]!["value"]![0]!, Is.EqualTo("0.25"));
            Assert.That((string)second["when"]!["type"]!, Is.EqualTo("TIMESTAMP_MS"));
            Assert.That((string)second["species"]!["value"]![1]!, Is.EqualTo("rat"));
            Assert.That(JsonNode.DeepEquals(written, first), Is.True);
            Assert.That((long)first["dateAnnotations"]!["when"]![0]!, Is.EqualTo(1704164645678));
            Assert.That((string)old["etag"]!, Is.EqualTo("00000000-0000-0000-0000-000000000000"));
        });
    }

    [Test]
    public async Task A_put_of_only_id_and_etag_clears_all_and_a_stale_one_is_refused()
    {
        var empty = new JsonObject { ["id"] = (string)_file["id"]!, ["etag"] = (string)_file["etag"]! };
        var cleared = await _test.Owner.DoAsync("PUT", Path + "/annotations", empty);
        var stale = await _test.Owner.SendAsync("PUT", Path + "/annotations", empty);
        var odd = await _test.Owner.SendAsync("PUT", Path + "/annotations", new JsonObject
        {
            ["id"] = (string)_file["id"]!,
            ["etag"] = (string)cleared["etag"]!,
            ["longAnnotations"] = new JsonObject { ["n"] = new JsonArray("x") },
        });
        var crooked = await _test.Owner.SendAsync("PUT", Path + "/annotations", new JsonObject { ["longAnnotations"] = 5 });

        Assert.Multiple(() =>
        {
            Assert.That(cleared["stringAnnotations"]!.AsObject(), Is.Empty);
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(crooked.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [TestCase("")]
    [TestCase("/version/1")]
    public async Task A_bundle_by_mask_has_the_parts_asked_for(string version)
    {
        var bundle = await _test.Owner.DoAsync("GET", $"{Path}{version}/bundle?mask=264195");
        var small = await _test.Owner.DoAsync("GET", $"{Path}{version}/bundle?mask=32");
        var none = await _test.Owner.SendAsync("GET", $"{Path}{version}/bundle");
        var crooked = await _test.Owner.SendAsync("GET", $"{Path}{version}/bundle?mask=x");

        Assert.Multiple(() =>
        {
            Assert.That(bundle.Select(part => part.Key), Is.EquivalentTo(new[]
            {
                "entity", "entityType", "annotations", "fileHandles", "restrictionInformation",
            }));
            Assert.That((string)bundle["entityType"]!, Is.EqualTo("org.sagebionetworks.repo.model.FileEntity"));
            Assert.That(bundle["annotations"]!["stringAnnotations"], Is.Not.Null);
            Assert.That((string)bundle["fileHandles"]![0]!["id"]!, Is.EqualTo((string)_file["dataFileHandleId"]!));
            Assert.That((bool)bundle["restrictionInformation"]!["hasUnmetAccessRequirement"]!, Is.False);
            Assert.That((bool)small["hasChildren"]!, Is.False);
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(crooked.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task A_put_to_version_makes_a_version()
    {
        _file["versionLabel"] = "2";
        _file["versionNumber"] = 2;

        var updated = await _test.Owner.DoAsync("PUT", Path + "/version", _file);

        Assert.Multiple(() =>
        {
            Assert.That((long)updated["versionNumber"]!, Is.EqualTo(2));
            Assert.That((string)updated["versionLabel"]!, Is.EqualTo("2"));
        });
    }
}

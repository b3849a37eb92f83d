using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class SearchTests
{
    private TestServer _test = null!;
    private string _project = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync(options => options with { IndexDelay = TimeSpan.Zero });
        _project = (string)(await _test.Owner.CreateProjectAsync("Breast cancer atlas"))["id"]!;
        var folder = await _test.Owner.CreateFolderAsync("raw data", _project);
        var annotations = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{folder["id"]}/annotations2");
        annotations["annotations"] = JsonNode.Parse("""{"Tissue":{"type":"STRING","value":["brain"]}}""");
        await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{folder["id"]}/annotations2", annotations);
        await _test.Owner.DoAsync(
            "POST", $"/repo/v1/entity/{_project}/wiki", new JsonObject { ["title"] = "Home", ["markdown"] = "All about mammography." });
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [TestCase("""{"queryTerm":["cancer","ATLAS"]}""", "Breast cancer atlas")]
    [TestCase("""{"queryTerm":["cancer nothing"]}""", "")]
    [TestCase("""{"queryTerm":["mammography"]}""", "Breast cancer atlas")]
    [TestCase("""{"queryTerm":["brain"]}""", "raw data")]
    [TestCase("""{"queryTerm":["\"data\" OR *"]}""", "")]
    [TestCase("""{"booleanQuery":[{"key":"node_type","value":"folder"}]}""", "raw data")]
    [TestCase("""{"booleanQuery":[{"key":"tissue","value":"brain","not":true}]}""", "Breast cancer atlas")]
    [TestCase("""{"queryTerm":["data"],"rangeQuery":[{"key":"created_on","min":"1","max":null}]}""", "raw data")]
    [TestCase("""{"queryTerm":["data"],"rangeQuery":[{"key":"created_on","max":"1"}]}""", "")]
    [TestCase("""{"booleanQuery":[{"key":"name","value":"x","not":true}],"start":1,"size":1}""", "raw data")]
    public async Task Words_and_fields_find_entities(string query, string names)
    {
        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/search", JsonNode.Parse(query));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
            Assert.That(
                string.Join(',', answer.Json["hits"]!.AsArray().Select(hit => (string)hit!["name"]!)), Is.EqualTo(names), answer.Text);
        });
    }

    [Test]
    public async Task Only_what_may_be_read_is_found()
    {
        var query = new JsonObject { ["queryTerm"] = new JsonArray("cancer") };
        var hidden = await _test.Nobody.DoAsync("POST", "/repo/v1/search", query.DeepClone());
        await _test.Owner.ShareAsync(_project, 273949, "READ");
        var open = await _test.Nobody.DoAsync("POST", "/repo/v1/search", query.DeepClone());
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{_project}");
        var trashed = await _test.Owner.DoAsync("POST", "/repo/v1/search", query);

        Assert.Multiple(() =>
        {
            Assert.That((long)hidden["found"]!, Is.EqualTo(0));
            Assert.That((long)open["found"]!, Is.EqualTo(1));
            Assert.That((long)trashed["found"]!, Is.EqualTo(0));
        });
    }

    [Test]
    public async Task Hits_have_the_fields_asked_for_and_facets_count()
    {
        var found = await _test.Owner.DoAsync("POST", "/repo/v1/search", JsonNode.Parse(
            """
            {"booleanQuery":[{"key":"name","value":"x","not":true}],"returnFields":["name","path"],
            "facetOptions":[{"name":"EntityType","sortType":"ALPHA"},{"name":"Tissue"}]}
            """));
        var hit = found["hits"]![1]!.AsObject();

        Assert.Multiple(() =>
        {
            Assert.That((string)hit["name"]!, Is.EqualTo("raw data"));
            Assert.That(hit["path"]!["path"]!.AsArray(), Has.Count.EqualTo(3));
            Assert.That(hit.ContainsKey("etag"), Is.False);
            Assert.That((string)found["facets"]![0]!["name"]!, Is.EqualTo("node_type"));
            Assert.That((string)found["facets"]![0]!["constraints"]![0]!["value"]!, Is.EqualTo("folder"));
            Assert.That((long)found["facets"]![1]!["constraints"]![0]!["count"]!, Is.EqualTo(1));
        });
    }

    [TestCase("{}", "Either one queryTerm or one booleanQuery must be defined")]
    [TestCase("""{"queryTerm":[""]}""", "Either one queryTerm or one booleanQuery must be defined")]
    [TestCase("""{"booleanQuery":[{"key":"color","value":"x"}]}""", "The field 'color' does not exist in the search index")]
    [TestCase("""{"queryTerm":["a"],"rangeQuery":[{"key":"created_on"}]}""", "at least one of min or max for key=created_on must")]
    [TestCase("""{"queryTerm":["a"],"rangeQuery":[{"key":"created_on","min":"x"}]}""", "The range of created_on must be given in numbers")]
    [TestCase("""{"queryTerm":["a"],"facetOptions":[{"name":"Name"}]}""", "The field:\"Name\" can not be faceted")]
    [TestCase("""{"queryTerm":["a"],"facetOptions":[{"name":"color"}]}""", "Unknown search field: color")]
    [TestCase("""{"queryTerm":["a"],"start":-1}""", "start and size must be between 0 and 10000")]
    public async Task A_search_that_may_not_be_is_refused(string query, string reason)
    {
        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/search", JsonNode.Parse(query));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task What_comes_back_from_the_trash_with_its_container_is_found_again()
    {
        await _test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{_project}");
        var query = JsonNode.Parse("""{"queryTerm":["brain"]}""");
        var trashed = await _test.Owner.DoAsync("POST", "/repo/v1/search", query!.DeepClone());
        await _test.Owner.DoAsync("PUT", $"/repo/v1/trashcan/restore/{_project}");

        var restored = await _test.Owner.DoAsync("POST", "/repo/v1/search", query);

        Assert.Multiple(() =>
        {
            Assert.That((int)trashed["found"]!, Is.Zero);
            Assert.That((int)restored["found"]!, Is.EqualTo(1));
        });
    }
}

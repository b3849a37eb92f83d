using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class EntityJsonTests
{
    private TestServer _test = null!;
    private string _id = "";
    private string _path = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        var project = (string)(await _test.Owner.CreateProjectAsync())["id"]!;
        _id = (string)(await _test.Owner.CreateFileAsync("a.txt", project, Encoding.ASCII.GetBytes("abc")))["id"]!;
        _path = $"/repo/v1/entity/{_id}/json";
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task What_is_put_becomes_annotations_of_guessed_types_and_comes_back()
    {
        var flat = await _test.Owner.DoAsync("GET", _path);
        flat["name"] = "is passed over";
        foreach (var (key, value) in SchemaWork.Schema("""
            {"text":"brain","list":["a","b"],"whole":3,"half":1.5,"one":1.0,"big":10000000000.0,"flag":true,
             "seen":"2026-01-05T10:00:00.000Z","mixed":[1,2.5],"flags":[true,false]}
            """).ToList())
        {
            flat[key] = value!.DeepClone();
        }

        var put = await _test.Owner.DoAsync("PUT", _path, flat);
        var annotations = (await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_id}/annotations2"))["annotations"]!;

        string Kind(string key) => $"{annotations[key]!["type"]}: {string.Join(' ', annotations[key]!["value"]!.AsArray().Select(v => (string)v!))}";
        Assert.Multiple(() =>
        {
            Assert.That((string)put["name"]!, Is.EqualTo("a.txt"));
            Assert.That((string)put["etag"]!, Is.Not.EqualTo((string)flat["etag"]!));
            Assert.That(Kind("text"), Is.EqualTo("STRING: brain"));
            Assert.That(Kind("list"), Is.EqualTo("STRING: a b"));
            Assert.That(Kind("whole"), Is.EqualTo("LONG: 3"));
            Assert.That(Kind("half"), Is.EqualTo("DOUBLE: 1.5"));
            Assert.That(Kind("one"), Is.EqualTo("DOUBLE: 1.0"));
            Assert.That(Kind("big"), Is.EqualTo("DOUBLE: 1.0E10"));
            Assert.That(Kind("flag"), Is.EqualTo("BOOLEAN: true"));
            Assert.That(Kind("seen"), Is.EqualTo("TIMESTAMP_MS: 1767607200000"));
            Assert.That(Kind("mixed"), Is.EqualTo("DOUBLE: 1 2.5"));
            Assert.That(Kind("flags"), Is.EqualTo("BOOLEAN: true false"));
            Assert.That(annotations.AsObject().ContainsKey("versionNumber"), Is.False);
            Assert.That(put["one"]!.ToJsonString(), Is.EqualTo("1.0"));
            Assert.That(put["mixed"]!.ToJsonString(), Is.EqualTo("[1.0,2.5]"));
            Assert.That((string)put["seen"]!, Is.EqualTo("2026-01-05T10:00:00.000Z"));
        });
    }

    [TestCase("""{"a":null}""", "null is not allowed as a value for key: 'a'")]
    [TestCase("""{"a":[1,null]}""", "null is not allowed as a value in the list for key: 'a'")]
    [TestCase("""{"a":[1,"x"]}""", "List of mixed types found for key: 'a'")]
    [TestCase("""{"a":{"b":1}}""", "Cannot translate value at 'a' to an Annotation")]
    [TestCase("""{"a":[]}""", "a value or a value type must be set for values associated with key=a")]
    [TestCase("""{"concreteType":"org.sagebionetworks.repo.model.Folder"}""", "The value of 'concreteType' does not match the type of Entity:")]
    [TestCase("""{"etag":null}""", "Expected JSON to include key: 'etag'")]
    public async Task What_cannot_be_an_annotation_is_refused(string change, string reason)
    {
        var flat = await _test.Owner.DoAsync("GET", _path);
        foreach (var (key, value) in SchemaWork.Schema(change).ToList())
        {
            flat[key] = value?.DeepClone();
        }

        var answer = await _test.Owner.SendAsync("PUT", _path, flat);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task A_stale_etag_and_a_reader_are_refused()
    {
        var flat = await _test.Owner.DoAsync("GET", _path);
        await _test.Owner.DoAsync("PUT", _path, flat);

        var stale = await _test.Owner.SendAsync("PUT", _path, flat);
        var foreign = await _test.Reader.SendAsync("PUT", _path, flat);

        Assert.Multiple(() =>
        {
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task A_single_value_is_a_list_where_the_bound_schema_says_so()
    {
        var flat = await _test.Owner.DoAsync("GET", _path);
        flat["tags"] = "one";
        flat["other"] = "one";
        await _test.Owner.DoAsync("PUT", _path, flat);
        await _test.Owner.CreateOrganizationAsync();
        await _test.Owner.RegisterAsync(
            "my.organization-a", SchemaWork.Schema("""{"properties":{"tags":{"type":"array","items":{"type":"string"}}}}"""));
        await _test.Owner.BindAsync(_id, "my.organization-a");

        var bound = await _test.Owner.DoAsync("GET", _path);
        var version = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_id}/version/1/json");

        Assert.Multiple(() =>
        {
            Assert.That(bound["tags"]!.ToJsonString(), Is.EqualTo("""["one"]"""));
            Assert.That((string)bound["other"]!, Is.EqualTo("one"));
            Assert.That((string)version["tags"]!, Is.EqualTo("one"));
        });
    }

    [Test]
    public async Task A_body_with_a_key_twice_or_no_object_is_no_crash()
    {
        foreach (var text in (string[])["""{"id":"a","id":"b"}""", "[]", "3", "null", "{"])
        {
            using var content = new StringContent(text, Encoding.UTF8, "application/json");
            using var answer = await _test.Owner.Http.PutAsync(new Uri(_path, UriKind.Relative), content);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), text);
        }
    }
}

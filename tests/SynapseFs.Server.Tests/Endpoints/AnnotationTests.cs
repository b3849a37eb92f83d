using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class AnnotationTests
{
    private TestServer _test = null!;
    private string _path = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _path = $"/repo/v1/entity/{(await _test.Owner.CreateProjectAsync())["id"]}";
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task All_types_are_kept_as_sent_and_the_etag_is_the_entitys()
    {
        var values = new JsonObject
        {
            ["species"] = Value("STRING", "Homo sapiens", "Mus musculus"),
            ["readLength"] = Value("LONG", "150"),
            ["ratio"] = Value("DOUBLE", "NaN"),
            ["collected"] = Value("TIMESTAMP_MS", "-5"),
            ["isQC"] = Value("BOOLEAN", "TRUE"),
            ["empty"] = Value("STRING"),
        };

        var stored = await PutAsync(values);
        var entity = await _test.Owner.DoAsync("GET", _path);

        Assert.Multiple(() =>
        {
            Assert.That(JsonNode.DeepEquals(stored["annotations"], values), Is.True, stored.ToJsonString());
            Assert.That((string)stored["etag"]!, Is.EqualTo((string)entity["etag"]!));
        });
    }

    [TestCase("a b", "STRING", "x", "Invalid annotation key: 'a b'")]
    [TestCase("a", "LONG", "1.5", "Value associated with key=a is not valid for type=LONG: 1.5")]
    [TestCase("a", "LONG", " 1", "Value associated with key=a is not valid for type=LONG:  1")]
    [TestCase("a", "BOOLEAN", "yes", "Value associated with key=a is not valid for type=BOOLEAN: yes")]
    [TestCase("a", "DOUBLE", "x", "Value associated with key=a is not valid for type=DOUBLE: x")]
    [TestCase("_accessRequirementIds", "LONG", "1", "The annotation key: '_accessRequirementIds' is reserved")]
    public async Task A_bad_annotation_is_refused(string key, string type, string value, string reason)
    {
        var etag = (string)(await _test.Owner.DoAsync("GET", _path))["etag"]!;

        var answer = await _test.Owner.SendAsync("PUT", _path + "/annotations2", Body(etag, new JsonObject { [key] = Value(type, value) }));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Does.StartWith(reason));
        });
    }

    [Test]
    public async Task A_put_replaces_everything_and_a_stale_etag_is_refused()
    {
        var first = await PutAsync(new JsonObject { ["a"] = Value("STRING", "1"), ["b"] = Value("STRING", "2") });
        var second = await PutAsync(new JsonObject { ["b"] = Value("STRING", "3") });

        var stale = await _test.Owner.SendAsync("PUT", _path + "/annotations2", Body((string)first["etag"]!, []));

        Assert.Multiple(() =>
        {
            Assert.That(second["annotations"]!.AsObject().Select(pair => pair.Key), Is.EqualTo(new[] { "b" }));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        });
    }

    [Test]
    public async Task Too_much_is_refused()
    {
        var etag = (string)(await _test.Owner.DoAsync("GET", _path))["etag"]!;
        var keys = new JsonObject();
        for (var i = 0; i < 101; i++)
        {
            keys[$"k{i}"] = Value("STRING", "x");
        }

        var many = await _test.Owner.SendAsync("PUT", _path + "/annotations2", Body(etag, keys));
        var wide = await _test.Owner.SendAsync("PUT", _path + "/annotations2", Body(etag, new JsonObject
        {
            ["a"] = Value("STRING", new string('x', 250), new string('y', 251)),
        }));

        Assert.Multiple(() =>
        {
            Assert.That(many.Reason, Is.EqualTo("Exceeded maximum number of annotation keys: 100"));
            Assert.That(wide.Reason, Is.EqualTo("Total String value too long. Can be at most 500 characters."));
        });
    }

    [Test]
    public async Task The_flat_json_turns_values_into_json()
    {
        await PutAsync(new JsonObject
        {
            ["n"] = Value("LONG", "1"),
            ["list"] = Value("STRING", "a", "b"),
            ["name"] = Value("STRING", "hidden"),
            ["when"] = Value("TIMESTAMP_MS", "0"),
            ["none"] = Value("STRING"),
        });

        var flat = await _test.Owner.DoAsync("GET", _path + "/json");

        Assert.Multiple(() =>
        {
            Assert.That((long)flat["n"]!, Is.EqualTo(1));
            Assert.That(flat["list"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((string)flat["name"]!, Is.EqualTo("Project"));
            Assert.That((string)flat["when"]!, Is.EqualTo("1970-01-01T00:00:00.000Z"));
            Assert.That((string)flat["none"]!, Is.Empty);
        });
    }

    [Test]
    public async Task Annotations_of_a_version_stay_with_it_and_a_new_version_begins_with_a_copy()
    {
        var file = await _test.Owner.CreateFileAsync("a.txt", _path[(_path.LastIndexOf('/') + 1)..], [1, 2, 3]);
        var path = $"/repo/v1/entity/{file["id"]}";
        var body = new JsonObject { ["id"] = (string)file["id"]!, ["etag"] = (string)file["etag"]!, ["annotations"] = new JsonObject { ["a"] = Value("STRING", "1") } };
        var written = await _test.Owner.DoAsync("PUT", path + "/annotations2", body);
        var current = await _test.Owner.DoAsync("GET", path);
        current.Remove("versionLabel");
        current = await _test.Owner.DoAsync("PUT", path + "?newVersion=true", current);
        var copied = await _test.Owner.DoAsync("GET", path + "/annotations2");
        written["etag"] = (string)current["etag"]!;
        written["annotations"] = new JsonObject();
        await _test.Owner.DoAsync("PUT", path + "/annotations2", written);
        var old = await _test.Owner.DoAsync("GET", path + "/version/1/annotations2");
        var missing = await _test.Owner.SendAsync("GET", path + "/version/9/annotations2");

        Assert.Multiple(() =>
        {
            Assert.That((string)copied["annotations"]!["a"]!["value"]![0]!, Is.EqualTo("1"));
            Assert.That((string)old["annotations"]!["a"]!["value"]![0]!, Is.EqualTo("1"));
            Assert.That((string)old["etag"]!, Is.EqualTo("00000000-0000-0000-0000-000000000000"));
            Assert.That(missing.Status, Is.EqualTo(System.Net.HttpStatusCode.NotFound));
        });
    }

    private static JsonObject Value(string type, params string[] values) =>
        new() { ["type"] = type, ["value"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };

    private JsonObject Body(string etag, JsonObject values) =>
        new() { ["id"] = _path[(_path.LastIndexOf('/') + 1)..], ["etag"] = etag, ["annotations"] = values.DeepClone() };

    private async Task<JsonObject> PutAsync(JsonObject values)
    {
        var etag = (string)(await _test.Owner.DoAsync("GET", _path + "/annotations2"))["etag"]!;
        return await _test.Owner.DoAsync("PUT", _path + "/annotations2", Body(etag, values));
    }
}

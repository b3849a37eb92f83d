using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;
using static SynapseFs.Server.Tests.Support.TableWork;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class ColumnTests
{
    private TestServer _test = null!;
    private TableWork _work = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _work = new TableWork(_test.Owner);
    }

    [OneTimeTearDown]
    public ValueTask StopAsync() => _test.DisposeAsync();

    [Test]
    public async Task A_column_gets_an_id_and_its_defaults()
    {
        var made = await _test.Owner.DoAsync("POST", "/repo/v1/column", Column(" a ", "STRING"));

        var read = await _test.Reader.DoAsync("GET", $"/repo/v1/column/{made["id"]}");
        Assert.Multiple(() =>
        {
            Assert.That((string?)read["name"], Is.EqualTo("a"));
            Assert.That((int?)read["maximumSize"], Is.EqualTo(50));
            Assert.That(read.ToJsonString(), Is.EqualTo(made.ToJsonString()));
            Assert.That(read.Select(field => field.Key), Is.EquivalentTo(new[] { "id", "name", "columnType", "maximumSize" }));
        });
    }

    [Test]
    public async Task Equal_columns_are_one()
    {
        var first = await _work.ColumnAsync(Column("same", "STRING"));
        var spelled = Column(" same", "STRING");
        spelled["maximumSize"] = 50;
        spelled["id"] = "1";
        var other = Column("same", "STRING");
        other["maximumSize"] = 51;

        Assert.Multiple(async () =>
        {
            Assert.That(await new TableWork(_test.Reader).ColumnAsync(spelled), Is.EqualTo(first));
            Assert.That(await _work.ColumnAsync(other), Is.Not.EqualTo(first));
        });
    }

    [Test]
    public async Task A_batch_answers_in_its_order_and_is_made_as_a_whole()
    {
        var list = new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.ListWrapper",
            ["list"] = new JsonArray(Column("batch b", "INTEGER"), Column("batch a", "STRING_LIST"), Column("batch b", "INTEGER")),
        };
        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/column/batch", list);
        var made = answer.Json["list"]!.AsArray();
        var refused = await _test.Owner.SendAsync("POST", "/repo/v1/column/batch", new JsonObject
        {
            ["list"] = new JsonArray(Column("batch new", "INTEGER"), Column("ROW_ID", "INTEGER")),
        });
        var found = await _test.Owner.DoAsync("GET", "/repo/v1/column?prefix=BATCH%20");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(made.Select(column => (string?)column!["name"]), Is.EqualTo(new[] { "batch b", "batch a", "batch b" }));
            Assert.That((string?)made[0]!["id"], Is.EqualTo((string?)made[2]!["id"]));
            Assert.That((int?)made[1]!["maximumListLength"], Is.EqualTo(100));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(found["results"]!.AsArray().Select(column => (string?)column!["name"]), Is.EqualTo(new[] { "batch a", "batch b" }));
            Assert.That((int?)found["totalNumberOfResults"], Is.EqualTo(2));
        });
    }

    [TestCase("""{"columnType":"STRING"}""", "name is required.")]
    [TestCase("""{"name":"a"}""", "ColumnModel.columnType cannot be null")]
    [TestCase("""{"name":"row_id","columnType":"STRING"}""", "The column name: row_id is a system reserved column name.")]
    [TestCase("""{"name":"a","columnType":"STRING","maximumSize":1001}""", "ColumnModel.maxSize for a STRING cannot exceed: 1000")]
    [TestCase("""{"name":"a","columnType":"STRING","maximumSize":0}""", "ColumnModel.maxSize for a STRING must be greater than 0")]
    [TestCase("""{"name":"a","columnType":"INTEGER_LIST","maximumListLength":1}""",
        "ColumnModel.maximumListLength for a LIST column must be at least 2")]
    [TestCase("""{"name":"a","columnType":"INTEGER_LIST","maximumListLength":101}""",
        "ColumnModel.maximumListLength for a LIST column cannot exceed: 100")]
    [TestCase("""{"name":"a","columnType":"LARGETEXT","facetType":"enumeration"}""", "The ColumnType:LARGETEXT can not be faceted")]
    [TestCase("""{"name":"a","columnType":"BOOLEAN","facetType":"range"}""", "BOOLEAN columns can only be enumeration faceted")]
    [TestCase("""{"name":"a","columnType":"DATE","facetType":"enumeration"}""", "Date columns can only be ranges")]
    [TestCase("""{"name":"a","columnType":"ENTITYID","defaultValue":"syn1"}""", "Columns of type ENTITYID cannot have default values.")]
    [TestCase("""{"name":"a","columnType":"INTEGER","defaultValue":"x"}""", "For input string: \"x\"")]
    [TestCase("""{"name":"a","columnType":"STRING","jsonSubColumns":[]}""", "JsonSubColumns can only set for a column of type: JSON")]
    [TestCase("""{"name":"a","columnType":"JSON","jsonSubColumns":[{"name":"b","columnType":"JSON","jsonPath":"$.b"}]}""",
        "The columnType of a JsonSubColumnModel cannot be JSON.")]
    [TestCase("""{"name":"a","columnType":"COLOUR"}""", "Unknown columnType: COLOUR")]
    [TestCase("""{"name":"a","columnType":"STRING","enumValues":["b"],"defaultValue":"c"}""",
        "'c' is not a valid value for this column. Valid values are: b.")]
    public async Task A_wrong_column_is_refused(string model, string reason)
    {
        var answer = await _test.Owner.SendAsync("POST", "/repo/v1/column", JsonNode.Parse(model));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task Enumerated_values_are_sorted_and_defaults_are_normal()
    {
        var made = await _test.Owner.DoAsync("POST", "/repo/v1/column", JsonNode.Parse(
            """{"name":"e","columnType":"STRING","enumValues":[" b","a"],"defaultValue":"b "}"""));
        var date = await _test.Owner.DoAsync("POST", "/repo/v1/column", JsonNode.Parse(
            """{"name":"d","columnType":"DATE","defaultValue":"2026-01-02 03:04:05.006"}"""));

        Assert.Multiple(() =>
        {
            Assert.That(made["enumValues"]!.ToJsonString(), Is.EqualTo("""["a","b"]"""));
            Assert.That((string?)made["defaultValue"], Is.EqualTo("b"));
            Assert.That((string?)date["defaultValue"], Is.EqualTo("1767323045006"));
        });
    }

    [Test]
    public async Task Nobody_makes_no_columns_and_finds_what_is_there()
    {
        var id = await _work.ColumnAsync("public", "INTEGER");

        var refused = await _test.Nobody.SendAsync("POST", "/repo/v1/column", Column("x", "INTEGER"));
        var read = await _test.Nobody.SendAsync("GET", $"/repo/v1/column/{id}");
        var missing = await _test.Owner.SendAsync("GET", "/repo/v1/column/99999999");
        var tooMany = await _test.Owner.SendAsync("GET", "/repo/v1/column?limit=101");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(read.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(tooMany.Reason, Is.EqualTo("Limit cannot be greater than 100"));
        });
    }

    [Test]
    public async Task An_entity_tells_its_columns_in_their_order()
    {
        var (a, b) = (await _work.ColumnAsync("first", "INTEGER"), await _work.ColumnAsync("second", "STRING"));
        var table = await _work.TableAsync(b, a);

        var page = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{table}/column");
        var refused = await _test.Reader.SendAsync("GET", $"/repo/v1/entity/{table}/column");

        Assert.Multiple(() =>
        {
            Assert.That(page["results"]!.AsArray().Select(column => (string?)column!["id"]), Is.EqualTo(new[] { b, a }));
            Assert.That((int?)page["totalNumberOfResults"], Is.EqualTo(2));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }
}

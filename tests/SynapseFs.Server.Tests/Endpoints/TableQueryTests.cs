using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

internal sealed class TableQueryTests
{
    private const string Model = "org.sagebionetworks.repo.model.table.";
    private const string People =
        "name,age,tags,alive,born,note\n\"Ada\",36,\"[\"\"red\"\",\"\"blue\"\"]\",true,1420070400000,\"a \"\"quoted\"\" \\\\ word\"\n"
        + "\"bob\",41,\"[\"\"red\"\"]\",false,2016-01-01,\"\"\n\"Eve\",,,,,\n";

    private TestServer _test = null!;
    private TableWork _work = null!;
    private string _table = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _work = new TableWork(_test.Owner);
        var tags = TableWork.Column("tags", "STRING_LIST");
        (tags["facetType"], tags["maximumSize"]) = ("enumeration", 20);
        _table = await _work.TableAsync(
            await _work.ColumnAsync(Faceted("name", "STRING", "enumeration")), await _work.ColumnAsync(Faceted("age", "INTEGER", "range")),
            await _work.ColumnAsync(tags), await _work.ColumnAsync("alive", "BOOLEAN"), await _work.ColumnAsync("born", "DATE"),
            await _work.ColumnAsync("note", "STRING"));
        await _work.LoadAsync(_table, People);
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_query_answers_with_every_part()
    {
        var bundle = await QueryAsync(new JsonObject { ["sql"] = $"select * from {_table} where age > 1 order by name" });

        var rows = bundle["queryResult"]!["queryResults"]!;
        Assert.That((string?)bundle["concreteType"], Is.EqualTo(Model + "QueryResultBundle"));
        Assert.That(Cells(bundle), Is.EqualTo(
            (string[])["Ada|36|[\"red\",\"blue\"]|true|1420070400000|a \"quoted\" \\ word", "bob|41|[\"red\"]|false|1451606400000|"]));
        Assert.That((string?)rows["tableId"], Is.EqualTo(_table));
        Assert.That((string?)rows["etag"], Is.Not.Null.And.Not.EqualTo("DEFAULT"));
        Assert.That((long)rows["rows"]![0]!["rowId"]!, Is.EqualTo(1));
        Assert.That((long)rows["rows"]![0]!["versionNumber"]!, Is.EqualTo(1));
        Assert.That((string?)rows["headers"]![0]!["name"], Is.EqualTo("name"));
        Assert.That(rows["headers"]![0]!["id"], Is.Not.Null);
        Assert.That(bundle["queryResult"]!["nextPageToken"], Is.Null);
        Assert.That((long)bundle["queryCount"]!, Is.EqualTo(2));
        Assert.That((long)bundle["maxRowsPerPage"]!, Is.EqualTo(2_097_152 / (200 + 20 + 8000 + 5 + 20 + 200)));
        Assert.That(bundle["selectColumns"]!.AsArray(), Has.Count.EqualTo(6));
        Assert.That(bundle["columnModels"]!.AsArray(), Has.Count.EqualTo(6));
        Assert.That(bundle["facets"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That((bool)bundle["sumFileSizes"]!["greaterThan"]!, Is.False);
        Assert.That((string?)bundle["lastUpdatedOn"], Does.EndWith("Z"));
        Assert.That((string?)bundle["combinedSql"], Is.EqualTo($"SELECT * FROM {_table} WHERE age > 1 ORDER BY name"));
    }

    [Test]
    public async Task A_mask_chooses_the_parts()
    {
        var count = await QueryAsync(new JsonObject { ["sql"] = $"select * from {_table}" }, mask: 2);
        var models = await QueryAsync(new JsonObject { ["sql"] = $"select name from {_table}" }, mask: 16 | 4);

        Assert.That(count.Select(part => part.Key), Is.EquivalentTo((string[])["concreteType", "queryCount"]));
        Assert.That(models.Select(part => part.Key), Is.EquivalentTo((string[])["concreteType", "selectColumns", "columnModels"]));
    }

    [TestCase("select name from TABLE order by name limit 2", null, null, "Ada bob", 2)]
    [TestCase("select name from TABLE order by name limit 2", 1L, null, "bob", 2)]
    [TestCase("select name from TABLE order by name", 1L, 1L, "bob", 3)]
    [TestCase("select name from TABLE order by name limit 9 offset 1", 1L, 5L, "Eve", 2)]
    [TestCase("select distinct alive from TABLE", null, null, "true false ~", 3)]
    [TestCase("select count(*) from TABLE", null, null, "3", 1)]
    [TestCase("select unnest(tags) as t, count(*) from TABLE group by t order by t", null, null, "~|1 blue|1 red|2", 3)]
    public async Task A_requests_page_is_within_the_SQLs_own(string sql, long? offset, long? limit, string rows, long count)
    {
        var bundle = await QueryAsync(
            new JsonObject { ["sql"] = sql.Replace("TABLE", _table, StringComparison.Ordinal), ["offset"] = offset, ["limit"] = limit },
            mask: 3);

        Assert.That(string.Join(' ', Cells(bundle)), Is.EqualTo(rows));
        Assert.That((long)bundle["queryCount"]!, Is.EqualTo(count));
    }

    [Test]
    public async Task Aggregates_have_no_row_ids()
    {
        var bundle = await QueryAsync(new JsonObject { ["sql"] = $"select name, count(*) from {_table} group by name" }, mask: 1);

        Assert.That(bundle["queryResult"]!["queryResults"]!["rows"]![0]!["rowId"], Is.Null);
        Assert.That(bundle["queryResult"]!["queryResults"]!["headers"]![0]!["id"], Is.Null);
    }

    [Test]
    public async Task Sort_filters_and_facets_join_the_SQL()
    {
        var query = new JsonObject
        {
            ["sql"] = $"select name from {_table} order by age",
            ["sort"] = new JsonArray(new JsonObject { ["column"] = "name", ["direction"] = "DESC" }),
            ["additionalFilters"] = new JsonArray(
                Typed("ColumnMultiValueFunctionQueryFilter", ("columnName", "tags"), ("function", "HAS"), ("values", new JsonArray("red"))),
                Typed(
                    "ColumnSingleValueQueryFilter", ("columnName", "name"), ("operator", "LIKE"), ("values", new JsonArray("%a%", "b%")))),
            ["selectedFacets"] = new JsonArray(
                Typed("FacetColumnRangeRequest", ("columnName", "age"), ("min", "36"), ("max", "41"))),
        };

        var bundle = await QueryAsync(query, mask: 0x101);

        Assert.That(Cells(bundle), Is.EqualTo((string[])["bob", "Ada"]));
        Assert.That(
            (string?)bundle["combinedSql"],
            Does.Contain("\"tags\" HAS ( 'red' )").And.Contain("\"age\" BETWEEN '36' AND '41'").And.EndWith("ORDER BY \"name\" DESC, age"));
    }

    [Test]
    public async Task Facets_count_values_and_tell_bounds()
    {
        var query = new JsonObject
        {
            ["sql"] = $"select * from {_table}",
            ["selectedFacets"] = new JsonArray(
                Typed("FacetColumnValuesRequest", ("columnName", "tags"), ("facetValues", new JsonArray("blue")))),
        };

        var facets = (await QueryAsync(query, mask: 0x20))["facets"]!.AsArray();

        Assert.That(Values(facets[0]!), Is.EqualTo("Ada:1:false"));
        Assert.That((string?)facets[1]!["columnMin"], Is.EqualTo("36"));
        Assert.That((string?)facets[1]!["columnMax"], Is.EqualTo("36"));
        Assert.That((string?)facets[1]!["concreteType"], Is.EqualTo(Model + "FacetColumnResultRange"));
        Assert.That(Values(facets[2]!), Is.EqualTo("red:2:false org.sagebionetworks.UNDEFINED_NULL_NOTSET:1:false blue:1:true"));
    }

    [Test]
    public async Task The_null_of_a_facet_can_be_selected()
    {
        var query = new JsonObject
        {
            ["sql"] = $"select name from {_table}",
            ["selectedFacets"] = new JsonArray(Typed(
                "FacetColumnValuesRequest", ("columnName", "tags"),
                ("facetValues", new JsonArray("org.sagebionetworks.UNDEFINED_NULL_NOTSET")))),
        };

        Assert.That(Cells(await QueryAsync(query, mask: 1)), Is.EqualTo((string[])["Eve"]));
    }

    [Test]
    public async Task A_full_page_goes_on_with_its_token()
    {
        var wide = TableWork.Column("wide", "STRING_LIST");
        wide["maximumSize"] = 150;
        var table = await _work.TableAsync(await _work.ColumnAsync("n", "INTEGER"), await _work.ColumnAsync(wide));
        await _work.LoadAsync(table, "n\n" + string.Concat(Enumerable.Range(1, 40).Select(n => $"{n}\n")));

        var first = await QueryAsync(new JsonObject { ["sql"] = $"select * from {table} order by n" }, mask: 1 | 8);
        var token = first["queryResult"]!["nextPageToken"]!.DeepClone().AsObject();
        var next = (await _work.RunAsync($"/repo/v1/entity/{table}/table/query/nextPage", token)).Json;

        Assert.That((long)first["maxRowsPerPage"]!, Is.EqualTo(34));
        Assert.That(Cells(first), Has.Length.EqualTo(34));
        Assert.That((string?)next["concreteType"], Is.EqualTo(Model + "QueryResult"));
        Assert.That(next["queryResults"]!["rows"]!.AsArray(), Has.Count.EqualTo(6));
        Assert.That((string?)next["queryResults"]!["rows"]![0]!["values"]![0], Is.EqualTo("35"));
        Assert.That(next["nextPageToken"], Is.Null);
    }

    [Test]
    public async Task What_cannot_be_read_is_refused_at_the_start()
    {
        var path = $"/repo/v1/entity/{_table}/table/query/async/start";
        var typo = await _test.Owner.SendAsync("POST", path, Request(new JsonObject { ["sql"] = "selekt" }));
        var joined = await _test.Owner.SendAsync(
            "POST", path, Request(new JsonObject { ["sql"] = $"select * from {_table} join syn1 on a = b" }));
        var nothing = await _test.Owner.SendAsync("POST", path, new JsonObject());
        var token = await _test.Owner.SendAsync(
            "POST", $"/repo/v1/entity/{_table}/table/query/nextPage/async/start", new JsonObject { ["token"] = "?" });

        Assert.That(typo.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(typo.Reason, Does.StartWith("Encountered \" <regular_identifier> \"selekt \"\" at line 1, column 1.\nWas expecting"));
        Assert.That(joined.Reason, Is.EqualTo("The JOIN keyword is not supported in this context"));
        Assert.That(nothing.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(token.Reason, Is.EqualTo("Not a valid next page token"));
    }

    [TestCase("select nothing from TABLE", HttpStatusCode.BadRequest, "Unknown column nothing")]
    [TestCase("select * from syn99999999", HttpStatusCode.NotFound, "does not exist")]
    [TestCase("select sum(count(*)) from TABLE", HttpStatusCode.BadRequest, "misuse of aggregate")]
    [TestCase("select name from TABLE where text_matches('x')", HttpStatusCode.BadRequest, "Full text search is not enabled")]
    public async Task What_a_query_cannot_mean_fails_its_job(string sql, HttpStatusCode status, string reason)
    {
        var answer = await RunAsync(_work, new JsonObject { ["sql"] = sql.Replace("TABLE", _table, StringComparison.Ordinal) });

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Reason, Does.Contain(reason));
    }

    [Test]
    public async Task A_facet_that_is_none_is_refused_with_a_code()
    {
        var answer = await RunAsync(_work, new JsonObject
        {
            ["sql"] = $"select * from {_table}",
            ["selectedFacets"] = new JsonArray(
                Typed("FacetColumnValuesRequest", ("columnName", "note"), ("facetValues", new JsonArray("x")))),
        });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)answer.Json["errorCode"], Is.EqualTo("INVALID_TABLE_QUERY_FACET_COLUMN_REQUEST"));
    }

    [Test]
    public async Task A_table_needs_READ_and_DOWNLOAD()
    {
        var answer = await RunAsync(new TableWork(_test.Reader), new JsonObject { ["sql"] = $"select * from {_table}" });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_project_is_no_table()
    {
        var project = await _test.Owner.CreateProjectAsync("none");

        var answer = await RunAsync(_work, new JsonObject { ["sql"] = $"select * from {project["id"]}" });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Reason, Does.Contain("is not a table or view"));
    }

    [Test]
    public async Task A_table_without_columns_answers_with_nothing()
    {
        var table = await _work.TableAsync();

        var bundle = await QueryAsync(new JsonObject { ["sql"] = $"select * from {table}" });

        Assert.That((long)bundle["queryCount"]!, Is.Zero);
        Assert.That((long)bundle["maxRowsPerPage"]!, Is.EqualTo(1));
        Assert.That(bundle["queryResult"]!["queryResults"]!["rows"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Actions_are_told_only_of_files_that_a_column_names()
    {
        var answer = await RunAsync(_work, new JsonObject { ["sql"] = $"select * from {_table}" }, mask: 0x200);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Reason, Does.Contain("the query.selectFileColumn must be specified"));
    }

    private async Task<JsonObject> QueryAsync(JsonObject query, long? mask = null)
    {
        var answer = await RunAsync(_work, query, mask);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        return answer.Json;
    }

    [Test]
    public async Task Queries_while_columns_come_and_go_fail_never()
    {
        var id = await _work.ColumnAsync("coming", "STRING");
        var other = await _work.ColumnAsync("coming", "INTEGER");
        await _work.ChangeAsync(_table, TableWork.Schema([(null, id)]));
        using var done = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var refused = new List<string>();
            while (!done.IsCancellationRequested)
            {
                var answer = await RunAsync(_work, new JsonObject { ["sql"] = $"SELECT name, coming FROM {_table}" });
                if (answer.Status != HttpStatusCode.Created)
                {
                    refused.Add(answer.Text);
                }
            }

            return refused;
        })).ToList();

        for (var turn = 0; turn < 15; turn++)
        {
            await _work.ChangeAsync(_table, TableWork.Schema([(id, other)]));
            (id, other) = (other, id);
        }

        await done.CancelAsync();
        Assert.That((await Task.WhenAll(asking)).SelectMany(refused => refused), Is.Empty);
    }

    private Task<Answer> RunAsync(TableWork work, JsonObject query, long? mask = null)
    {
        var request = Request(query);
        request["partMask"] = mask;
        return work.RunAsync($"/repo/v1/entity/{_table}/table/query", request);
    }

    private static JsonObject Request(JsonObject query) => new() { ["concreteType"] = Model + "QueryBundleRequest", ["query"] = query };

    private static string[] Cells(JsonObject bundle) =>
        [.. bundle["queryResult"]!["queryResults"]!["rows"]!.AsArray()
            .Select(row => string.Join('|', row!["values"]!.AsArray().Select(value => (string?)value ?? "~")))];

    private static string Values(JsonNode facet) => string.Join(
        ' ', facet["facetValues"]!.AsArray().Select(value => $"{value!["value"]}:{value["count"]}:{(bool)value["isSelected"]!}".Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal)));

    private static JsonObject Faceted(string name, string type, string facet)
    {
        var column = TableWork.Column(name, type);
        column["facetType"] = facet;
        return column;
    }

    private static JsonObject Typed(string type, params (string Name, JsonNode? Value)[] fields)
    {
        var made = new JsonObject { ["concreteType"] = Model + type };
        foreach (var (name, value) in fields)
        {
            made[name] = value;
        }

        return made;
    }
}

using System.Net;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

internal sealed class TableDownloadTests
{
    private const string Model = "org.sagebionetworks.repo.model.table.";

    private TestServer _test = null!;
    private TableWork _work = null!;
    private string _table = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _work = new TableWork(_test.Owner);
        _table = await _work.TableAsync(await _work.ColumnAsync("name", "STRING"), await _work.ColumnAsync("age", "INTEGER"));
        await _work.LoadAsync(_table, "name,age\n\"a \"\"quoted\"\" \\\\ name\",36\n,41\n\"\",\n");
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task A_query_becomes_a_CSV_of_the_callers()
    {
        var result = await DownloadAsync(new JsonObject { ["sql"] = $"select * from {_table} order by row_id" });
        var handle = await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{result["resultsFileHandleId"]}");

        Assert.That(
            await ContentAsync(result),
            Is.EqualTo(
                "\"ROW_ID\",\"ROW_VERSION\",\"name\",\"age\"\n\"1\",\"1\",\"a \"\"quoted\"\" \\\\ name\",\"36\"\n\"2\",\"1\",,\"41\"\n"
                + "\"3\",\"1\",\"\",\n"));
        Assert.That((string?)result["concreteType"], Is.EqualTo(Model + "DownloadFromTableResult"));
        Assert.That((string?)result["tableId"], Is.EqualTo(_table));
        Assert.That((string?)result["etag"], Is.Not.Null);
        Assert.That(result["headers"]!.AsArray().Select(header => (string?)header!["name"]), Is.EqualTo((string[])["name", "age"]));
        Assert.That((string?)handle["contentType"], Is.EqualTo("text/csv"));
        Assert.That((string?)handle["fileName"], Does.EndWith(".csv"));
    }

    [Test]
    public async Task A_descriptor_shapes_the_file()
    {
        var result = await DownloadAsync(new JsonObject
        {
            ["sql"] = $"select age, name from {_table} where name <> ''",
            ["writeHeader"] = false,
            ["includeRowIdAndRowVersion"] = false,
            ["fileName"] = "out.tsv",
            ["csvTableDescriptor"] = new JsonObject { ["separator"] = "\t", ["quoteCharacter"] = "'", ["lineEnd"] = "\r\n" },
        });
        var handle = await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{result["resultsFileHandleId"]}");

        Assert.That(await ContentAsync(result), Is.EqualTo("'36'\t'a \"quoted\" \\\\ name'\r\n"));
        Assert.That((string?)handle["contentType"], Is.EqualTo("text/tsv"));
        Assert.That((string?)handle["fileName"], Is.EqualTo("out.tsv"));
    }

    [Test]
    public async Task Aggregates_have_no_row_ids()
    {
        var result = await DownloadAsync(new JsonObject { ["sql"] = $"select count(*) as n from {_table}", ["includeEntityEtag"] = true });

        Assert.That(await ContentAsync(result), Is.EqualTo("\"n\"\n\"3\"\n"));
    }

    [Test]
    public async Task What_was_downloaded_can_be_uploaded_again()
    {
        var result = await DownloadAsync(new JsonObject { ["sql"] = $"select * from {_table}" });

        var again = await _work.LoadAsync(_table, await ContentAsync(result));

        Assert.That((long)again["rowsProcessed"]!, Is.EqualTo(3));
    }

    [Test]
    public async Task Refusals_are_those_of_the_service()
    {
        var empty = await _work.TableAsync();

        var bare = await RunAsync(_work, new JsonObject { ["sql"] = $"select * from {empty}" });
        var wide = await RunAsync(
            _work,
            new JsonObject { ["sql"] = $"select * from {_table}", ["csvTableDescriptor"] = new JsonObject { ["separator"] = "::" } });
        var denied = await RunAsync(new TableWork(_test.Reader), new JsonObject { ["sql"] = $"select * from {_table}" });
        var typo = await _test.Owner.SendAsync(
            "POST", $"/repo/v1/entity/{_table}/table/download/csv/async/start", new JsonObject { ["sql"] = "select" });

        Assert.That(bare.Reason, Is.EqualTo($"Table {empty} has an empty schema"));
        Assert.That(wide.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(denied.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(typo.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_old_paths_are_gone()
    {
        var start = await _test.Owner.SendAsync("POST", "/repo/v1/table/download/csv/async/start", new JsonObject());
        var get = await _test.Owner.SendAsync("GET", "/repo/v1/table/download/csv/async/get/1");

        Assert.That(start.Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(get.Reason, Is.EqualTo("Please update your client to use the new API."));
    }

    private async Task<JsonObject> DownloadAsync(JsonObject request)
    {
        var answer = await RunAsync(_work, request);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        return answer.Json;
    }

    private Task<Answer> RunAsync(TableWork work, JsonObject request)
    {
        request["concreteType"] = Model + "DownloadFromTableRequest";
        return work.RunAsync($"/repo/v1/entity/{_table}/table/download/csv", request);
    }

    private async Task<string> ContentAsync(JsonObject result)
    {
        var url = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{result["resultsFileHandleId"]}/url?redirect=false");
        return await _test.Owner.Http.GetStringAsync(url.Text);
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>Tables under a server that is killed while it writes them.</summary>
internal sealed class TableKillTests
{
    private const string Table = "org.sagebionetworks.repo.model.table.";
    private const int RowsAtOnce = 300;
    private const int Rounds = 3;

    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task A_transaction_that_was_begun_is_there_once_and_as_a_whole_after_a_kill()
    {
        var data = _folder.Combine("data");
        var (table, column) = ("", "");
        var begun = new Dictionary<int, string>();
        var numbers = new Numbers();
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await Served.StartAsync(data, "--no-limits");
            if (round == 0)
            {
                (table, column) = await TableAsync(server.Http);
            }

            var finished = 0;
            var writing = WriteAsync(server.Http, table, column, numbers, begun, () => Interlocked.Increment(ref finished));
            // Killed at another place of the work each time.
            await Eventually.HoldsAsync(() => Volatile.Read(ref finished) >= 5 + (3 * round), TimeSpan.FromSeconds(60));
            await server.KillAsync();
            await writing;
        }

        await using var again = await Served.StartAsync(data, "--no-limits");
        var unfinished = new List<string>();
        foreach (var token in begun.Values)
        {
            var answer = await EndAsync(again.Http, $"/repo/v1/entity/{table}/table/transaction/async/get/{token}");
            if (answer["results"] is null)
                unfinished.Add(answer.ToJsonString());
        }

        var counted = await CountsAsync(again.Http, table);

        Assert.That(begun, Has.Count.GreaterThanOrEqualTo(15));
        Assert.That(unfinished, Is.Empty);
        Assert.That(counted.Keys, Is.SupersetOf(begun.Keys), "Lost.");
        Assert.That(counted.Values, Is.All.EqualTo(RowsAtOnce), "Twice, or in part.");
    }

    private static async Task<(string Table, string Column)> TableAsync(HttpClient http)
    {
        var project = await PostAsync(http, "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.Project",
            ["name"] = "P",
        });
        var column = (string)(await PostAsync(http, "/repo/v1/column", new JsonObject { ["name"] = "n", ["columnType"] = "INTEGER" }))["id"]!;
        var table = await PostAsync(http, "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = Table + "TableEntity",
            ["name"] = "T",
            ["parentId"] = (string)project["id"]!,
            ["columnIds"] = new JsonArray(column),
        });
        return ((string)table["id"]!, column);
    }

    // Until the server dies under it: transactions, each of many rows that hold its number. Begun are those whose token was read.
    private static async Task WriteAsync(
        HttpClient http, string table, string column, Numbers numbers, Dictionary<int, string> begun, Action finished)
    {
        try
        {
            while (true)
            {
                var number = ++numbers.Last;
                var started = await PostAsync(http, $"/repo/v1/entity/{table}/table/transaction/async/start", Append(table, column, number));
                begun.Add(number, (string)started["token"]!);
                await EndAsync(http, $"/repo/v1/entity/{table}/table/transaction/async/get/{started["token"]}");
                finished();
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            // Killed. A transaction whose token was lost with it may have been begun or not.
        }
    }

    private static JsonObject Append(string table, string column, int number) => new()
    {
        ["concreteType"] = Table + "TableUpdateTransactionRequest",
        ["entityId"] = table,
        ["changes"] = new JsonArray(new JsonObject
        {
            ["concreteType"] = Table + "AppendableRowSetRequest",
            ["entityId"] = table,
            ["toAppend"] = new JsonObject
            {
                ["concreteType"] = Table + "PartialRowSet",
                ["tableId"] = table,
                ["rows"] = new JsonArray([.. Enumerable.Range(0, RowsAtOnce).Select(_ => (JsonNode)new JsonObject
                {
                    ["values"] = new JsonArray(new JsonObject { ["key"] = column, ["value"] = number }),
                })]),
            },
        }),
    };

    private static async Task<Dictionary<int, int>> CountsAsync(HttpClient http, string table)
    {
        var started = await PostAsync(http, $"/repo/v1/entity/{table}/table/query/async/start", new JsonObject
        {
            ["concreteType"] = Table + "QueryBundleRequest",
            ["partMask"] = 1,
            ["query"] = new JsonObject { ["sql"] = $"SELECT n, count(*) FROM {table} GROUP BY n" },
        });
        var answer = await EndAsync(http, $"/repo/v1/entity/{table}/table/query/async/get/{started["token"]}");
        return answer["queryResult"]!["queryResults"]!["rows"]!.AsArray().ToDictionary(row => Number(row!, 0), row => Number(row!, 1));
    }

    private static int Number(JsonNode row, int cell) => int.Parse((string)row["values"]![cell]!, CultureInfo.InvariantCulture);

    private static async Task<JsonObject> EndAsync(HttpClient http, string path)
    {
        while (true)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            if (answer.StatusCode != HttpStatusCode.Accepted)
                return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        }
    }

    private static async Task<JsonObject> PostAsync(HttpClient http, string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    private sealed class Numbers
    {
        public int Last { get; set; }
    }
}

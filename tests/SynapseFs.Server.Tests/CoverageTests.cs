using System.Reflection;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests;

/// <summary>Holds the coverage table in native-notes to the routes and to the tests that it names.</summary>
public sealed class CoverageTests
{
    private static readonly IReadOnlyList<Row> Table = [.. ReadTable()];

    [Test]
    public async Task Every_route_has_its_row_and_every_row_its_route()
    {
        await using var test = await TestServer.StartAsync();
        var routes = test.Server.Routes.ToList();
        var rows = Table.Select(row => row.Route).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(routes.Except(rows).Order(StringComparer.Ordinal), Is.Empty, "routes without a row");
            Assert.That(rows.Except(routes).Order(StringComparer.Ordinal), Is.Empty, "rows without a route");
            Assert.That(rows.GroupBy(row => row).Where(group => group.Count() > 1).Select(group => group.Key), Is.Empty, "rows twice");
        });
    }

    [Test]
    public void Every_row_names_a_test_that_exists()
    {
        var tests = Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.That(Table.Where(row => !tests.Contains(row.Test)).Select(row => $"{row.Route}: {row.Test}"), Is.Empty);
    }

    [Test]
    public void Every_state_is_done_or_says_what_is_missing() =>
        Assert.That(
            Table.Where(row => row.State != "done" && !(row.State.StartsWith("part: ", StringComparison.Ordinal) && row.State.Length > 10)),
            Is.Empty);

    private static IEnumerable<Row> ReadTable()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SynapseFs.sln")))
        {
            folder = folder.Parent;
        }

        return from line in File.ReadLines(Path.Combine(folder.FullName, "native-notes", "embedded-server-coverage.md"))
               let cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)
               where cells.Length == 3 && cells[0].Contains(" /", StringComparison.Ordinal)
               select new Row(cells[0].Trim('`'), cells[1], cells[2].Trim('`'));
    }

    private sealed record Row(string Route, string State, string Test);
}

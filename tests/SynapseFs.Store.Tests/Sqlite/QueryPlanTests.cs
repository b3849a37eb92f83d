using System.Reflection;
using SynapseFs.Store.Contents;
using SynapseFs.Store.Journal;
using SynapseFs.Store.Nodes;
using SynapseFs.Store.Sqlite;
using SynapseFs.Store.Staging;
using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests.Sqlite;

/// <summary>Every statement finds its rows by an index: none may get slower with what is remembered.</summary>
public sealed class QueryPlanTests
{
    /// <summary>
    /// A person's question, a walk that ends as soon as enough is found, and what wants all of the journal, once a start.
    /// </summary>
    private static readonly string[] Exempt =
    [
        NodeSql.Count, NodeSql.DeleteAll, ContentSql.OldestFirst, JournalSql.Entries, JournalSql.Deletions, JournalSql.Unanswered,
        JournalSql.Unsent, StagingSql.Needed,
    ];

    /// <summary>The recursion's own rows, tables of one row, and the partial index of the few detached rows.</summary>
    private static readonly string[] Harmless =
    [
        "SCAN gone", "SCAN total", "SCAN staging", "SCAN sqlite_sequence", "SCAN 2 CONSTANT ROWS", "SCAN CONSTANT ROW",
        "SCAN node USING COVERING INDEX node_detached",
    ];

    private static IEnumerable<TestCaseData> Statements() =>
        from statements in new (SqliteLayout Layout, Type Type)[]
        {
            (NodeTable.Layout, typeof(NodeSql)), (NodeTable.Layout, typeof(JournalSql)),
            (NodeTable.Layout, typeof(StagingSql)), (ContentIndex.Layout, typeof(ContentSql)),
        }
        from field in statements.Type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.IsLiteral && !Exempt.Contains((string)field.GetRawConstantValue()!)
        select new TestCaseData(statements.Layout, field.GetRawConstantValue())
            .SetName($"{statements.Type.Name}_{field.Name}_scans_no_table");

    [TestCaseSource(nameof(Statements))]
    public void No_table_is_scanned(object layout, string sql)
    {
        using var temporary = new TemporaryCache();
        temporary.Open().Dispose();
        using var session = SqliteSession.Open(temporary.File(((SqliteLayout)layout).Name + ".db"), (SqliteLayout)layout);
        var plan = new List<string>();
        using (var reader = session.Query("EXPLAIN QUERY PLAN " + sql, new object?[Parameters(sql)]))
        {
            while (reader.Read())
                plan.Add(reader.GetString(3));
        }

        Assert.That(plan.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal)).Distinct(), Is.SubsetOf(Harmless));
    }

    private static int Parameters(string sql) => Enumerable.Range(1, 26).LastOrDefault(n => sql.Contains($"${n}", StringComparison.Ordinal));
}

using SynapseFs.Api;
using SynapseFs.Server.Tables;
using SynapseFs.Server.Tables.Sql;

namespace SynapseFs.Server.Tests.Tables;

/// <summary>Tables for queries: syn1 is a table of people, syn2 a view, syn3 a virtual table over syn1, syn4 a table of cities.</summary>
internal static class SqlSamples
{
    public static SqlBench Make()
    {
        var bench = new SqlBench();
        bench.Add(
            new SqlSource
            {
                Key = new TableKey(1, null),
                Kind = "table",
                IsSearchEnabled = true,
                Columns =
                [
                    Column("11", "name", "STRING", 50), Column("12", "age", "INTEGER"), Column("13", "score", "DOUBLE"),
                    Column("14", "alive", "BOOLEAN"), Column("15", "born", "DATE"), Column("16", "entity", "ENTITYID"),
                    Column("17", "tags", "STRING_LIST", 20), Column("18", "numbers", "INTEGER_LIST"),
                    Column("19", "two words", "STRING", 50),
                    Column("20", "doc", "JSON"), Column("21", "city", "STRING", 30), Column("22", "file", "FILEHANDLEID"),
                ],
            },
            [1L, 1L, "Ada", 36L, 1.5, 1L, 1420070400000L, 5L, """["red","Blue"]""", "[1,2]", "x y", """{"a":1,"b":"two"}""", "Zürich", 7L],
            [2L, 1L, "bob", 41L, "NaN", 0L, 1451606400000L, 6L, """["green"]""", "[3]", null, """{"a":2}""", "ZURICH", 8L],
            [3L, 2L, "Émile", null, double.PositiveInfinity, null, null, null, null, null, "", null, "Paris", null],
            [4L, 2L, "O'Brien", 41L, -2.25, 1L, 1420070400000L, 5L, """["red","50%"]""", "[2,3]", "x y", """{"a":3,"b":"TWO"}""", null, 7L]);
        bench.Add(
            new SqlSource
            {
                Key = new TableKey(2, null),
                Kind = "entityview",
                IsView = true,
                Benefactors = [100],
                Columns = [Column("31", "id", "ENTITYID"), Column("32", "name", "STRING", 256)],
            },
            [55L, 3L, "e1", 100L, 55L, "seen"],
            [56L, 1L, "e2", 200L, 56L, "hidden"]);
        bench.Add(new SqlSource
        {
            Key = new TableKey(3, null),
            Kind = "virtualtable",
            DefiningSql = "SELECT city, COUNT(*) AS n FROM syn1 GROUP BY city",
            Columns = [Column("41", "city", "STRING", 30), Column("42", "n", "INTEGER")],
        });
        bench.Add(
            new SqlSource
            {
                Key = new TableKey(4, 7),
                Kind = "table",
                Columns = [Column("51", "city", "STRING", 40), Column("52", "people", "INTEGER")],
            },
            [1L, 1L, "zurich", 400L],
            [2L, 1L, "Bern", 130L]);
        bench.Add(new SqlSource { Key = new TableKey(9, null), Kind = "table", Columns = [] });
        return bench;
    }

    private static ColumnModel Column(string id, string name, string type, long? size = null) =>
        new() { Id = id, Name = name, ColumnType = type, MaximumSize = size };
}

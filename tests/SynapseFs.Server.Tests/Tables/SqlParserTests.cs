using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Sql;

namespace SynapseFs.Server.Tests.Tables;

internal sealed class SqlParserTests
{
    [TestCase("INVALID SQL", " <regular_identifier> \"INVALID \"", 1, 1)]
    [TestCase("", "<EOF>", 0, 0)]
    [TestCase("select", "<EOF>", 1, 6)]
    [TestCase("select a b from syn1", " <regular_identifier> \"b \"", 1, 10)]
    [TestCase("select * from syn1 where", "<EOF>", 1, 24)]
    [TestCase("select * from syn1 where a != 1", " \"!\" \"! \"", 1, 28)]
    [TestCase("select a from syn1 limit 1, 2", " \",\" \", \"", 1, 27)]
    [TestCase("select a from syn1 offset 2", " \"OFFSET\" \"offset \"", 1, 20)]
    [TestCase("select a", "<EOF>", 1, 8)]
    [TestCase("select count(a) from syn1 group by b having count(a) > 1", " <regular_identifier> \"having \"", 1, 38)]
    [TestCase("select a from (select b from syn1)", " \"(\" \"( \"", 1, 15)]
    [TestCase("select a from syn1 where a in (select b from syn1)", " \"SELECT\" \"select \"", 1, 32)]
    [TestCase("select a from syn1\nwhere 1 = a", " <unsigned_integer> \"1 \"", 2, 7)]
    [TestCase("select a from syn1 group  by a", " <regular_identifier> \"by \"", 1, 27)]
    [TestCase("select count( * ) from syn1", " \"*\" \"* \"", 1, 15)]
    [TestCase("update syn1 set a = 1", " <regular_identifier> \"update \"", 1, 1)]
    [TestCase("select a from syn1; drop table syn1", " <regular_identifier> \"drop \"", 1, 21)]
    [TestCase("select a from syn1 where a = 'x", "<EOF>", 1, 31)]
    [TestCase("select \"a from syn1", "<EOF>", 1, 19)]
    [TestCase("select a from \"syn1\"", " \"\\\"\" \"\\\" \"", 1, 15)]
    [TestCase("select a from syn1 where a like", "<EOF>", 1, 31)]
    [TestCase("select a, from syn1", " \"FROM\" \"from \"", 1, 11)]
    [TestCase("select a from syn1 union select a from syn2", " \"UNION\" \"union \"", 1, 20)]
    [TestCase("with x as (select 1 from syn1) select * from x", " \"WITH\" \"with \"", 1, 1)]
    [TestCase("\tselect a from", "<EOF>", 1, 21)]
    public void A_mistake_is_told_with_its_place(string sql, string found, int line, int column)
    {
        Assert.That(
            () => SynapseSql.ParseQuery(sql),
            Throws.TypeOf<ServiceException>().With.Property("Error").EqualTo(ServiceError.BadRequest)
                .And.Message.StartsWith($"Encountered \"{found}\" at line {line}, column {column}.\nWas expecting")
                .And.Message.EndsWith(SqlErrors.Hint));
    }

    [Test]
    public void A_mistake_lists_what_would_have_been_right()
    {
        Assert.That(
            () => SynapseSql.Parse("INVALID SQL"),
            Throws.TypeOf<ServiceException>().With.Message.StartsWith(
                "Encountered \" <regular_identifier> \"INVALID \"\" at line 1, column 1.\nWas expecting one of:\n"
                + "    \"SELECT\" ...\n    \"WITH\" ...\n    \"(\" ...\n    "));
    }

    [TestCase("SELECT * FROM syn1")]
    [TestCase("SELECT DISTINCT a, \"b c\" AS `d``e` FROM syn1.2 t WHERE ( a = 'it''s' OR b <> 2 ) AND NOT c IS NULL")]
    [TestCase("SELECT COUNT(*), GROUP_CONCAT(DISTINCT a ORDER BY b DESC SEPARATOR ', ') FROM syn1 GROUP BY a ORDER BY COUNT(*) ASC LIMIT 5 OFFSET 6")]
    [TestCase("SELECT CASE WHEN a > 1 THEN 'x' ELSE NULL END, CASE a WHEN 1 THEN 2 END, CAST(a AS STRING), CAST(a AS 12) FROM syn1")]
    [TestCase("SELECT UNNEST(a), -a+b*(c-1) DIV 2, CURRENT_USER(), NOW()-INTERVAL 1 DAY, COALESCE(a,b,1.5e3) FROM syn1")]
    [TestCase("SELECT a FROM syn1 WHERE a HAS ( 'x', 'y' ) AND b NOT HAS_LIKE ( 'z%' ) ESCAPE '!' AND ISNAN(c) AND TEXT_MATCHES('w')")]
    [TestCase(
        "SELECT a FROM syn1 WHERE a BETWEEN 1 AND 2 AND b NOT IN ( 1, 2 ) AND c LIKE 'x' AND d IS NOT TRUE AND ( e = TRUE ) IS FALSE")]
    [TestCase("SELECT t.a FROM syn1 t LEFT OUTER JOIN syn2 u ON t.a = u.b INNER JOIN syn3 ON u.b = syn3.c UNION ALL (SELECT b FROM syn4)")]
    [TestCase("WITH syn5 (a, b) AS (SELECT a, b FROM syn1) SELECT a FROM syn5 DEFINING_WHERE b = 1 WHERE a = 2")]
    public void What_was_read_is_written_as_it_was(string sql)
    {
        Assert.That(SqlText.Of(SynapseSql.Parse(sql)), Is.EqualTo(sql));
    }

    [TestCase("select a from syn1 limit 99999999999999999999", "For input string: \"99999999999999999999\"")]
    [TestCase("select 99999999999999999999 from syn1", "For input string: \"99999999999999999999\"")]
    public void A_number_too_large_is_refused(string sql, string reason)
    {
        Assert.That(() => SynapseSql.ParseQuery(sql), Throws.TypeOf<ServiceException>().With.Message.EqualTo(reason));
    }

    [Test]
    public void Endless_nesting_is_refused()
    {
        var parentheses = new string('(', 100_000);

        Assert.That(() => SynapseSql.ParseQuery($"select {parentheses}a from syn1"), Throws.TypeOf<ServiceException>());
        Assert.That(() => SynapseSql.ParseQuery($"select a from syn1 where {parentheses}a = 1"), Throws.TypeOf<ServiceException>());
        Assert.That(
            () => SynapseSql.ParseQuery("select " + string.Concat(Enumerable.Repeat("upper(", 100_000))),
            Throws.TypeOf<ServiceException>());
    }
}

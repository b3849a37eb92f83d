namespace SynapseFs.Server.Tables.Sql;

/// <summary>Reads table SQL. Every error is a 400 with the position.</summary>
internal static class SynapseSql
{
    /// <summary>
    /// A whole expression, with WITH, JOIN and UNION: what a <c>definingSQL</c> may be. Who does not want one of them refuses it
    /// (<see cref="Translator"/> does for queries).
    /// </summary>
    public static QueryExpression Parse(string sql) => new SqlParser(sql).QueryExpression();

    /// <summary>A single select: what users send.</summary>
    public static QuerySpecification ParseQuery(string sql) => new SqlParser(sql).QueryAlone();

    /// <summary>A value alone, such as the key of a sort item.</summary>
    public static SqlValue ParseValue(string sql) => new SqlParser(sql).ValueAlone();
}

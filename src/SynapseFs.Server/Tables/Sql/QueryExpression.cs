namespace SynapseFs.Server.Tables.Sql;

/// <summary>A whole statement: <c>WITH</c> elements, then one select or several united ones.</summary>
internal sealed record QueryExpression(IReadOnlyList<WithElement> With, IReadOnlyList<UnionPart> Parts)
{
    public QuerySpecification First => Parts[0].Select;
}

/// <summary><c>name [(column, …)] AS (select)</c>.</summary>
internal sealed record WithElement(SqlName Name, IReadOnlyList<SqlName> Columns, IReadOnlyList<UnionPart> Parts);

/// <summary>One select of a union; the quantifier (DISTINCT, ALL) is that of the UNION before it.</summary>
internal sealed record UnionPart(string? Quantifier, QuerySpecification Select, bool IsParenthesized);

/// <summary>One select. <see cref="Columns"/> is null for <c>*</c>.</summary>
internal sealed record QuerySpecification
{
    /// <summary>DISTINCT, ALL or absent.</summary>
    public string? Quantifier { get; init; }
    public IReadOnlyList<SelectItem>? Columns { get; init; }
    public required FromClause From { get; init; }
    public SqlCondition? DefiningWhere { get; init; }
    public SqlCondition? Where { get; init; }
    public IReadOnlyList<SqlValue> GroupBy { get; init; } = [];
    public IReadOnlyList<SortKey> OrderBy { get; init; } = [];
    public Pagination? Pagination { get; init; }
}

/// <summary><c>value [AS alias]</c>.</summary>
internal sealed record SelectItem(SqlValue Value, SqlName? Alias);

/// <summary>The first table and those joined to it.</summary>
internal sealed record FromClause(TableRef First, IReadOnlyList<JoinClause> Joins)
{
    public IEnumerable<TableRef> Tables => [First, .. Joins.Select(join => join.Table)];
}

/// <summary>A table by <c>syn123</c>, <c>syn123.4</c> or (which no table has) a word; <see cref="Alias"/> may be absent.</summary>
internal sealed record TableRef(string Name, string? Alias, bool HasAs);

/// <summary><see cref="Kind"/>: <c>INNER</c>, <c>LEFT</c>, <c>RIGHT</c>, with <c>OUTER</c> as written, or empty.</summary>
internal sealed record JoinClause(string Kind, TableRef Table, SqlCondition? On);

/// <summary><see cref="Direction"/>: ASC, DESC or absent.</summary>
internal sealed record SortKey(SqlValue Value, string? Direction);

internal sealed record Pagination(long Limit, long? Offset);

/// <summary>An identifier without its quotes; <see cref="Quote"/> is <c>"</c>, <c>`</c> or NUL.</summary>
internal sealed record SqlName(string Text, char Quote, int Line, int Column);

namespace SynapseFs.Server.Tables.Sql;

/// <summary>A condition of WHERE, ON or CASE.</summary>
internal abstract record SqlCondition;

internal sealed record OrCondition(IReadOnlyList<SqlCondition> Terms) : SqlCondition;

internal sealed record AndCondition(IReadOnlyList<SqlCondition> Factors) : SqlCondition;

internal sealed record NotCondition(SqlCondition Inner) : SqlCondition;

internal sealed record ParenthesizedCondition(SqlCondition Inner) : SqlCondition;

/// <summary><c>condition IS [NOT] TRUE</c>.</summary>
internal sealed record TruthTest(SqlCondition Inner, bool IsNot, string Word) : SqlCondition;

internal sealed record Comparison(SqlValue Left, string Operator, SqlValue Right) : SqlCondition;

internal sealed record BetweenCondition(SqlValue Left, bool IsNot, SqlValue Low, SqlValue High) : SqlCondition;

internal sealed record InCondition(SqlValue Left, bool IsNot, IReadOnlyList<SqlValue> Values) : SqlCondition;

/// <summary>HAS, or HAS_LIKE with an escape character or none.</summary>
internal sealed record HasCondition(
    SqlValue Left, bool IsNot, bool IsLike, IReadOnlyList<SqlValue> Values, SqlValue? Escape) : SqlCondition;

internal sealed record LikeCondition(SqlValue Left, bool IsNot, SqlValue Pattern, SqlValue? Escape) : SqlCondition;

/// <summary><c>x IS [NOT] NULL</c>, TRUE, FALSE or UNKNOWN.</summary>
internal sealed record IsCondition(SqlValue Left, bool IsNot, string Word) : SqlCondition;

/// <summary>ISNAN or ISINFINITY.</summary>
internal sealed record DoubleTest(string Name, ColumnValue Column) : SqlCondition;

internal sealed record TextMatches(string Words) : SqlCondition;

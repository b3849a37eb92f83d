namespace SynapseFs.Server.Tables.Sql;

/// <summary>A value expression.</summary>
internal abstract record SqlValue;

internal sealed record NullValue : SqlValue;

/// <summary><c>column</c> or <c>table.column</c>.</summary>
internal sealed record ColumnValue(SqlName? Table, SqlName Name) : SqlValue;

/// <summary>A number as written.</summary>
internal sealed record NumberValue(string Image, bool IsInteger) : SqlValue;

internal sealed record TextValue(string Text) : SqlValue;

/// <summary><c>INTERVAL 3 DAY</c>.</summary>
internal sealed record IntervalValue(long Count, string Unit) : SqlValue;

/// <summary>TRUE, FALSE or UNKNOWN on the right of a comparison.</summary>
internal sealed record TruthValue(string Word) : SqlValue;

/// <summary>DEFAULT on the right of a comparison.</summary>
internal sealed record DefaultValue : SqlValue;

internal sealed record ParenthesizedValue(SqlValue Inner) : SqlValue;

/// <summary><c>-x</c> or <c>+x</c>.</summary>
internal sealed record SignedValue(char Sign, SqlValue Inner) : SqlValue;

/// <summary>Operands of one precedence in a row: <c>a + b - c</c> or <c>a * b DIV c</c>. Flat, so that length is not depth.</summary>
internal sealed record ChainValue(SqlValue First, IReadOnlyList<ChainLink> Rest) : SqlValue;

internal sealed record ChainLink(string Operator, SqlValue Operand);

/// <summary>An aggregate function; <c>COUNT(*)</c> has no arguments.</summary>
internal sealed record AggregateValue(
    string Name, string? Quantifier, IReadOnlyList<SqlValue> Arguments, IReadOnlyList<SortKey> OrderBy, string? Separator) : SqlValue;

/// <summary><c>UNNEST(column)</c>.</summary>
internal sealed record UnnestValue(ColumnValue Column) : SqlValue;

/// <summary>A function; <see cref="Arguments"/> is null where it was written without parentheses.</summary>
internal sealed record FunctionValue(string Name, IReadOnlyList<SqlValue>? Arguments) : SqlValue;

internal sealed record CurrentUserValue : SqlValue;

/// <summary>NULLIF or COALESCE.</summary>
internal sealed record AbbreviatedCaseValue(string Name, IReadOnlyList<SqlValue> Arguments) : SqlValue;

/// <summary><c>CASE [operand] WHEN … THEN … ELSE … END</c>; with an operand the branches have values, else conditions.</summary>
internal sealed record CaseValue(SqlValue? Operand, IReadOnlyList<CaseBranch> Branches, SqlValue? Otherwise) : SqlValue;

internal sealed record CaseBranch(SqlValue? Match, SqlCondition? Condition, SqlValue Result);

/// <summary><c>CAST(x AS INTEGER)</c> or <c>CAST(x AS 123)</c> with a column's id.</summary>
internal sealed record CastValue(SqlValue Operand, string? ColumnType, string? ColumnId) : SqlValue;

using SynapseFs.Api;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>A query as the index database takes it.</summary>
internal sealed record TranslatedQuery
{
    /// <summary>SQLite's SQL; values are <c>@p0</c>, <c>@p1</c>, …</summary>
    public required string Sql { get; init; }
    public required IReadOnlyList<object?> Parameters { get; init; }

    /// <summary>The result's columns, which follow those that lead each row.</summary>
    public required IReadOnlyList<SelectColumn> Columns { get; init; }

    /// <summary>Models of the result's columns, without ids: the schema of a virtual table or materialized view with this query.</summary>
    public required IReadOnlyList<ColumnModel> Schema { get; init; }

    /// <summary>The first table named.</summary>
    public required SqlSource Source { get; init; }

    /// <summary>The columns of the first table, or of all that are joined.</summary>
    public required IReadOnlyList<ColumnModel> TableColumns { get; init; }

    /// <summary>Every table that is read, with those behind virtual tables.</summary>
    public required IReadOnlyList<TableKey> Sources { get; init; }

    /// <summary>Whether ROW_ID and ROW_VERSION lead each row.</summary>
    public bool HasRowIds { get; init; }

    /// <summary>Whether ROW_ETAG follows them.</summary>
    public bool HasEtag { get; init; }

    public bool IsAggregate { get; init; }

    /// <summary>Rows of one answer; null: no limit was asked for.</summary>
    public long? MaxRowsPerPage { get; init; }

    /// <summary>
    /// Of a materialized view's defining query: the benefactor columns that end each row, by the names that the view's index gives them.
    /// </summary>
    public IReadOnlyList<string> BenefactorColumns { get; init; } = [];
}

/// <summary>How a query is to be translated.</summary>
internal sealed record TranslationOptions
{
    /// <summary>A materialized view's definingSQL: may join and unite, all rows are read, benefactors end each row.</summary>
    public bool IsBuild { get; init; }

    /// <summary>Whether rows of views lead with their etag.</summary>
    public bool IncludeEtag { get; init; }

    /// <summary>Bytes of an answer, which limit its rows.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether rows lead with ROW_ID and ROW_VERSION where they have them.</summary>
    public bool IncludeRowIds { get; init; } = true;
}

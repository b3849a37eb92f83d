using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>A query of a table. Source: <c>table.Query</c>.</summary>
public record TableQuery
{
    public string? Sql { get; init; }
    public IReadOnlyList<QueryFilter>? AdditionalFilters { get; init; }
    public IReadOnlyList<FacetRequest>? SelectedFacets { get; init; }
    public bool? IncludeEntityEtag { get; init; }

    /// <summary>Id of the ENTITYID column that names files, for what a download would need.</summary>
    public long? SelectFileColumn { get; init; }
    public long? SelectFileVersionColumn { get; init; }
    public long? Offset { get; init; }
    public long? Limit { get; init; }
    public IReadOnlyList<SortItem>? Sort { get; init; }
}

/// <summary>
/// A further condition: ColumnSingleValueQueryFilter, ColumnMultiValueFunctionQueryFilter or TextMatchesQueryFilter, as the concrete type
/// says; each has some of the fields.
/// </summary>
public sealed record QueryFilter
{
    public string? ConcreteType { get; init; }
    public string? ColumnName { get; init; }

    /// <summary>LIKE, EQUAL or IN.</summary>
    public string? Operator { get; init; }

    /// <summary>HAS or HAS_LIKE.</summary>
    public string? Function { get; init; }

    [JsonConverter(typeof(LenientTextListConverter))]
    public IReadOnlyList<string>? Values { get; init; }
    public string? SearchExpression { get; init; }

    /// <summary>Whether the condition belongs into a virtual table's own query.</summary>
    public bool? IsDefiningCondition { get; init; }
}

/// <summary>What is selected of a facet: FacetColumnValuesRequest or FacetColumnRangeRequest, as the concrete type says.</summary>
public sealed record FacetRequest
{
    public string? ConcreteType { get; init; }
    public string? ColumnName { get; init; }
    public string? JsonPath { get; init; }

    [JsonConverter(typeof(LenientTextListConverter))]
    public IReadOnlyList<string>? FacetValues { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? Min { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? Max { get; init; }
}

/// <summary>A column (or expression) to sort by; ASC or DESC.</summary>
public sealed record SortItem
{
    public string? Column { get; init; }
    public string? Direction { get; init; }
}

/// <summary>POST /entity/{id}/table/query/async/start.</summary>
public sealed record QueryBundleRequest
{
    public string? ConcreteType { get; init; }
    public string? EntityId { get; init; }
    public TableQuery? Query { get; init; }

    /// <summary>Bits of the parts wanted; absent: all but the required actions.</summary>
    public long? PartMask { get; init; }
}

/// <summary>What a query yields; the parts that were asked for.</summary>
public sealed record QueryResultBundle
{
    public string? ConcreteType { get; init; }
    public QueryResult? QueryResult { get; init; }
    public long? QueryCount { get; init; }
    public IReadOnlyList<SelectColumn>? SelectColumns { get; init; }
    public long? MaxRowsPerPage { get; init; }
    public IReadOnlyList<ColumnModel>? ColumnModels { get; init; }
    public IReadOnlyList<FacetResult>? Facets { get; init; }
    public SumFileSizes? SumFileSizes { get; init; }
    public DateTimeOffset? LastUpdatedOn { get; init; }
    public string? CombinedSql { get; init; }
    public IReadOnlyList<QueryActionCount>? ActionsRequired { get; init; }
}

/// <summary>One page of rows.</summary>
public sealed record QueryResult
{
    public string? ConcreteType { get; init; }
    public QueriedRows? QueryResults { get; init; }
    public QueryNextPageToken? NextPageToken { get; init; }
}

/// <summary>Rows as they are read: a <c>table.RowSet</c>.</summary>
public sealed record QueriedRows
{
    public string? ConcreteType { get; init; }
    public string? TableId { get; init; }

    /// <summary>Of the table's last change; DEFAULT for views.</summary>
    public string? Etag { get; init; }
    public IReadOnlyList<SelectColumn> Headers { get; init; } = [];
    public IReadOnlyList<QueriedRow> Rows { get; init; } = [];
}

/// <summary>A row; every cell is a text or null.</summary>
public sealed record QueriedRow
{
    public long? RowId { get; init; }
    public long? VersionNumber { get; init; }
    public string? Etag { get; init; }
    public IReadOnlyList<string?> Values { get; init; } = [];
}

/// <summary>Where a query goes on; also the body of POST /entity/{id}/table/query/nextPage/async/start.</summary>
public sealed record QueryNextPageToken
{
    public string? ConcreteType { get; init; }
    public string? EntityId { get; init; }
    public string? Token { get; init; }
}

/// <summary>A facet's values (FacetColumnResultValues) or bounds (FacetColumnResultRange).</summary>
public sealed record FacetResult
{
    public string? ConcreteType { get; init; }
    public string? ColumnName { get; init; }
    public string? JsonPath { get; init; }

    /// <summary>enumeration or range.</summary>
    public string? FacetType { get; init; }
    public IReadOnlyList<FacetValueCount>? FacetValues { get; init; }
    public string? ColumnMin { get; init; }
    public string? ColumnMax { get; init; }
    public string? SelectedMin { get; init; }
    public string? SelectedMax { get; init; }
}

public sealed record FacetValueCount
{
    public string? Value { get; init; }
    public long Count { get; init; }
    public bool IsSelected { get; init; }
}

/// <summary>Bytes of the files of a query's first rows.</summary>
public sealed record SumFileSizes
{
    public long SumFileSizesBytes { get; init; }
    public bool GreaterThan { get; init; }
}

/// <summary>An action that must be taken before files can be had, and of how many files.</summary>
public sealed record QueryActionCount
{
    public ActionRequired? Action { get; init; }
    public long Count { get; init; }
}

/// <summary>POST /entity/{id}/table/download/csv/async/start.</summary>
public sealed record DownloadFromTableRequest : TableQuery
{
    public string? ConcreteType { get; init; }
    public string? EntityId { get; init; }
    public bool? WriteHeader { get; init; }
    public bool? IncludeRowIdAndRowVersion { get; init; }
    public CsvTableDescriptor? CsvTableDescriptor { get; init; }
    public string? FileName { get; init; }
}

/// <summary>Where the CSV is.</summary>
public sealed record DownloadFromTableResult
{
    public string? ConcreteType { get; init; }
    public string? ResultsFileHandleId { get; init; }
    public string? TableId { get; init; }
    public string? Etag { get; init; }
    public IReadOnlyList<SelectColumn>? Headers { get; init; }
}

/// <summary>Records of queries.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(TableQuery))]
[JsonSerializable(typeof(QueryBundleRequest))]
[JsonSerializable(typeof(QueryResultBundle))]
[JsonSerializable(typeof(QueryResult))]
[JsonSerializable(typeof(QueryNextPageToken))]
[JsonSerializable(typeof(DownloadFromTableRequest))]
[JsonSerializable(typeof(DownloadFromTableResult))]
public sealed partial class TableQueryJson : JsonSerializerContext;

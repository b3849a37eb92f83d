using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>POST /entity/{id}/table/transaction/async/start. Source: <c>table.TableUpdateTransactionRequest</c>.</summary>
public sealed record TableUpdateTransactionRequest
{
    public string? ConcreteType { get; init; }
    public string? EntityId { get; init; }
    public IReadOnlyList<TableUpdateRequest>? Changes { get; init; }
    public bool? CreateSnapshot { get; init; }
    public SnapshotRequest? SnapshotOptions { get; init; }
}

/// <summary>
/// One change: TableSchemaChangeRequest, UploadToTableRequest, AppendableRowSetRequest or TableSearchChangeRequest, which the concrete
/// type tells apart; each has some of these fields.
/// </summary>
public sealed record TableUpdateRequest
{
    public string? ConcreteType { get; init; }
    public string? EntityId { get; init; }

    // TableSchemaChangeRequest
    public IReadOnlyList<ColumnChange>? Changes { get; init; }
    public IReadOnlyList<string>? OrderedColumnIds { get; init; }

    // UploadToTableRequest
    public string? TableId { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? UploadFileHandleId { get; init; }
    public string? UpdateEtag { get; init; }
    public long? LinesToSkip { get; init; }
    public CsvTableDescriptor? CsvTableDescriptor { get; init; }
    public IReadOnlyList<string>? ColumnIds { get; init; }

    // AppendableRowSetRequest
    public AppendableRowSet? ToAppend { get; init; }

    // TableSearchChangeRequest
    public bool? SearchEnabled { get; init; }
}

/// <summary>A column added (no old one), removed (no new one) or replaced.</summary>
public sealed record ColumnChange
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? OldColumnId { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? NewColumnId { get; init; }
}

public sealed record SnapshotRequest
{
    public string? SnapshotComment { get; init; }
    public string? SnapshotLabel { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? SnapshotActivityId { get; init; }
}

public sealed record SnapshotResponse
{
    public long? SnapshotVersionNumber { get; init; }
}

/// <summary>What came of a transaction: an answer for each change. Source: <c>table.TableUpdateTransactionResponse</c>.</summary>
public sealed record TableUpdateTransactionResponse
{
    public string? ConcreteType { get; init; } = TableTypes.TransactionResponse;
    public IReadOnlyList<TableUpdateResponse> Results { get; init; } = [];
    public long? SnapshotVersionNumber { get; init; }
}

/// <summary>
/// What came of a change: TableSchemaChangeResponse, UploadToTableResult, RowReferenceSetResults, TableSearchChangeResponse or, of views,
/// EntityUpdateResults.
/// </summary>
public sealed record TableUpdateResponse
{
    public string? ConcreteType { get; init; }
    public IReadOnlyList<ColumnModel>? Schema { get; init; }
    public long? RowsProcessed { get; init; }
    public string? Etag { get; init; }
    public RowReferenceSet? RowReferenceSet { get; init; }
    public bool? SearchEnabled { get; init; }
    public IReadOnlyList<EntityUpdateResult>? UpdateResults { get; init; }
}

/// <summary>POST /table/upload/csv/preview/async/start.</summary>
public sealed record UploadToTablePreviewRequest
{
    public string? ConcreteType { get; init; }
    [JsonConverter(typeof(LenientTextConverter))]
    public string? UploadFileHandleId { get; init; }
    public long? LinesToSkip { get; init; }
    public CsvTableDescriptor? CsvTableDescriptor { get; init; }
    public bool? DoFullFileScan { get; init; }
}

public sealed record UploadToTablePreviewResult
{
    public string? ConcreteType { get; init; } = TableTypes.PreviewResult;
    public IReadOnlyList<ColumnModel> SuggestedColumns { get; init; } = [];
    public IReadOnlyList<PreviewRow> SampleRows { get; init; } = [];
    public long? RowsScanned { get; init; }
}

public sealed record PreviewRow
{
    public long? RowId { get; init; }
    public long? VersionNumber { get; init; }
    public string? Etag { get; init; }
    public IReadOnlyList<string?> Values { get; init; } = [];
}

/// <summary>Records of writing to tables and views.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(TableUpdateTransactionRequest))]
[JsonSerializable(typeof(TableUpdateTransactionResponse))]
[JsonSerializable(typeof(TableUpdateRequest))]
[JsonSerializable(typeof(TableUpdateResponse))]
[JsonSerializable(typeof(SnapshotRequest))]
[JsonSerializable(typeof(SnapshotResponse))]
[JsonSerializable(typeof(RowSelection))]
[JsonSerializable(typeof(RowReferenceSet))]
[JsonSerializable(typeof(TableFileHandleResults))]
[JsonSerializable(typeof(UploadToTablePreviewRequest))]
[JsonSerializable(typeof(UploadToTablePreviewResult))]
public sealed partial class TableJson : JsonSerializerContext;

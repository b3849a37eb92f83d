using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>Rows to write: a <c>table.RowSet</c> with headers, or a <c>table.PartialRowSet</c> without.</summary>
public sealed record AppendableRowSet
{
    public string? ConcreteType { get; init; }
    public string? TableId { get; init; }
    public string? Etag { get; init; }
    public IReadOnlyList<SelectColumn>? Headers { get; init; }
    public IReadOnlyList<AppendableRow>? Rows { get; init; }
}

/// <summary>A row to write; an id says that it is there already.</summary>
public sealed record AppendableRow
{
    public long? RowId { get; init; }
    public long? VersionNumber { get; init; }
    public string? Etag { get; init; }

    /// <summary>Of a RowSet the cells in the order of its headers; of a PartialRowSet pairs of key (a column's id) and value.</summary>
    public JsonElement? Values { get; init; }
}

public sealed record RowReference
{
    public long? RowId { get; init; }
    public long? VersionNumber { get; init; }
}

/// <summary>Rows and columns by their ids. Source: <c>table.RowReferenceSet</c>.</summary>
public sealed record RowReferenceSet
{
    public string? TableId { get; init; }
    public string? Etag { get; init; }
    public IReadOnlyList<SelectColumn>? Headers { get; init; }
    public IReadOnlyList<RowReference>? Rows { get; init; }
}

/// <summary>POST /entity/{id}/table/deleteRows. Source: <c>table.RowSelection</c>.</summary>
public sealed record RowSelection
{
    public string? TableId { get; init; }
    public string? Etag { get; init; }
    public IReadOnlyList<long>? RowIds { get; init; }
}

/// <summary>POST /entity/{id}/table/filehandles: the files of cells, null where a cell has none.</summary>
public sealed record TableFileHandleResults
{
    public string? TableId { get; init; }
    public IReadOnlyList<SelectColumn>? Headers { get; init; }
    public IReadOnlyList<TableFileHandleRow> Rows { get; init; } = [];
}

public sealed record TableFileHandleRow
{
    public IReadOnlyList<FileHandle?> List { get; init; } = [];
}

namespace SynapseFs.Server.Tables.Writing;

/// <summary>
/// A row to write: without id it is new, without cells it is to be deleted, else the cells are to be changed and all others stay.
/// </summary>
internal sealed record SparseRow(long? RowId, long? Version, IReadOnlyList<SparseCell> Cells)
{
    /// <summary>Of rows of views.</summary>
    public string? Etag { get; init; }

    /// <summary>A negative id is none.</summary>
    public bool IsNew => RowId is null or < 0;

    public bool IsDelete => Cells.Count == 0;
}

/// <summary>The text of a cell, by the place of its column in the schema.</summary>
internal readonly record struct SparseCell(int Place, string? Text);

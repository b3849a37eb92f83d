namespace SynapseFs.Server.Tables.Index;

/// <summary>
/// A row for the index: cell texts as they stand on the wire, in the order of the columns. Etag and benefactor are of views only.
/// </summary>
internal sealed record IndexRow(long RowId, long RowVersion, IReadOnlyList<string?> Cells)
{
    public string? Etag { get; init; }
    public long? Benefactor { get; init; }
}

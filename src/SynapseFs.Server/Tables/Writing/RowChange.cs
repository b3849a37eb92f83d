using SynapseFs.Api;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>Checked rows that are to be written to a table.</summary>
internal sealed record RowChange(IReadOnlyList<ColumnModel> Columns, IEnumerable<SparseRow> Rows)
{
    /// <summary>The etag of the table that the rows were read with.</summary>
    public string? Etag { get; init; }

    /// <summary>Whether the rows come without the versions they were read at: they overwrite whatever is there.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether the ids are to be told; a whole CSV's are not.</summary>
    public bool WantsReferences { get; init; }
}

/// <summary>What was written, and the etag that the table has now.</summary>
internal sealed class WrittenRows
{
    public long Count { get; set; }
    public string? Etag { get; set; }
    public List<RowReference> References { get; } = [];
}

namespace SynapseFs.Server.Tables.Queries;

/// <summary>The bits of a query's part mask.</summary>
[Flags]
internal enum QueryParts
{
    Rows = 0x1,
    Count = 0x2,
    SelectColumns = 0x4,
    MaxRowsPerPage = 0x8,
    ColumnModels = 0x10,
    Facets = 0x20,
    SumFileSizes = 0x40,
    LastUpdatedOn = 0x80,
    CombinedSql = 0x100,
    ActionsRequired = 0x200,

    /// <summary>What is answered when no mask is given.</summary>
    Usual = 0x1FF,
}

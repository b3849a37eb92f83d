using SynapseFs.Api;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>A table that a query names, as the translator needs it.</summary>
internal sealed record SqlSource
{
    public required TableKey Key { get; init; }

    /// <summary>The entity type's short name, such as table or entityview.</summary>
    public required string Kind { get; init; }
    public required IReadOnlyList<ColumnModel> Columns { get; init; }

    /// <summary>Whether rows have ROW_ETAG and ROW_BENEFACTOR.</summary>
    public bool IsView { get; init; }

    /// <summary>Only rows of these benefactors are seen; null: all rows.</summary>
    public IReadOnlyList<long>? Benefactors { get; init; }

    /// <summary>
    /// The index columns whose benefactors must all be seen. Views have ROW_BENEFACTOR; a materialized view has one for each of its
    /// sources' (<see cref="TranslatedQuery.BenefactorColumns"/>), with -1 for a row that comes from no row of that source.
    /// </summary>
    public IReadOnlyList<string> BenefactorColumns
    {
        get => field ?? (IsView ? [IndexNames.RowBenefactor] : []);
        init;
    }

    /// <summary>Of a virtual table: the query that stands for it.</summary>
    public string? DefiningSql { get; init; }
    public bool IsSearchEnabled { get; init; }
}

/// <summary>Finds the tables of a query for a caller.</summary>
internal interface ISqlSources
{
    /// <summary>The source, whose index table is there when this returns; refuses what is missing (404) or not allowed (403).</summary>
    SqlSource Require(Caller caller, TableKey key);

    /// <summary>Any column model by its id, for <c>CAST(x AS id)</c>; null: there is none.</summary>
    ColumnModel? FindColumn(string id) => null;
}

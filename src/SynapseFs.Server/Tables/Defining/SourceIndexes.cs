using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.Tables.Views;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Defining;

/// <summary>Makes sure of the index table behind any key, whoever may see its rows: what materialized views are made of.</summary>
internal sealed class SourceIndexes(SynapseWorld world, TableIndex index, TableIndexer tables, ViewKeeper views)
{
    /// <summary>Views of views of views: a circle ends here.</summary>
    private const int Deepest = 8;

    public MaterializedIndex? Materialized { get; set; }

    /// <summary>
    /// Brings the index up to what queries would find; returns a text that differs when its rows may. Outside of transactions.
    /// </summary>
    public string Ensure(TableKey key) => Ensure(key, 0);

    private string Ensure(TableKey key, int depth)
    {
        if (depth > Deepest)
        {
            throw ServiceException.BadRequest("Defining SQL cannot reference itself");
        }

        var (kind, sql, known) = world.Transact(() =>
        {
            var node = world.Nodes.Get(key.Id) ?? throw ServiceException.NotFound(
                $"Resource: '{Rules.EntityIds.Text(key.Id)}' does not exist");
            var living = key.Version is null || key.Version == node.CurrentVersion;
            var version = living ? world.Versions.Current(node) : world.Entities.RequireVersion(node, key.Version ?? 0);
            return (node.Kind.ShortName, DefiningQuery.SqlOf(version), living ? new TableKey(key.Id, null) : key);
        });
        switch (kind)
        {
            case "table":
                tables.Update(known);
                break;
            case DefiningRules.MaterializedView:
                Materialized!.Ensure(known.Id);
                break;
            case DefiningRules.VirtualTable:
                return $"{known} {sql} ({string.Join(' ', DefiningQuery.Named(sql ?? "").Select(source => Ensure(source, depth + 1)))})";
            default:
                views.Ensure(kind, known);
                break;
        }

        var mark = index.Mark(known);
        return $"{known} {mark?.Number} {mark?.Token} {mark?.Columns} {mark?.ChangedOn}";
    }
}

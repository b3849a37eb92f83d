using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.Tables.Rows;

/// <summary>
/// Table entities for SQL. Their rows reach the index when a query asks for the table: what changed since, or, after a change of the
/// schema or without an index, everything. A query always sees what was acknowledged before it.
/// </summary>
internal sealed class TableIndexer(SynapseWorld world, TableIndex index, TableLog log, ColumnModels columns) : ISourceKind
{
    private readonly Lock _building = new();

    public string Kind => "table";

    /// <summary>What tells one schema from another.</summary>
    public static string Signature(IReadOnlyList<ColumnModel> columns) => string.Join(',', columns.Select(column => column.Id));

    public SqlSource Require(Caller caller, Standing standing, TableKey key)
    {
        standing.Require(Rules.AccessTypes.Download);
        return new SqlSource
        {
            Key = key,
            Kind = Kind,
            Columns = Update(key),
            IsSearchEnabled = world.Transact(() => TableFields.IsSearchEnabled(
                key.Version is { } version ? world.Versions.Get(key.Id, version) : world.Versions.Current(standing.Node))),
        };
    }

    /// <summary>Brings the table's index up to date; returns the columns it then has.</summary>
    public IReadOnlyList<ColumnModel> Update(TableKey key)
    {
        if (key.Version is null && world.Transact(() => Current(key)) is { } current)
        {
            return current;
        }

        lock (_building)
        {
            try
            {
                return Build(key);
            }
            catch (SqliteException)
            {
                // A damaged index has been thrown away meanwhile; an empty one takes everything.
                return Build(key);
            }
        }
    }

    // The columns, when the index holds the last change already.
    private IReadOnlyList<ColumnModel>? Current(TableKey key)
    {
        var last = log.Last(key.Id);
        if (index.Mark(key) is not { } mark || mark.Token != last.Etag || world.Nodes.Get(key.Id) is not { } node)
        {
            return null;
        }

        var schema = columns.Of(world.Versions.Current(node));
        return mark.Columns == Signature(schema) ? schema : null;
    }

    private IReadOnlyList<ColumnModel> Build(TableKey key)
    {
        using var moment = new TableSnapshotReader(world.DatabasePath, key);
        var wanted = moment.Mark;
        var known = index.Mark(key);
        if (known == wanted)
        {
            return moment.Columns;
        }

        if (known is not null && moment.CanFollow(known))
        {
            index.Apply(
                key, moment.Columns, isView: false, moment.RowsSince(known.Number), moment.DeletedSince(known.Number), wanted);
        }
        else
        {
            index.Replace(key, moment.Columns, isView: false, moment.Rows(), wanted);
        }

        return moment.Columns;
    }
}

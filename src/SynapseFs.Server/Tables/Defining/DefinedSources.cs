using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.Tables.Views;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.Tables.Defining;

/// <summary>Materialized views for SQL. Who reads one must be allowed to read all that it is made of, down to the last table.</summary>
internal sealed class MaterializedSource(SynapseWorld world, MaterializedIndex views, ViewKeeper keeper) : ISourceKind
{
    public string Kind => DefiningRules.MaterializedView;

    public SqlSource Require(Caller caller, Standing standing, TableKey key)
    {
        if (key.Version is not null)
        {
            throw ServiceException.BadRequest("MaterializedView snapshots not currently supported");
        }

        world.Transact(() => RequireSources(world, caller, key, []));
        var built = views.Ensure(key.Id);
        return world.Transact(() => new SqlSource
        {
            Key = key,
            Kind = Kind,
            Columns = built.Columns,
            Benefactors = keeper.Readable(caller, built.Benefactors),
            BenefactorColumns = built.BenefactorColumns,
            IsSearchEnabled = TableFields.IsSearchEnabled(world.Versions.Current(standing.Node)),
        });
    }

    /// <summary>
    /// READ of everything that a defining query leads to, and DOWNLOAD of tables among it. Source: validateTableReadAccess.
    /// </summary>
    public static void RequireSources(SynapseWorld world, Caller caller, TableKey key, HashSet<long> seen)
    {
        var standing = world.Access.Require(caller, key.Id, AccessTypes.Read);
        if (standing.Node.Kind.ShortName == "table")
        {
            standing.Require(AccessTypes.Download);
        }

        if (seen.Add(key.Id) && DefiningQuery.SqlOf(world.Versions.Current(standing.Node)) is { } sql)
        {
            foreach (var source in DefiningQuery.Named(sql))
            {
                RequireSources(world, caller, source, seen);
            }
        }
    }
}

/// <summary>Virtual tables for SQL: the query that defines one is put into the query that asks for it.</summary>
internal sealed class VirtualSource(SynapseWorld world, TimeProvider time) : ISourceKind
{
    public string Kind => DefiningRules.VirtualTable;

    public SqlSource Require(Caller caller, Standing standing, TableKey key) => world.Transact(() =>
    {
        MaterializedSource.RequireSources(world, caller, key, []);
        var version = key.Version is { } number
            ? world.Entities.RequireVersion(standing.Node, number)
            : world.Versions.Current(standing.Node);
        var sql = DefiningQuery.SqlOf(version) ?? throw ServiceException.BadRequest($"{key} has no definingSQL");
        // The columns of the source may be others by now.
        var columns = DefiningQuery.Columns(world, new SchemaSources(world, time).Translate(sql, isBuild: false));
        if (key.Version is null)
        {
            DefiningQuery.Bind(world, standing.Node, columns);
        }

        return new SqlSource { Key = key, Kind = Kind, Columns = columns, DefiningSql = sql };
    });
}

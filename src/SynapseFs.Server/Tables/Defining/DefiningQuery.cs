using SynapseFs.Api;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.Tables.Views;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Defining;

/// <summary>The query behind a materialized view or virtual table, and the schema that follows from it.</summary>
internal static class DefiningQuery
{
    /// <summary>Null: the entity is defined by no query.</summary>
    public static string? SqlOf(VersionRow version) => version.Fields.Text(DefiningRules.SqlField);

    /// <summary>The tables that the query names, each once.</summary>
    public static IReadOnlyList<TableKey> Named(string sql)
    {
        var query = SynapseSql.Parse(sql);
        return
        [
            .. query.Parts.Concat(query.With.SelectMany(with => with.Parts)).Select(part => part.Select)
                .SelectMany(select => select.From.Tables).Select(table => TableScope.Key(table.Name)).Distinct(),
        ];
    }

    /// <summary>Whether the query leads to the entity, directly or through other defining queries: a circle has no rows.</summary>
    public static bool LeadsTo(SynapseWorld world, string sql, long id) => LeadsTo(world, sql, id, []);

    private static bool LeadsTo(SynapseWorld world, string sql, long id, HashSet<TableKey> seen) => Named(sql).Any(
        key => key.Id == id || (seen.Add(key) && SqlOf(world, key) is { } inner && LeadsTo(world, inner, id, seen)));

    // An older version may be defined by another query than the current one.
    private static string? SqlOf(SynapseWorld world, TableKey key)
    {
        var version = key.Version is { } number
            ? world.Versions.Get(key.Id, number)
            : world.Nodes.Get(key.Id) is { } node ? world.Versions.Current(node) : null;
        return version is null ? null : SqlOf(version);
    }

    /// <summary>Models of the query's columns, made where there are none. Within a transaction.</summary>
    public static IReadOnlyList<ColumnModel> Columns(SynapseWorld world, TranslatedQuery query)
    {
        var columns = query.Schema.Select(column => world.Columns.Ensure(ColumnRules.Normalize(column))).ToList();
        ColumnRules.CheckSchema(columns);
        return columns;
    }

    /// <summary>Has the entity tell these columns, without a change of the entity itself: they follow from its sources.</summary>
    public static void Bind(SynapseWorld world, NodeRow node, IReadOnlyList<ColumnModel> columns)
    {
        var version = world.Versions.Current(node);
        IReadOnlyList<string> ids = [.. columns.Select(column => column.Id!)];
        if (!version.Fields.Texts(ColumnModels.IdsField).SequenceEqual(ids))
        {
            world.Versions.Put(version with { Fields = FieldReader.With(version.Fields, ColumnModels.IdsField, ids) });
        }
    }
}

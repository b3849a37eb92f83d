using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// Views for SQL: a living one as the index has it, which may be a moment old, and its snapshots. A caller sees the rows
/// whose benefactor lets it read.
/// </summary>
internal sealed class ViewSource(string kind, SynapseWorld world, LivingViews views, ViewSnapshots snapshots) : ISourceKind
{
    public string Kind => kind;

    public SqlSource Require(Caller caller, Standing standing, TableKey key)
    {
        var benefactors = key.Version is null
            ? views.Ensure(key.Id, CancellationToken.None)
            : snapshots.Ensure(key, isOfEntities: kind != ViewDefinition.SubmissionView);
        return world.Transact(() =>
        {
            var version = key.Version is { } number
                ? world.Entities.RequireVersion(standing.Node, number)
                : world.Versions.Current(world.Nodes.Get(key.Id) ?? standing.Node);
            return new SqlSource
            {
                Key = key,
                Kind = kind,
                Columns = world.Columns.Of(version),
                IsView = true,
                Benefactors = views.Readable(caller, benefactors),
                IsSearchEnabled = TableFields.IsSearchEnabled(version),
            };
        });
    }
}

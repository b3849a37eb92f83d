using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Views;

/// <summary>All that stands behind views, datasets and collections, wired together.</summary>
internal sealed class ViewKeeper
{
    private readonly SynapseWorld _world;
    private long _followed = -1;

    public ViewKeeper(SynapseWorld world, TimeProvider time)
    {
        _world = world;
        Scopes = new ViewScopes(world.Database, world.Nodes);
        Index = new ViewIndex(world, world.TableIndex, world.Columns, Scopes, time);
        Snapshots = new ViewSnapshots(world, world.TableIndex);
        Suggestions = new ColumnSuggestions(world, Scopes);
        new ViewRules(world, Scopes).AddTo(world.FieldRules);
        DefiningRules.AddTo(world.FieldRules);
        foreach (var kind in (string[])[ViewDefinition.EntityView, ViewDefinition.Dataset, ViewDefinition.DatasetCollection])
        {
            world.TableSources.Add(new ViewSource(kind, world, Index, Snapshots));
        }
    }

    public ViewScopes Scopes { get; }
    public ViewIndex Index { get; }
    public ViewSnapshots Snapshots { get; }
    public ColumnSuggestions Suggestions { get; }

    /// <summary>Brings what was asked for since the start up to date. One caller at a time.</summary>
    public void Follow(CancellationToken cancellationToken)
    {
        var newest = _world.Transact(() => _world.Changes.Newest);
        if (newest == _followed)
        {
            return;
        }

        foreach (var view in Index.Followed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Index.Refresh(view, cancellationToken);
        }

        _followed = newest;
    }
}

using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Views;

/// <summary>All that stands behind views, datasets and collections, wired together.</summary>
internal sealed class ViewKeeper
{
    private readonly SynapseWorld _world;
    private readonly IReadOnlyList<LivingViews> _living;
    private long _followed = -1;

    public ViewKeeper(SynapseWorld world, TimeProvider time)
    {
        _world = world;
        Scopes = new ViewScopes(world.Database, world.Nodes);
        var entities = new ViewIndex(world, world.TableIndex, world.Columns, Scopes, time);
        var submissions = new SubmissionIndex(world, world.TableIndex, time);
        _living = [entities, submissions];
        Snapshots = new ViewSnapshots(world, world.TableIndex);
        Suggestions = new ColumnSuggestions(world, Scopes);
        new ViewRules(world, Scopes).AddTo(world.FieldRules);
        DefiningRules.AddTo(world.FieldRules);
        foreach (var kind in (string[])[ViewDefinition.EntityView, ViewDefinition.Dataset, ViewDefinition.DatasetCollection])
        {
            world.TableSources.Add(new ViewSource(kind, world, entities, Snapshots));
        }

        world.TableSources.Add(new ViewSource(ViewDefinition.SubmissionView, world, submissions, Snapshots));
    }

    public ViewScopes Scopes { get; }
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

        foreach (var (views, view) in _living.SelectMany(views => views.Followed.Select(view => (views, view))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            views.Refresh(view, cancellationToken);
        }

        _followed = newest;
    }
}

using SynapseFs.Server.Tables.Defining;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Views;

/// <summary>All that stands behind views, datasets and collections, and behind what queries define, wired together.</summary>
internal sealed class ViewKeeper
{
    private readonly SynapseWorld _world;
    private readonly IReadOnlyList<LivingViews> _living;
    private readonly MaterializedIndex _materialized;
    private long _followed = -1;

    public ViewKeeper(SynapseWorld world, TableIndexer tables, TimeProvider time)
    {
        _world = world;
        Scopes = new ViewScopes(world.Database, world.Nodes);
        var entities = new ViewIndex(world, world.TableIndex, world.Columns, Scopes, time);
        var submissions = new SubmissionIndex(world, world.TableIndex, time);
        _living = [entities, submissions];
        Snapshots = new ViewSnapshots(world, world.TableIndex);
        Suggestions = new ColumnSuggestions(world, Scopes);
        new ViewRules(world, Scopes).AddTo(world.FieldRules);
        Defining = new DefiningRules(world, time);
        Defining.AddTo(world.FieldRules);
        foreach (var kind in (string[])[ViewDefinition.EntityView, ViewDefinition.Dataset, ViewDefinition.DatasetCollection])
        {
            world.TableSources.Add(new ViewSource(kind, world, entities, Snapshots));
            world.Tables.Transactions.Add(new ViewTransaction(kind, world, entities, Snapshots, time));
        }

        world.TableSources.Add(new ViewSource(ViewDefinition.SubmissionView, world, submissions, Snapshots));
        world.Tables.Transactions.Add(new ViewTransaction(ViewDefinition.SubmissionView, world, submissions, Snapshots, time));
        var sources = new SourceIndexes(world, world.TableIndex, tables, this);
        _materialized = new MaterializedIndex(world, world.TableIndex, sources, time);
        sources.Materialized = _materialized;
        world.TableSources.Add(new MaterializedSource(world, _materialized, this));
        world.TableSources.Add(new VirtualSource(world, time));
    }

    public ViewScopes Scopes { get; }
    public ViewSnapshots Snapshots { get; }
    public ColumnSuggestions Suggestions { get; }
    public DefiningRules Defining { get; }

    /// <summary>The index tables of views of this kind.</summary>
    public LivingViews Living(string kind) => _living[kind == ViewDefinition.SubmissionView ? 1 : 0];

    /// <summary>Has a view or a snapshot of one in the index. Outside of any transaction.</summary>
    public void Ensure(string kind, TableKey key)
    {
        if (key.Version is null)
        {
            Living(kind).Ensure(key.Id, CancellationToken.None);
        }
        else
        {
            Snapshots.Ensure(key, isOfEntities: kind != ViewDefinition.SubmissionView);
        }
    }

    /// <summary>Those of the benefactors, entities or evaluations, whose rows the caller sees.</summary>
    public IReadOnlyList<long> Readable(Caller caller, IReadOnlyList<long> benefactors) =>
        [.. _living.SelectMany(views => views.Readable(caller, benefactors)).Distinct()];

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

        foreach (var view in _materialized.Followed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _materialized.Refresh(view);
        }

        _followed = newest;
    }
}

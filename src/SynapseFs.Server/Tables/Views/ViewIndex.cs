using System.Collections.Concurrent;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// The index tables of entity views, datasets and collections. A view is built when it is first asked for, or when its columns or its
/// scope are others; from then on it follows the changes of the world, row by row where only rows changed, by comparing what it holds
/// with what it should hold where a container did. Source: TableViewManagerImpl.
/// </summary>
internal sealed class ViewIndex(SynapseWorld world, TableIndex index, ColumnModels columns, ViewScopes scopes, TimeProvider time)
    : LivingViews
{
    /// <summary>With more changes than this at once a view is made anew.</summary>
    private const int MaxChanges = 5000;

    private readonly ConcurrentDictionary<long, ViewState> _states = new();
    private readonly EntityRows _rows = new(world);

    public override IReadOnlyList<long> Followed => [.. _states.Keys];

    public override IReadOnlyList<long> Ensure(long id, CancellationToken cancellationToken)
    {
        var state = _states.GetOrAdd(id, _ => new ViewState());
        lock (state.Gate)
        {
            if (Find(id) is { } view)
            {
                var mark = index.Mark(new TableKey(id, null));
                if (mark?.Columns != view.Fingerprint || state.Fingerprint != view.Fingerprint)
                {
                    state.Fingerprint = null;
                    BuildLocked(state, view, cancellationToken);
                }
            }

            return [.. state.Benefactors];
        }
    }

    public override ViewContent Read(long id, CancellationToken cancellationToken)
    {
        var view = Find(id) ?? throw ServiceException.NotFound($"Resource: '{Rules.EntityIds.Text(id)}' does not exist");
        var members = world.Transact(() => scopes.Members(view.Definition, Containers(view)));
        return new ViewContent(
            view.Definition, view.Columns, _rows.Read(view.Definition, view.Columns, members, new Places(world.Nodes), cancellationToken));
    }

    public override IReadOnlyList<long> Readable(Caller caller, IReadOnlyList<long> benefactors) =>
        world.Acls.Granting(benefactors, caller, Rules.AccessTypes.Read);

    public override void Refresh(long id, CancellationToken cancellationToken)
    {
        if (!_states.TryGetValue(id, out var state))
        {
            return;
        }

        lock (state.Gate)
        {
            if (Find(id) is not { } view)
            {
                _states.TryRemove(id, out _);
                index.Drop(new TableKey(id, null));
                return;
            }

            if (state.Fingerprint != view.Fingerprint)
            {
                // Whoever asks for it next waits until it is made anew.
                return;
            }

            try
            {
                RefreshLocked(state, view, cancellationToken);
            }
            catch (ServiceException)
            {
                // An annotation has no room in its column: the next query tries again and tells.
                state.Fingerprint = null;
            }
        }
    }

    private View? Find(long id) => world.Transact(() =>
    {
        if (world.Nodes.Get(id) is not { } node)
        {
            return null;
        }

        var version = world.Versions.Current(node);
        var definition = ViewDefinition.Of(node.Kind.ShortName, version.Fields);
        return new View(new TableKey(id, null), definition, columns.Of(version), definition.Fingerprint());
    });

    private void BuildLocked(ViewState state, View view, CancellationToken cancellationToken)
    {
        var places = new Places(world.Nodes);
        var (number, containers, members, above) = world.Transact(() =>
        {
            var inScope = Containers(view);
            return (world.Changes.Newest, inScope, scopes.Members(view.Definition, inScope), Above(view));
        });
        var rows = _rows.Read(view.Definition, view.Columns, members, places, cancellationToken);
        world.Transact(() => containers.ToList().ForEach(container => places.Of(container)));
        index.Replace(view.Key, view.Columns, isView: true, rows, Mark(view, number));
        state.Fingerprint = view.Fingerprint;
        state.Number = number;
        state.Places = places.Known;
        state.Watched = [.. containers, .. above];
        state.Rows = [.. rows.Select(row => row.RowId)];
        state.Benefactors = [.. rows.Select(row => row.Benefactor ?? 0)];
    }

    private void RefreshLocked(ViewState state, View view, CancellationToken cancellationToken)
    {
        var (number, changes) = world.Transact(
            () => (world.Changes.Newest, world.Changes.Since(state.Number, ChangeLog.Entity, MaxChanges)));
        if (changes.Count >= MaxChanges)
        {
            BuildLocked(state, view, cancellationToken);
            return;
        }

        var changed = changes.Select(change => change.ObjectId).ToHashSet();
        if (changed.Count > 0)
        {
            var places = new Places(world.Nodes);
            var difference = world.Transact(() => Compare(state, view, changed, places));
            Apply(state, view, difference, places, number, cancellationToken);
        }

        state.Number = number;
    }

    /// <summary>What of the rows is to be read again, and what is to go.</summary>
    private Difference Compare(ViewState state, View view, HashSet<long> changed, Places places)
    {
        var known = state.Places;
        var isOfContainers = changed.Overlaps(state.Watched)
            || world.Database.Number(
                "SELECT EXISTS (SELECT 1 FROM json_each(@0) c JOIN nodes n ON n.id = c.value WHERE n.type IN ('folder', 'project') "
                + "AND n.parent_id IN (SELECT value FROM json_each(@1)))",
                ViewScopes.Json(changed), ViewScopes.Json(known.Keys)) == 1;
        if (!isOfContainers)
        {
            // What left the scope is not read again: it only goes.
            var candidates = view.IsOfScope
                ? changed.Where(id => IsChildOf(id, known)).Select(id => new ViewItem(id, null))
                : scopes.Members(view.Definition, []).Where(item => changed.Contains(item.Id ?? 0));
            return new Difference([.. candidates], [.. changed.Where(state.Rows.Contains)], null, []);
        }

        var containers = Containers(view);
        var members = scopes.Members(view.Definition, containers);
        var all = containers.Union(known.Keys).ToList();
        var moved = all.Where(container => places.Of(container) != known.GetValueOrDefault(container)).ToList();
        var inMoved = world.Database.Query(
            "SELECT n.id FROM json_each(@0) m JOIN nodes n ON n.id = m.value WHERE n.parent_id IN (SELECT value FROM json_each(@1))",
            row => row.GetInt64(0), ViewScopes.Json(members.Select(member => member.Id ?? 0)), ViewScopes.Json(moved)).ToHashSet();
        var there = members.Select(member => member.Id ?? 0).ToHashSet();
        var toRead = members.Where(
            member => member.Id is { } id && (inMoved.Contains(id) || changed.Contains(id) || !state.Rows.Contains(id)));
        var read = toRead.ToList();
        var gone = state.Rows.Where(id => !there.Contains(id)).Concat(read.Select(item => item.Id ?? 0).Where(state.Rows.Contains));
        return new Difference(read, [.. gone], [.. containers], Above(view));
    }

    private void Apply(
        ViewState state, View view, Difference difference, Places places, long number, CancellationToken cancellationToken)
    {
        var rows = _rows.Read(view.Definition, view.Columns, difference.Read, places, cancellationToken);
        if (rows.Count > 0 || difference.Gone.Count > 0)
        {
            index.Apply(view.Key, view.Columns, isView: true, rows, difference.Gone, Mark(view, number));
        }

        state.Rows.ExceptWith(difference.Gone);
        state.Rows.UnionWith(rows.Select(row => row.RowId));
        state.Benefactors.UnionWith(rows.Select(row => row.Benefactor ?? 0));
        if (difference.Containers is { } containers)
        {
            state.Watched = [.. containers, .. difference.Above];
            state.Places = view.IsOfScope ? places.Known.Where(pair => containers.Contains(pair.Key)).ToDictionary() : places.Known;
        }
        else if (!view.IsOfScope)
        {
            state.Places = places.Known.Concat(state.Places).DistinctBy(pair => pair.Key).ToDictionary();
        }
    }

    private bool IsChildOf(long id, IReadOnlyDictionary<long, Place> containers) =>
        world.Nodes.Get(id)?.ParentId is { } parent && containers.ContainsKey(parent);

    private IReadOnlyList<long> Containers(View view) =>
        view.IsOfScope ? scopes.Containers(view.Definition.Scope, ViewRules.MaxContainers) : [];

    // Of items: what they stand in; the items themselves are rows.
    private IReadOnlyList<long> Above(View view)
    {
        if (view.IsOfScope)
        {
            return [.. scopes.Above(view.Definition.Scope).Concat(view.Definition.Scope).Distinct()];
        }

        var members = scopes.Members(view.Definition, []).Select(item => item.Id ?? 0);
        var parents = world.Database.Query(
            "SELECT DISTINCT n.parent_id FROM json_each(@0) i JOIN nodes n ON n.id = i.value WHERE n.parent_id IS NOT NULL",
            row => row.GetInt64(0), ViewScopes.Json(members));
        return [.. scopes.Above(parents).Distinct()];
    }

    private IndexMark Mark(View view, long number) =>
        new(number, IndexMark.NoToken, view.Fingerprint, time.GetUtcNow().ToUnixTimeMilliseconds());

    private sealed record View(TableKey Key, ViewDefinition Definition, IReadOnlyList<ColumnModel> Columns, string Fingerprint)
    {
        /// <summary>Whether the rows are what lies in containers; else they are named one by one.</summary>
        public bool IsOfScope => !Definition.IsOfItems && Definition.Mask != ViewMask.Project;
    }

    /// <param name="Read">Rows to read again.</param>
    /// <param name="Gone">Rows to delete before that: those that are not read again then are gone.</param>
    /// <param name="Containers">The containers of the scope now; null: as before.</param>
    /// <param name="Above">What stands above them.</param>
    private sealed record Difference(
        IReadOnlyList<ViewItem> Read, IReadOnlyList<long> Gone, HashSet<long>? Containers, IReadOnlyList<long> Above);
}

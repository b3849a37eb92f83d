using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.Tables.Queries;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Defining;

/// <summary>
/// The index tables of materialized views: the rows that their defining queries yield from the index tables of their sources. One is
/// made when it is first asked for, and anew when a source's index became another. Source: MaterializedViewManagerImpl.
/// </summary>
internal sealed class MaterializedIndex(SynapseWorld world, TableIndex index, SourceIndexes sources, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, Built> _built = new();

    public IReadOnlyList<long> Followed => [.. _built.Keys];

    /// <summary>Builds the view unless it is there with these columns; outside of any transaction.</summary>
    public Built Ensure(long id)
    {
        var state = _built.GetOrAdd(id, _ => new Built());
        lock (state.Gate)
        {
            var (_, sql) = Find(id);
            if (state.Sql != sql || index.Mark(new TableKey(id, null)) is null)
            {
                BuildLocked(state, id, sql);
            }

            return state;
        }
    }

    /// <summary>Makes the view anew if a source is another by now.</summary>
    public void Refresh(long id)
    {
        if (!_built.TryGetValue(id, out var state))
        {
            return;
        }

        lock (state.Gate)
        {
            if (world.Transact(() => world.Nodes.Get(id)) is null)
            {
                _built.TryRemove(id, out _);
                index.Drop(new TableKey(id, null));
                return;
            }

            var (_, sql) = Find(id);
            if (state.Sql != sql)
            {
                // Whoever asks for it next waits until it is made anew.
                return;
            }

            try
            {
                if (Signature(sql) != state.Signature)
                {
                    BuildLocked(state, id, sql);
                }
            }
            catch (Exception failure) when (failure is ServiceException or IndexMovedException)
            {
                // A source is gone or no longer fits: the next query tries again and tells.
                state.Sql = null;
            }
        }
    }

    private void BuildLocked(Built state, long id, string sql)
    {
        state.Sql = null;
        // Before the rows are read: what changes meanwhile is seen next time.
        var signature = Signature(sql);
        var (node, query, columns) = world.Transact(() =>
        {
            var translated = new SchemaSources(world, time).Translate(sql, isBuild: true);
            var found = world.Nodes.Get(id)!;
            var schema = DefiningQuery.Columns(world, translated);
            DefiningQuery.Bind(world, found, schema);
            return (found, translated, schema);
        });
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var mark = new IndexMark(0, IndexMark.NoToken, string.Join(',', columns.Select(column => column.Id)), now);
        try
        {
            state.Benefactors = index.ReplaceByQuery(
                new TableKey(node.Id, null), columns, query.BenefactorColumns, query.Sql, query.Parameters, mark);
        }
        catch (SqliteException refused) when (refused.SqliteErrorCode == 1)
        {
            // A source has other columns since it was made sure of, or the query asks too much of a value.
            throw new IndexMovedException(
                SqlErrors.RefusedByDatabase($"The defining SQL of {Rules.EntityIds.Text(id)} cannot be run now."));
        }

        (state.BenefactorColumns, state.Columns, state.Signature, state.Sql) = (query.BenefactorColumns, columns, signature, sql);
    }

    // How the indexes of all sources are, after each was made sure of.
    private string Signature(string sql) => string.Join(' ', DefiningQuery.Named(sql).Select(sources.Ensure));

    private (NodeRow Node, string Sql) Find(long id) => world.Transact(() =>
    {
        var node = world.Nodes.Get(id) ?? throw ServiceException.NotFound($"Resource: '{Rules.EntityIds.Text(id)}' does not exist");
        return (node, DefiningQuery.SqlOf(world.Versions.Current(node)) ?? "");
    });

    /// <summary>What is known of a view's index. Guarded by its gate but for readers of what a finished build left.</summary>
    internal sealed class Built
    {
        public Lock Gate { get; } = new();

        /// <summary>The query that the index was made by; null: it is not to be believed.</summary>
        public string? Sql { get; set; }
        public string Signature { get; set; } = "";
        public IReadOnlyList<ColumnModel> Columns { get; set; } = [];
        public IReadOnlyList<string> BenefactorColumns { get; set; } = [];

        /// <summary>All that stand in the rows.</summary>
        public IReadOnlyList<long> Benefactors { get; set; } = [];
    }
}

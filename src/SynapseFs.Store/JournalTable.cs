using Microsoft.Data.Sqlite;
using SynapseFs.Store.Journal;
using SynapseFs.Store.Sqlite;
using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>
/// What is still to be done remotely, beside the nodes in state.db. Synchronous, thread-safe. Every method may throw
/// <see cref="StoreException"/>.
/// </summary>
public sealed class JournalTable : IDisposable
{
    private readonly SqliteFile _file;
    private readonly NodeTable _nodes;
    private readonly WriteAheadLog _log;
    private readonly GroupSync _sync;

    internal JournalTable(SqliteFile file, NodeTable nodes)
    {
        (_file, _nodes) = (file, nodes);
        _log = new WriteAheadLog(file.Path);
        _sync = new GroupSync(_log.Flush);
        // What a killed process committed is still to be read, and perhaps not on the disk yet.
        _sync.Note();
        _file.Rebuilt += _ => Lost();
    }

    /// <summary>How often the log was really written to the disk.</summary>
    internal long Syncs => _log.Flushes;

    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<JournalEntry> ReadEntries() =>
        _file.Run(0, static (session, _) => All(session.Query(JournalSql.Entries), JournalColumns.ReadEntry));

    /// <summary>All deletions, oldest first.</summary>
    public IReadOnlyList<DeletionEntry> ReadDeletions() =>
        _file.Run(0, static (session, _) => All(session.Query(JournalSql.Deletions), JournalColumns.ReadDeletion));

    /// <summary>All calls whose answers are out.</summary>
    public IReadOnlyList<UnansweredCall> ReadUnanswered() =>
        _file.Run(0, static (session, _) => All(session.Query(JournalSql.Unanswered), JournalColumns.ReadUnanswered));

    public StagedRow? FindStaged(long number) =>
        _file.Run(number, static (session, number) =>
            All(session.Query(JournalSql.Staged, number), JournalColumns.ReadStaged).SingleOrDefault());

    /// <summary>
    /// Carries out one transaction and returns the inserted rows with their inodes, in order. It survives the process's death when
    /// this returns, and a power failure after <see cref="SyncAsync"/>.
    /// </summary>
    /// <exception cref="StoreException">NameTaken, NodeGone among others; then nothing has changed.</exception>
    public IReadOnlyList<NodeRow> Apply(StateChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var rows = _file.Transact((Table: this, change), static (session, of) =>
        {
            var change = of.change;
            var rows = of.Table._nodes.ChangeLocked(session, change.Deleted, change.Detached, change.Updated, change.Inserted);
            of.Table.WriteLocked(session, change, rows);
            return rows;
        });
        _sync.Note();
        return rows;
    }

    /// <summary>
    /// Makes all that was applied before the call survive a power failure, in the order of application. Many callers at once share
    /// one write to the disk. Completes at once when there is nothing to do.
    /// </summary>
    /// <exception cref="StoreException">It may be lost. Every later call fails as well, until the directory is opened anew.</exception>
    public ValueTask SyncAsync() => _sync.SyncAsync();

    /// <summary><see cref="SyncAsync"/> for who has nothing else to do meanwhile. Called under no lock.</summary>
    internal void Sync() => SyncAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Runs an action, which must not throw, once all that was applied before is synced; never when that fails.</summary>
    internal void AfterSync(Action action) => _sync.Then(action);

    /// <summary>Before the database goes.</summary>
    public void Dispose()
    {
        _sync.Dispose();
        _log.Dispose();
    }

    private static List<T> All<T>(SqliteDataReader reader, Func<SqliteDataReader, T> read)
    {
        using (reader)
        {
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }
    }

    /// <summary>What goes first, then what comes: something in both stays.</summary>
    private void WriteLocked(SqliteSession session, StateChange change, NodeRow[] inserted)
    {
        foreach (var inode in change.Settled)
            session.Execute(JournalSql.DeleteEntry, (long)inode.Value);
        foreach (var remoteId in change.Undeleted)
            session.Execute(JournalSql.DeleteDeletion, remoteId);
        foreach (var remoteId in change.Answered)
            session.Execute(JournalSql.DeleteUnanswered, remoteId);
        foreach (var number in change.Unstaged)
            session.Execute(JournalSql.DeleteStaged, number);
        foreach (var entry in change.Entries)
        {
            var inode = entry.Inode.Value != 0 ? entry.Inode : inserted.Length > 0
                ? inserted[0].Inode
                : throw new ArgumentException("An entry without an inode belongs to the first row inserted: there is none.", nameof(change));
            if (session.Execute(JournalSql.PutEntry, JournalColumns.ToValues(entry, inode)) == 0)
                throw new StoreException(
                    StoreFailure.NodeGone, $"{_file.Path} has no node {inode} any more, so no change of it can be noted.");
        }
        foreach (var deletion in change.Deletions)
            session.Execute(JournalSql.PutDeletion, JournalColumns.ToValues(deletion));
        foreach (var call in change.Unanswered)
            session.Execute(JournalSql.PutUnanswered, JournalColumns.ToValues(call));
        foreach (var row in change.Staged)
            session.Execute(JournalSql.PutStaged, JournalColumns.ToValues(row));
    }

    /// <summary>The database was replaced by an empty one. Whoever waits for what was in it must hear of it.</summary>
    private void Lost()
    {
        _log.Renew();
        _sync.Lose(new StoreException(
            StoreFailure.Damaged, $"{_file.Path} was damaged and rebuilt before changes in it were safe: unmount, and mount again."));
    }
}

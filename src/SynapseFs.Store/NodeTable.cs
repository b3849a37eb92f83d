using Microsoft.Data.Sqlite;
using SynapseFs.Store.Journal;
using SynapseFs.Store.Nodes;
using SynapseFs.Store.Sqlite;
using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>The tree as remembered, in state.db. Synchronous, thread-safe, short; every method is one transaction.</summary>
/// <remarks>
/// Every method may throw <see cref="StoreException"/>. After Damaged the table is empty but for the root, inode numbers go on above the
/// old ones, and the next call works again.
/// </remarks>
public sealed class NodeTable
{
    /// <summary>
    /// NORMAL: nothing in the file breaks when the power fails, the last transactions may be missing, and everything learnt can be asked
    /// for again. What cannot, the journal, syncs the log by itself, one write for many changes: <see cref="JournalTable.SyncAsync"/>.
    /// </summary>
    private const string Synchronous = "NORMAL";

    /// <summary>Children in one page: half a megabyte as rows, and most directories are one.</summary>
    public const int ChildrenPage = 512;

    private readonly SqliteFile _file;
    private readonly UnreadSnapshots _unread = new();
    private NodeRow? _root;
    private long _lastInode;
    private long _version;

    internal NodeTable(SqliteFile file)
    {
        _file = file;
        _file.Rebuilt += RestoreRoot;
        // The kernel that held them is gone.
        _lastInode = _file.Transact(0, static (session, _) =>
        {
            session.Execute(NodeSql.DeleteDetached);
            return session.Number(NodeSql.LastInode) ?? 1;
        });
    }

    internal static SqliteLayout Layout { get; } = new("state", Synchronous, 8 * 1024, Probe);

    /// <summary>
    /// Moves with every change of rows, other than when a directory was listed: what was read of them stays true as long as it stands still.
    /// </summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>How many rows there are, for a person to read.</summary>
    public long Count => _file.Run(0, static (session, _) => session.Number(NodeSql.Count) ?? 0);

    /// <summary>The row, detached or not; null when there is none.</summary>
    public NodeRow? Get(InodeNumber inode) =>
        _file.Run(inode, static (session, inode) => One(session.Query(NodeSql.ByInode, (long)inode.Value)));

    /// <summary>The attached row of that name, or null. Names compare exactly.</summary>
    public NodeRow? Find(InodeNumber parent, string name) =>
        _file.Run((parent, name), static (session, of) => One(session.Query(NodeSql.ByName, (long)of.parent.Value, of.name)));

    /// <summary>All attached children, by name.</summary>
    public IReadOnlyList<NodeRow> GetChildren(InodeNumber parent) => GetChildren(parent, string.Empty, int.MaxValue);

    /// <summary>The first attached children behind this name (all are behind the empty one), by name, at most so many.</summary>
    public IReadOnlyList<NodeRow> GetChildren(InodeNumber parent, string after, int most) =>
        _file.Run((parent, after, most), static (session, of) =>
            All(session.Query(NodeSql.ByParent, (long)of.parent.Value, of.after, (long)of.most)));

    /// <summary>
    /// All attached children, by name, read a page at a time so that a large directory takes no more memory than a small one. Each page is one
    /// transaction: who wants all of one moment sees to it that the directory does not change meanwhile.
    /// </summary>
    public IEnumerable<NodeRow> EnumerateChildren(InodeNumber parent)
    {
        var after = string.Empty;
        while (true)
        {
            var page = GetChildren(parent, after, ChildrenPage);
            foreach (var row in page)
                yield return row;
            if (page.Count < ChildrenPage)
                yield break;
            after = page[^1].Name;
        }
    }

    /// <summary>What they are called now, whenever they are looked at; costs nothing as long as nobody does and nothing changes.</summary>
    public ChildrenSnapshot SnapshotChildren(InodeNumber parent) => new(parent, _file, _unread);

    /// <summary>All rows, attached or not, of one remote thing.</summary>
    public IReadOnlyList<NodeRow> FindRemote(string kind, string remoteId) =>
        _file.Run((kind, remoteId), static (session, of) => All(session.Query(NodeSql.ByRemote, of.remoteId, of.kind)));

    /// <summary>
    /// Attached rows of remote things whose content has this MD5 (32 lower-case hex digits) and length in bytes, last described first, at
    /// most 4.
    /// </summary>
    public IReadOnlyList<NodeRow> FindByMd5(string md5, long length) =>
        _file.Run((md5, length), static (session, of) => All(session.Query(NodeSql.ByMd5, of.md5, of.length)));

    /// <summary>All rows, attached or not, of whatever the remote side calls so.</summary>
    public IReadOnlyList<NodeRow> FindRemote(string remoteId) =>
        _file.Run(remoteId, static (session, remoteId) => All(session.Query(NodeSql.ByRemoteId, remoteId)));

    /// <summary>Adds a row under a new inode and returns it.</summary>
    /// <exception cref="StoreException">NameTaken, when an attached row of that directory has the name.</exception>
    public NodeRow Insert(NodeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return _file.Transact((Table: this, row), static (session, of) => of.Table.Moved(of.Table.InsertLocked(of.Table.Moving(session), of.row)));
    }

    /// <summary>Replaces everything of the row with this inode, details included. Nothing happens when it is gone.</summary>
    /// <exception cref="StoreException">NameTaken, when another attached row of that directory has the name.</exception>
    public void Update(NodeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        _file.Run((Table: this, row), static (session, of) => of.Table.Moved(UpdateLocked(of.Table.Moving(session), of.row)));
    }

    /// <summary>Remembers or, with null, forgets what a call of its own has found out.</summary>
    public void SetDetails(InodeNumber inode, NodeDetails? details) =>
        _file.Run((Table: this, inode, details), static (session, of) =>
            of.Table.Moved(of.Table.Moving(session).Execute(NodeSql.SetDetails, NodeColumns.ToValues(of.inode, of.details))));

    /// <summary>Remembers details of many at once.</summary>
    public void SetDetails(IReadOnlyList<KeyValuePair<InodeNumber, NodeDetails>> details) =>
        _file.Transact((Table: this, details), static (session, of) =>
        {
            of.Table.Moving(session);
            foreach (var (inode, one) in of.details)
                session.Execute(NodeSql.SetDetails, NodeColumns.ToValues(inode, one));
            return of.Table.Moved(of.details.Count);
        });

    /// <summary>When the directory's full listing was last confirmed; null: not any more.</summary>
    public void SetListed(InodeNumber directory, DateTimeOffset? listedOn) =>
        _file.Run((directory, listedOn), static (session, of) =>
            session.Execute(NodeSql.SetListed, (long)of.directory.Value, of.listedOn?.UtcTicks));

    /// <summary>
    /// One listing's differences in one transaction: removed rows go with all their descendants, detached ones lose their name,
    /// then updated rows take their (possibly exchanged) names, then the new ones come. Returns these with their inodes, in order.
    /// </summary>
    public IReadOnlyList<NodeRow> ApplyListing(
        InodeNumber directory,
        IReadOnlyList<NodeRow> inserted,
        IReadOnlyList<NodeRow> updated,
        IReadOnlyList<InodeNumber> removed,
        IReadOnlyList<InodeNumber> detached,
        DateTimeOffset listedOn) =>
        _file.Transact((Table: this, directory, inserted, updated, removed, detached, listedOn), static (session, of) =>
        {
            var rows = of.Table.ChangeLocked(session, of.removed, of.detached, of.updated, of.inserted);
            session.Execute(NodeSql.SetListed, (long)of.directory.Value, of.listedOn.UtcTicks);
            return rows;
        });

    /// <summary>Takes the row's name away; it stays until <see cref="Delete"/> or the next start. The root stays attached.</summary>
    public void Detach(InodeNumber inode) =>
        _file.Run((Table: this, inode), static (session, of) => of.Table.Moved(of.Table.Moving(session).Execute(NodeSql.Detach, (long)of.inode.Value)));

    /// <summary>Deletes the row and its descendants. The root stays, without children.</summary>
    public void Delete(InodeNumber inode) =>
        _file.Run((Table: this, inode), static (session, of) => of.Table.Moved(of.Table.Moving(session).Execute(NodeSql.Delete, (long)of.inode.Value)));

    /// <summary>
    /// Makes sure that inode 1 is this remote thing and returns its row. A root remembered for another one is forgotten with its
    /// whole tree.
    /// </summary>
    /// <exception cref="StoreException">Unsent: another one's changes are still to be sent. Nothing is forgotten.</exception>
    public NodeRow EnsureRoot(NodeRow root)
    {
        ArgumentNullException.ThrowIfNull(root);
        root = root with { Inode = InodeNumber.Root, Parent = InodeNumber.Root, Name = "", IsDetached = false };
        var present = _file.Transact((Table: this, root, _file.Path), static (session, of) =>
        {
            var known = One(session.Query(NodeSql.ByInode, (long)InodeNumber.Root.Value));
            if (known is not null && known.Kind == of.root.Kind && known.RemoteId == of.root.RemoteId)
                return known;
            if (session.Number(JournalSql.Unsent) is > 0 and var unsent)
                throw OfAnotherMount(of.Path, unsent);
            of.Table.Moving(session).Execute(NodeSql.DeleteAll);
            session.Execute(NodeSql.Insert, NodeColumns.ToValues(of.root, (long)InodeNumber.Root.Value));
            return of.root;
        });
        _root = root;
        return Moved(present);
    }

    /// <summary>
    /// Removed rows go with all their descendants, detached ones lose their name, then updated rows take their (possibly exchanged)
    /// names, then the new ones come. Returns these with their inodes, in order.
    /// </summary>
    internal NodeRow[] ChangeLocked(
        SqliteSession session,
        IReadOnlyList<InodeNumber> removed,
        IReadOnlyList<InodeNumber> detached,
        IReadOnlyList<NodeRow> updated,
        IReadOnlyList<NodeRow> inserted)
    {
        Moving(session);
        foreach (var inode in removed)
            session.Execute(NodeSql.Delete, (long)inode.Value);
        foreach (var inode in detached)
            session.Execute(NodeSql.Detach, (long)inode.Value);
        // First all let go of their names, so that two rows can exchange theirs.
        foreach (var row in updated)
            session.Execute(NodeSql.Detach, (long)row.Inode.Value);
        foreach (var row in updated)
            UpdateLocked(session, row);
        var rows = new NodeRow[inserted.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = InsertLocked(session, inserted[i]);
        return Moved(rows);
    }

    private static StoreException OfAnotherMount(string path, long unsent) => new(
        StoreFailure.Unsent,
        $"The cache directory {Path.GetDirectoryName(path)} holds {unsent} unsent {(unsent == 1 ? "change" : "changes")} of another mount: "
        + "mount that one, or use another --cache-dir.");

    private static NodeRow? One(SqliteDataReader reader)
    {
        using (reader)
            return reader.Read() ? NodeColumns.Read(reader) : null;
    }

    private static List<NodeRow> All(SqliteDataReader reader)
    {
        using (reader)
        {
            var rows = new List<NodeRow>();
            while (reader.Read())
                rows.Add(NodeColumns.Read(reader));
            return rows;
        }
    }

    private static int UpdateLocked(SqliteSession session, NodeRow row) =>
        session.Execute(NodeSql.Update, NodeColumns.ToValues(row, (long)row.Inode.Value));

    private static void Probe(SqliteSession session)
    {
        One(session.Query(NodeSql.ByInode, (long)InodeNumber.Root.Value));
        if (session.Number(NodeSql.LastInode) is null)
            throw new DamagedDatabaseException("the count of its inodes is missing");
    }

    // Before each change of rows.
    private SqliteSession Moving(SqliteSession session)
    {
        _unread.Read(session);
        return session;
    }

    // Under the database's lock, so that nobody reads in between.
    private T Moved<T>(T result)
    {
        Interlocked.Increment(ref _version);
        return result;
    }

    private NodeRow InsertLocked(SqliteSession session, NodeRow row)
    {
        session.Execute(NodeSql.Insert, NodeColumns.ToValues(row with { IsDetached = false }, null));
        var inode = session.Number("SELECT last_insert_rowid()") ?? 0;
        _lastInode = inode;
        return row with { Inode = new InodeNumber((ulong)inode), IsDetached = false };
    }

    /// <summary>A kernel still holds the old numbers: none may come to mean something else.</summary>
    private void RestoreRoot(SqliteSession session)
    {
        Moved(session.Execute(NodeSql.SetLastInode, _lastInode));
        if (_root is not null)
            session.Execute(NodeSql.InsertIfMissing, NodeColumns.ToValues(_root, (long)InodeNumber.Root.Value).AsSpan(0, 8));
    }
}

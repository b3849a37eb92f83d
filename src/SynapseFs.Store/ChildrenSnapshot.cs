using SynapseFs.Store.Nodes;
using SynapseFs.Store.Sqlite;
using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>
/// The attached children of a directory as they were when this was made. They are read when they are first looked at or, whichever comes
/// first, right before any row changes.
/// </summary>
public sealed class ChildrenSnapshot : IDisposable
{
    private readonly InodeNumber _parent;
    private readonly SqliteFile _file;
    private readonly UnreadSnapshots _unread;

    // Written under the database's lock only.
    private IReadOnlyList<NodeRow>? _rows;

    internal ChildrenSnapshot(InodeNumber parent, SqliteFile file, UnreadSnapshots unread)
    {
        (_parent, _file, _unread) = (parent, file, unread);
        unread.Add(this);
    }

    /// <summary>By name.</summary>
    /// <exception cref="StoreException">They could not be read.</exception>
    public IReadOnlyList<NodeRow> Rows => _rows ?? _file.Run(this, static (session, one) =>
    {
        one._unread.Remove(one);
        one.ReadLocked(session);
        return one._rows!;
    });

    /// <summary>Nobody will look any more.</summary>
    public void Dispose() => _unread.Remove(this);

    internal void ReadLocked(SqliteSession session) =>
        _rows ??= NodeTable.All(session.Query(NodeSql.ByParent, (long)_parent.Value));
}

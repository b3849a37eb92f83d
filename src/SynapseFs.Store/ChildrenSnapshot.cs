using SynapseFs.Store.Nodes;
using SynapseFs.Store.Sqlite;
using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>
/// The names of the attached children of a directory as they were when this was made. They are read when they are first looked at or, whichever comes
/// first, right before any row changes.
/// </summary>
public sealed class ChildrenSnapshot : IDisposable
{
    private readonly InodeNumber _parent;
    private readonly SqliteFile _file;
    private readonly UnreadSnapshots _unread;

    // Written under the database's lock only.
    private IReadOnlyList<ChildName>? _names;

    internal ChildrenSnapshot(InodeNumber parent, SqliteFile file, UnreadSnapshots unread)
    {
        (_parent, _file, _unread) = (parent, file, unread);
        unread.Add(this);
    }

    /// <summary>By name.</summary>
    /// <exception cref="StoreException">They could not be read.</exception>
    public IReadOnlyList<ChildName> Names => _names ?? _file.Run(this, static (session, one) =>
    {
        one._unread.Remove(one);
        one.ReadLocked(session);
        return one._names!;
    });

    /// <summary>Nobody will look any more.</summary>
    public void Dispose() => _unread.Remove(this);

    internal void ReadLocked(SqliteSession session)
    {
        if (_names is not null)
            return;
        var names = new List<ChildName>();
        using (var reader = session.Query(NodeSql.NamesByParent, (long)_parent.Value))
        {
            var row = new RowValues(reader);
            while (reader.Read())
                names.Add(new ChildName(new InodeNumber((ulong)row.Number(0)), row.Text(1), row.Text(2)));
        }

        _names = names;
    }
}

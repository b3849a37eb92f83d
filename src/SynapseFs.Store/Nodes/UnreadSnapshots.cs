using SynapseFs.Store.Sqlite;

namespace SynapseFs.Store.Nodes;

/// <summary>The snapshots of a table that are still to be read. Its lock is a leaf, below the database's.</summary>
internal sealed class UnreadSnapshots
{
    private readonly Lock _lock = new();
    private readonly HashSet<ChildrenSnapshot> _unread = [];

    public void Add(ChildrenSnapshot snapshot)
    {
        lock (_lock)
            _unread.Add(snapshot);
    }

    public void Remove(ChildrenSnapshot snapshot)
    {
        lock (_lock)
            _unread.Remove(snapshot);
    }

    /// <summary>Reads all of them, as something is about to change. Under the database's lock.</summary>
    public void Read(SqliteSession session)
    {
        ChildrenSnapshot[] unread;
        lock (_lock)
        {
            if (_unread.Count == 0)
                return;
            unread = [.. _unread];
            _unread.Clear();
        }

        foreach (var snapshot in unread)
            snapshot.ReadLocked(session);
    }
}

using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// How often the kernel has been given each inode and not yet forgotten it, and which of these have lost their name. The root is
/// never forgotten. Its lock is a leaf.
/// </summary>
internal sealed class InodeReferences
{
    // Below so many the room is not worth giving back.
    private const int SmallRoom = 4096;
    private const int RoomPart = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<InodeNumber, ulong> _counts = [];
    private readonly HashSet<InodeNumber> _detached = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _counts.Count;
        }
    }

    /// <summary>For how many there is room.</summary>
    public int Capacity
    {
        get
        {
            lock (_lock)
                return _counts.Capacity;
        }
    }

    public void Add(InodeNumber inode)
    {
        lock (_lock)
            _counts[inode] = _counts.GetValueOrDefault(inode) + 1;
    }

    public bool Holds(InodeNumber inode)
    {
        if (inode == InodeNumber.Root)
            return true;
        lock (_lock)
            return _counts.ContainsKey(inode);
    }

    /// <summary>Whether the row must stay behind without its name because the kernel holds the inode.</summary>
    public bool TryDetach(InodeNumber inode)
    {
        lock (_lock)
        {
            if (!_counts.ContainsKey(inode))
                return false;
            _detached.Add(inode);
            return true;
        }
    }

    /// <summary>The row has a name again.</summary>
    public void Attach(InodeNumber inode)
    {
        lock (_lock)
            _detached.Remove(inode);
    }

    /// <summary>Gives references back; true when none is left and the row had lost its name, so that it can go.</summary>
    public bool Forget(InodeNumber inode, ulong lookups)
    {
        lock (_lock)
        {
            if (!_counts.TryGetValue(inode, out var count))
                return false;
            if (count > lookups)
            {
                _counts[inode] = count - lookups;
                return false;
            }

            _counts.Remove(inode);
            if (_counts.Capacity > SmallRoom && _counts.Count < _counts.Capacity / RoomPart)
                _counts.TrimExcess(2 * _counts.Count);
            return _detached.Remove(inode);
        }
    }
}

using SynapseFs.Vfs;

namespace SynapseFs.Testing.PowerCuts;

/// <summary>
/// Which names are on the medium. As with a journalling filesystem, names come there in the order in which they were changed, and
/// syncing anything brings all of them. Not thread-safe.
/// </summary>
internal sealed class DurableNames
{
    private readonly Queue<NameChange> _since = new();

    // The children of each directory; a file has none.
    private readonly Dictionary<InodeNumber, Dictionary<string, InodeNumber>> _directories = new() { [InodeNumber.Root] = [] };

    public void Add(NameChange change) => _since.Enqueue(change);

    public void Sync() => Apply(_since.Count);

    /// <summary>A power failure: of the changes since the last sync the first few are left.</summary>
    public void Cut(Random random)
    {
        Apply(random.Next(_since.Count + 1));
        _since.Clear();
    }

    /// <summary>Paths in an order in which directories come before what is in them; the inode of a file, null for a directory.</summary>
    public IEnumerable<(string Path, InodeNumber? File)> Paths() => PathsIn(InodeNumber.Root, "");

    private IEnumerable<(string Path, InodeNumber? File)> PathsIn(InodeNumber directory, string prefix)
    {
        foreach (var (name, inode) in _directories[directory])
        {
            var path = prefix + name;
            yield return (path, _directories.ContainsKey(inode) ? null : inode);
            if (!_directories.ContainsKey(inode))
                continue;
            foreach (var below in PathsIn(inode, path + "/"))
                yield return below;
        }
    }

    private void Apply(int count)
    {
        for (; count > 0; count--)
        {
            var change = _since.Dequeue();
            foreach (var (parent, name) in change.Gone)
                _directories[parent].Remove(name);
            foreach (var (parent, name, inode, isDirectory) in change.Come)
            {
                _directories[parent][name] = inode;
                if (isDirectory)
                    _directories.TryAdd(inode, []);
            }
        }
    }
}

/// <summary>One change of names, done as a whole or not at all.</summary>
internal sealed record NameChange(
    IReadOnlyList<(InodeNumber Parent, string Name)> Gone,
    IReadOnlyList<(InodeNumber Parent, string Name, InodeNumber Inode, bool IsDirectory)> Come);

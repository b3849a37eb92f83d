using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>A file that the acting program has open.</summary>
internal sealed record OpenSlot(HandleNumber Handle, InodeNumber Inode, OpenMode Mode)
{
    public bool Reads => Mode.HasFlag(OpenMode.Read);

    public bool Writes => Mode.HasFlag(OpenMode.Write);
}

/// <summary>What a kernel keeps: the files that are open, and how often each inode was given out.</summary>
internal sealed class KernelTables
{
    private readonly Dictionary<InodeNumber, ulong> _lookups = [];

    public SortedDictionary<int, OpenSlot> Open { get; } = [];

    public void Count(in Entry entry) =>
        _lookups[entry.Attributes.Inode] = _lookups.GetValueOrDefault(entry.Attributes.Inode) + 1;

    /// <summary>Gives back every inode of which no file is open.</summary>
    public void ForgetUnused(IFileSystem fileSystem)
    {
        var used = Open.Values.Select(slot => slot.Inode).ToHashSet();
        foreach (var (inode, lookups) in _lookups.Where(entry => !used.Contains(entry.Key)).ToList())
        {
            fileSystem.Forget(inode, lookups);
            _lookups.Remove(inode);
        }
    }

    public void Clear()
    {
        Open.Clear();
        _lookups.Clear();
    }
}

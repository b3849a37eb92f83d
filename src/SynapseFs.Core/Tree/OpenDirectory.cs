using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// An open directory. Its listing is frozen when its beginning is read, and again at each return to it; a cookie is the index of the next
/// name, so it stays good in between.
/// </summary>
/// <param name="inode">The directory.</param>
/// <param name="version">Of the table when it was opened.</param>
/// <param name="told">
/// For a directory whose names the kernel holds already: its children as they are now. The kernel may lose its names halfway and go on here.
/// </param>
internal sealed class OpenDirectory(InodeNumber inode, long version, ChildrenSnapshot? told)
{
    public InodeNumber Inode { get; } = inode;

    /// <summary>As long as the table has this version, the rows are so still.</summary>
    public long Version { get; private set; } = version;

    /// <summary>The listing; null before its beginning was read.</summary>
    public IReadOnlyList<NodeRow>? Rows { get; private set; }

    /// <summary>What is read where the kernel goes on with what it was told when the directory was opened.</summary>
    public ChildrenSnapshot? Told { get; private set; } = told;

    public void Begin(IReadOnlyList<NodeRow> rows, long version)
    {
        (Rows, Version) = (rows, version);
        Close();
    }

    /// <summary>Nobody reads on where the kernel's names end.</summary>
    public void Close()
    {
        Told?.Dispose();
        Told = null;
    }
}

using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>A listing frozen at open. A cookie is the index of the next name, so it stays good while the directory is open.</summary>
/// <param name="inode">The directory.</param>
/// <param name="rows">Its children as they were.</param>
/// <param name="version">Of the table when they were read: as long as it is that, they are so still.</param>
internal sealed class OpenDirectory(InodeNumber inode, IReadOnlyList<NodeRow> rows, long version)
{
    public InodeNumber Inode { get; } = inode;

    public IReadOnlyList<NodeRow> Rows { get; } = rows;

    public long Version { get; } = version;
}

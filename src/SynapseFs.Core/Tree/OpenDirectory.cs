using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// A listing frozen at open and at each return to its beginning. A cookie is the index of the next name, so it stays good in between.
/// </summary>
/// <param name="inode">The directory.</param>
/// <param name="rows">Its children as they are.</param>
/// <param name="version">Of the table when they were read.</param>
internal sealed class OpenDirectory(InodeNumber inode, IReadOnlyList<NodeRow> rows, long version)
{
    public InodeNumber Inode { get; } = inode;

    public IReadOnlyList<NodeRow> Rows { get; private set; } = rows;

    /// <summary>As long as the table has this version, the rows are so still.</summary>
    public long Version { get; private set; } = version;

    /// <summary>Whether any row was given since they were read: from the beginning again, it is read anew.</summary>
    public bool IsBegun { get; set; }

    public void Renew(IReadOnlyList<NodeRow> rows, long version) => (Rows, Version, IsBegun) = (rows, version, false);
}

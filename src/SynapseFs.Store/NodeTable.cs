using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>The tree as remembered. Synchronous, thread-safe, short; every method is one transaction.</summary>
public sealed class NodeTable
{
    internal NodeTable()
    {
    }

    /// <summary>The row, detached or not; null when there is none.</summary>
    public NodeRow? Get(InodeNumber inode) => throw new NotSupportedException();

    /// <summary>The attached row of that name, or null. Names compare exactly.</summary>
    public NodeRow? Find(InodeNumber parent, string name) => throw new NotSupportedException();

    /// <summary>All attached children, by name.</summary>
    public IReadOnlyList<NodeRow> GetChildren(InodeNumber parent) => throw new NotSupportedException();

    /// <summary>All rows, attached or not, of one remote thing.</summary>
    public IReadOnlyList<NodeRow> FindRemote(string kind, string remoteId) => throw new NotSupportedException();

    /// <summary>How many rows there are, for a person to read.</summary>
    public long Count => throw new NotSupportedException();

    /// <summary>Adds a row under a new inode and returns it.</summary>
    public NodeRow Insert(NodeRow row) => throw new NotSupportedException();

    /// <summary>Replaces everything of the row with this inode, details included. Nothing happens when it is gone.</summary>
    public void Update(NodeRow row) => throw new NotSupportedException();

    public void SetDetails(InodeNumber inode, NodeDetails? details) => throw new NotSupportedException();

    /// <summary>When the directory's full listing was last confirmed.</summary>
    public void SetListed(InodeNumber directory, DateTimeOffset? listedOn) => throw new NotSupportedException();

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
        DateTimeOffset listedOn) => throw new NotSupportedException();

    /// <summary>Takes the row's name away; it stays until <see cref="Delete"/> or the next start.</summary>
    public void Detach(InodeNumber inode) => throw new NotSupportedException();

    /// <summary>Deletes the row and its descendants.</summary>
    public void Delete(InodeNumber inode) => throw new NotSupportedException();

    /// <summary>
    /// Makes sure that inode 1 is this remote thing and returns its row. A root remembered for another one is forgotten with its
    /// whole tree.
    /// </summary>
    public NodeRow EnsureRoot(NodeRow root) => throw new NotSupportedException();
}

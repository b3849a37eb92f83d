using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>Finds the node that a symbolic link's text leads to, without leaving the mount.</summary>
internal sealed class LinkWalk(NodeTree tree, TreeChanges changes, string? mountpoint)
{
    /// <summary>The node, or null when the text leads out of the mount or to nothing.</summary>
    /// <param name="directory">The link's own directory.</param>
    /// <param name="target">Relative to it, or absolute and below the mountpoint.</param>
    public async Task<NodeRow?> FollowAsync(InodeNumber directory, string target, CancellationToken cancellationToken)
    {
        NodeRow? at = changes.Require(directory);
        if (target.StartsWith('/'))
        {
            if (LinkTarget.BelowMountpoint(target, mountpoint) is not { } below)
                return null;
            (target, at) = (below, changes.Require(InodeNumber.Root));
        }

        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            if (at is null || changes.ProviderOf(at).Type != NodeType.Directory || (part == ".." && at.Inode == InodeNumber.Root))
                return null;
            at = part == ".." ? changes.Require(at.Parent) : await tree.FindAsync(at, part, cancellationToken);
        }

        return at;
    }
}

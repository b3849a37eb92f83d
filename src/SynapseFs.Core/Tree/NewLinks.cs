using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>Where symbolic links lead that the remote side does not have yet.</summary>
internal sealed class NewLinks(NodeTable nodes)
{
    /// <summary>What the link leads to; null while nothing known stands there.</summary>
    public NodeRow? TargetOf(JournalEntry entry, NodeRow link)
    {
        if (entry.LinkTo is { } known)
            return nodes.Get(known);
        if (link.Details?.LinkTarget is not ['/', .. var path])
            return null;
        var at = nodes.Get(InodeNumber.Root);
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = at is null ? null : nodes.Find(at.Inode, part);
        return at;
    }
}

using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;

namespace SynapseFs.Core.Sending;

/// <summary>
/// Texts that the remote side understands (<see cref="Providers.NodeProvider.IsUnderstood"/>) and does not have yet, by the thing that they
/// are about. What they say shows elsewhere only once they are sent, so they go before what is said of the thing in other ways.
/// </summary>
internal sealed class WaitingTexts(TreeChanges changes, Journal journal, NodeTable nodes)
{
    /// <summary>Those about the same remote thing as another node, that node itself left out.</summary>
    public IEnumerable<NodeRow> About(NodeRow row)
    {
        if (row.IsLocal || journal.IsEmpty)
            return [];
        return changes.ProviderOf(row).NodesOf(RowMapping.ToNode(row)).Where(id => id != row.RemoteId).SelectMany(nodes.FindRemote)
            .Where(other => !other.IsDetached && journal.Find(other.Inode)?.Staged is not null && changes.ProviderOf(other).IsUnderstood);
    }
}

using SynapseFs.Core.Sending;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>The remote thing behind a node: which it is, how it was last known, and where the remote side has it.</summary>
/// <param name="Sent">Attempts at it whose answers are still out.</param>
/// <param name="Xattrs">Extended attributes that it is to get.</param>
internal sealed record Identity(
    string RemoteId, string Kind, string? Revision, ContentKey? Content, NodeDetails? Details, InodeNumber Parent, string RemoteParent,
    string Name, SentMark? Sent, XattrChanges Xattrs)
{
    public static Identity Of(DeletionEntry deletion) => new(
        deletion.RemoteId, deletion.Kind, deletion.Revision, deletion.Content, null, deletion.Parent, deletion.RemoteParent, deletion.Name,
        null, XattrChanges.None);
}

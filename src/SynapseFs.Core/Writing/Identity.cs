using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>The remote thing behind a node: which it is, how it was last known, and where the remote side has it.</summary>
/// <param name="MayBeElsewhere">Whether a call of ours without an answer may have put it elsewhere.</param>
/// <param name="Xattrs">Extended attributes that it is to get.</param>
internal sealed record Identity(
    string RemoteId, string Kind, string? Revision, ContentKey? Content, NodeDetails? Details, InodeNumber Parent, string RemoteParent,
    string Name, bool MayBeElsewhere, XattrChanges Xattrs)
{
    public static Identity Of(DeletionEntry deletion, bool mayBeElsewhere) => new(
        deletion.RemoteId, deletion.Kind, deletion.Revision, deletion.Content, null, deletion.Parent, deletion.RemoteParent, deletion.Name,
        mayBeElsewhere, XattrChanges.None);

    /// <summary>Whether it is certainly at that place.</summary>
    public bool IsAt(string directory, string name) => !MayBeElsewhere && RemoteParent == directory && Name == name;
}

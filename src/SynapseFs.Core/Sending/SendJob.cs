using SynapseFs.Core.Providers;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Writing;
using SynapseFs.Store;

namespace SynapseFs.Core.Sending;

/// <summary>One entry on its way, as it was when it set out.</summary>
/// <param name="Directory">Its directory, which exists remotely.</param>
/// <param name="Place">Where it is to be; null when its place does not change.</param>
/// <param name="File">The file, for files.</param>
/// <param name="Staged">The frozen content; null when the content does not change.</param>
internal sealed record SendJob(
    JournalEntry Entry, NodeRow Row, NodeRow Directory, NodePlace? Place, FileInUse? File, StagedContent? Staged)
{
    public bool IsNew => Row.IsLocal;

    /// <summary>Extended attributes, which go by themselves and after everything else: so a refusal is about one thing only.</summary>
    public XattrChanges Xattrs => Entry.IsXattrsOnly && !IsNew && Place is null ? Entry.Xattrs : XattrChanges.None;
}

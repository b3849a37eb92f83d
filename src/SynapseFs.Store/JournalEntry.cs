using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>
/// One node that is here otherwise than remotely. What is wanted stands in the node's row; what the remote side has, as far as it
/// differs, stands here. So any number of changes of one node are one entry.
/// </summary>
public sealed record JournalEntry
{
    /// <summary>The node. 0 in a <see cref="StateChange"/>: the first row that the same change inserts.</summary>
    public InodeNumber Inode { get; init; }

    /// <summary>Orders entries and deletions by when they were first accepted.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Nothing of it exists remotely: the row has no remote id.</summary>
    public bool IsNew { get; init; }

    /// <summary>Where the remote side has it: the directory's remote id. Null when the place did not change, and for what is new.</summary>
    public string? RemoteParent { get; init; }

    /// <summary>The shown name that goes with <see cref="RemoteParent"/>.</summary>
    public string? RemoteName { get; init; }

    /// <summary>The revision that the change was made from; null for what is new.</summary>
    public string? BaseRevision { get; init; }

    /// <summary>The content that the new content replaces; null when there was none.</summary>
    public ContentKey? BaseContent { get; init; }

    /// <summary>The staged content to be sent; null when the content did not change.</summary>
    public long? Staged { get; init; }

    /// <summary>
    /// The engine's mark of the content that was last on its way, with its remote id: it need not be sent again, and what was made with it
    /// is ours, though no answer came.
    /// </summary>
    public string? SentContent { get; init; }

    /// <summary>For a new symbolic link: the node that it leads to. Null when the row's link target names something remote.</summary>
    public InodeNumber? LinkTo { get; init; }

    /// <summary>Extended attributes that are wanted otherwise than the remote side has them.</summary>
    public XattrChanges Xattrs { get; init; } = XattrChanges.None;

    /// <summary>What is remembered of how the staged content came about, in the words of whoever watches that; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Whether nothing is left that could be sent.</summary>
    public bool IsDone => !IsNew && RemoteParent is null && Staged is null && Xattrs.IsEmpty;

    /// <summary>Whether all that is left are extended attributes.</summary>
    public bool IsXattrsOnly => !Xattrs.IsEmpty && !IsNew && RemoteParent is null && Staged is null;
}

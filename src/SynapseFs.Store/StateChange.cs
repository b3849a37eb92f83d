using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>
/// Rows and journal changed in one transaction, in this order: removed and detached rows lose their names, then updated ones take
/// theirs (possibly exchanged), then new ones come; then the journal.
/// </summary>
public sealed record StateChange
{
    /// <summary>Rows that go, with all their descendants.</summary>
    public IReadOnlyList<InodeNumber> Deleted { get; init; } = [];

    /// <summary>Rows that lose their name and stay until the kernel forgets them.</summary>
    public IReadOnlyList<InodeNumber> Detached { get; init; } = [];

    public IReadOnlyList<NodeRow> Updated { get; init; } = [];

    public IReadOnlyList<NodeRow> Inserted { get; init; } = [];

    /// <summary>Entries added or replaced, by inode.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; init; } = [];

    /// <summary>Nodes whose entry is done with.</summary>
    public IReadOnlyList<InodeNumber> Settled { get; init; } = [];

    /// <summary>Deletions added or replaced, by remote id.</summary>
    public IReadOnlyList<DeletionEntry> Deletions { get; init; } = [];

    /// <summary>Remote ids whose deletion is done with or taken back.</summary>
    public IReadOnlyList<string> Undeleted { get; init; } = [];

    /// <summary>Calls that are about to be made.</summary>
    public IReadOnlyList<UnansweredCall> Unanswered { get; init; } = [];

    /// <summary>Remote ids about which an answer came: nothing about them is open any more.</summary>
    public IReadOnlyList<string> Answered { get; init; } = [];

    /// <summary>Staged contents added or replaced, by number.</summary>
    public IReadOnlyList<StagedRow> Staged { get; init; } = [];

    /// <summary>Staged contents no longer needed. Their files are the caller's to delete, afterwards.</summary>
    public IReadOnlyList<long> Unstaged { get; init; } = [];
}

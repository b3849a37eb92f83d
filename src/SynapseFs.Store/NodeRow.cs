using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>One node of the tree as remembered: an inode is a row.</summary>
public sealed record NodeRow
{
    /// <summary>Given by the table on insertion, never reused; ignored in a row to insert.</summary>
    public InodeNumber Inode { get; init; }

    /// <summary>The directory; the root is its own parent.</summary>
    public required InodeNumber Parent { get; init; }

    /// <summary>The name in the directory, unique among the attached rows there; empty for the root.</summary>
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string RemoteId { get; init; }

    /// <summary>What the last listing said about its state; null when it never stood in one.</summary>
    public string? Revision { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>What a call of its own has found out, or null.</summary>
    public NodeDetails? Details { get; init; }

    /// <summary>For a directory: when its full listing was last confirmed; null: never listed.</summary>
    public DateTimeOffset? ListedOn { get; init; }

    /// <summary>No longer reachable by name, kept only for as long as a kernel holds the inode.</summary>
    public bool IsDetached { get; init; }
}

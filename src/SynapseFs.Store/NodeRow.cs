using System.Collections.ObjectModel;
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

    /// <summary>What the remote side calls it; empty for what exists here only.</summary>
    public required string RemoteId { get; init; }

    public bool IsLocal => RemoteId.Length == 0;

    /// <summary>What the last listing said about its state; null when it never stood in one.</summary>
    public string? Revision { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>What a call of its own has found out, or null.</summary>
    public NodeDetails? Details { get; init; }

    /// <summary>For a directory: when its full listing was last confirmed; null: never listed.</summary>
    public DateTimeOffset? ListedOn { get; init; }

    /// <summary>Bytes of a content that was changed here and is not yet sent; null: as the details say.</summary>
    public long? LocalLength { get; init; }

    /// <summary>A modification time set or caused here; null: the remote one.</summary>
    public DateTimeOffset? LocalModified { get; init; }

    /// <summary>Permission bits set here; null: those of the details.</summary>
    public FilePermissions? LocalPermissions { get; init; }

    /// <summary>Extended attributes that stay on this machine, by full name.</summary>
    public IReadOnlyDictionary<string, byte[]> LocalXattrs { get; init; } = ReadOnlyDictionary<string, byte[]>.Empty;

    /// <summary>No longer reachable by name, kept only for as long as a kernel holds the inode.</summary>
    public bool IsDetached { get; init; }
}

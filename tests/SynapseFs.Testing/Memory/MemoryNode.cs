using Microsoft.Win32.SafeHandles;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>One file, directory or link. Guarded by its filesystem's lock.</summary>
internal sealed class MemoryNode(InodeNumber inode, NodeType type)
{
    public InodeNumber Inode => inode;

    public NodeType Type => type;

    public FilePermissions Permissions { get; set; }

    public DateTimeOffset Modified { get; set; }

    public DateTimeOffset Changed { get; set; }

    public DateTimeOffset? Accessed { get; set; }

    public DateTimeOffset Created { get; init; }

    public MemoryContent Content { get; } = new();

    public string LinkTarget { get; init; } = "";

    /// <summary>Children in the order in which they were made, as a real directory without an index would list them.</summary>
    public OrderedDictionary<string, MemoryNode> Children { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, byte[]> Xattrs { get; } = new(StringComparer.Ordinal);

    /// <summary>For directories: the one above; itself at the root.</summary>
    public MemoryNode? Parent { get; set; }

    /// <summary>Names that lead here.</summary>
    public uint Names { get; set; }

    /// <summary>Lookups that the kernel has not forgotten.</summary>
    public ulong Lookups { get; set; }

    public int OpenHandles { get; set; }

    /// <summary>Whether every read waits until its caller is interrupted.</summary>
    public bool BlocksReaders { get; init; }

    /// <summary>A file that the kernel may read instead, for those who only read.</summary>
    public SafeFileHandle? Backing { get; set; }

    public bool IsDirectory => type == NodeType.Directory;

    public Attributes ToAttributes() => new()
    {
        Inode = inode,
        Type = type,
        Length = type switch
        {
            NodeType.SymbolicLink => System.Text.Encoding.UTF8.GetByteCount(LinkTarget),
            NodeType.Directory => 0,
            _ => Content.Length,
        },
        AllocatedLength = Content.AllocatedLength,
        Permissions = Permissions,
        LinkCount = IsDirectory ? 2 + (uint)Children.Values.Count(child => child.IsDirectory) : Names,
        Modified = Modified,
        Changed = Changed,
        Accessed = Accessed,
        Created = Created,
    };
}

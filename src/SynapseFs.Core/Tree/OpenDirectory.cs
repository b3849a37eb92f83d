using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>A listing frozen at open. A cookie is the index of the next name, so it stays good while the directory is open.</summary>
internal sealed class OpenDirectory(InodeNumber inode, IReadOnlyList<FrozenEntry> entries)
{
    public InodeNumber Inode { get; } = inode;

    public IReadOnlyList<FrozenEntry> Entries { get; } = entries;
}

/// <summary>One name of a frozen listing.</summary>
internal readonly record struct FrozenEntry(string Name, InodeNumber Inode, NodeType Type);

namespace SynapseFs.Vfs;

/// <summary>One name of a listing.</summary>
/// <param name="Name">The name; never "." or "..", hosts add those.</param>
/// <param name="Inode">Its inode.</param>
/// <param name="Type">Its type.</param>
/// <param name="NextCookie">Where a listing continues after this entry; at least 1, stable while the directory is open.</param>
/// <param name="Details">Attributes when they are known without asking anybody, else null.</param>
public readonly record struct DirectoryEntry(FileName Name, InodeNumber Inode, NodeType Type, long NextCookie, Entry? Details);

using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>A name in a directory and what it leads to.</summary>
public sealed record MemoryPlace(InodeNumber Parent, FileName Name, InodeNumber Inode);

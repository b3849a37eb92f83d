using SynapseFs.Vfs;

namespace SynapseFs.Store;

/// <summary>What a row is called in its directory.</summary>
public readonly record struct ChildName(InodeNumber Inode, string Name, string Kind);

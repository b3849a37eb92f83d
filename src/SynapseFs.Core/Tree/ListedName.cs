using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>One name of a listing that is read: as little as a directory of very many can afford.</summary>
internal readonly record struct ListedName(InodeNumber Inode, string Name, NodeType Type);

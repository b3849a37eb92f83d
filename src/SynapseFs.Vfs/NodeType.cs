namespace SynapseFs.Vfs;

/// <summary>What a name leads to.</summary>
public enum NodeType
{
    File,
    Directory,
    SymbolicLink,
}

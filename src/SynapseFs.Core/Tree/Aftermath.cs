using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>What is to be done about changes of a directory's rows once its gate is open.</summary>
internal sealed class Aftermath
{
    /// <summary>What the kernel is to hear.</summary>
    public List<Action> Told { get; } = [];

    /// <summary>Nodes gone remotely that hold what exists here only.</summary>
    public List<InodeNumber> Orphaned { get; } = [];

    /// <summary>Rows without a name that have a change waiting.</summary>
    public List<NodeRow> Left { get; } = [];
}

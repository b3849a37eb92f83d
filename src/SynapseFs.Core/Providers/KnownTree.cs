using SynapseFs.Core.Searching;

namespace SynapseFs.Core.Providers;

/// <summary>The mount's own tree, for providers that answer from what it knows. The engine lends itself when it begins.</summary>
public sealed class KnownTree
{
    private Func<NodeKind, string, WalkReach, TreeWalk?>? _walkBelow;

    /// <summary>All below a node whose attributes are known or found out; null when the tree has no such node.</summary>
    public TreeWalk? WalkBelow(NodeKind kind, string remoteId, WalkReach reach) => _walkBelow?.Invoke(kind, remoteId, reach);

    internal void Attach(Func<NodeKind, string, WalkReach, TreeWalk?> walkBelow) => _walkBelow = walkBelow;
}

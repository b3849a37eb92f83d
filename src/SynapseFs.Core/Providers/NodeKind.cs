namespace SynapseFs.Core.Providers;

/// <summary>What sort of thing a node is: names its provider, and is stored with the row, so it must never change its spelling.</summary>
public readonly record struct NodeKind(string Name)
{
    public override string ToString() => Name;
}

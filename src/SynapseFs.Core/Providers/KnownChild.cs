namespace SynapseFs.Core.Providers;

/// <summary>What the tree remembers of a child from the last listing, for comparison.</summary>
public readonly record struct KnownChild(string Name, NodeKind Kind, string RemoteId, string Revision);

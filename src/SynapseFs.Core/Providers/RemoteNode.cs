namespace SynapseFs.Core.Providers;

/// <summary>The thing that a provider is asked about, as the tree remembers it.</summary>
/// <param name="Kind">Its kind; the provider asked is this kind's.</param>
/// <param name="RemoteId">What the remote service calls it, in whatever form the provider chose; unique within the kind.</param>
/// <param name="Name">Its name in its directory; empty for the mount's root.</param>
/// <param name="Revision">What the last listing said about its state; null when it never stood in one (the root).</param>
public sealed record RemoteNode(NodeKind Kind, string RemoteId, string Name, string? Revision);

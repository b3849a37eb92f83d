using SynapseFs.Vfs;

namespace SynapseFs.Core.Searching;

/// <summary>A node whose extended attributes are known.</summary>
/// <param name="Path">From the mount's root, beginning with '/'.</param>
/// <param name="Type">What it is.</param>
/// <param name="RemoteId">What the remote side calls it; empty for what exists here only.</param>
/// <param name="Xattrs">As they are shown, what is not yet sent over what is remote; without those that stay on this machine.</param>
public sealed record KnownNode(string Path, NodeType Type, string RemoteId, IReadOnlyDictionary<string, string> Xattrs);

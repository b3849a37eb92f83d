using SynapseFs.Vfs;

namespace SynapseFs.Cli.Finding;

/// <summary>Something that matches.</summary>
/// <param name="Id">Its id at Synapse; null for what is on this machine only.</param>
internal sealed record FoundThing(string Path, NodeType Type, string? Id);

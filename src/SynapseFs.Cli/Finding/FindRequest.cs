using SynapseFs.Core.Searching;
using SynapseFs.Vfs;

namespace SynapseFs.Cli.Finding;

/// <summary>What a mount is asked to look for.</summary>
/// <param name="Path">From the mount's root, beginning with '/': it and all below.</param>
/// <param name="Terms">To be matched all.</param>
/// <param name="Type">Null: any.</param>
/// <param name="Reach">What Synapse is asked.</param>
internal sealed record FindRequest(string Path, IReadOnlyList<string> Terms, NodeType? Type, WalkReach Reach);

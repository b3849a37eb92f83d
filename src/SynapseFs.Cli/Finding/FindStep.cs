using SynapseFs.Core.Searching;

namespace SynapseFs.Cli.Finding;

/// <summary>What was found since the last step, and how the search stands.</summary>
/// <param name="Things">Their paths are from the mount's root.</param>
/// <param name="Standing">How far it is.</param>
/// <param name="UnknownKeys">Keys of terms that nothing looked at so far has.</param>
internal sealed record FindStep(IReadOnlyList<FoundThing> Things, WalkStanding Standing, IReadOnlyList<string> UnknownKeys);

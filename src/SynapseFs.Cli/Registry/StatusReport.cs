using SynapseFs.Cli.Unsent;

namespace SynapseFs.Cli.Registry;

/// <summary>The whole of <c>synapsefs status --json</c>.</summary>
/// <param name="Unsent">Changes kept in caches that no mount works on.</param>
internal sealed record StatusReport(IReadOnlyList<MountReport> Mounts, IReadOnlyList<UnsentNote> Unsent);

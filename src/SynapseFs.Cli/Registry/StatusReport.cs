namespace SynapseFs.Cli.Registry;

/// <summary>The whole of <c>synapsefs status --json</c>.</summary>
internal sealed record StatusReport(IReadOnlyList<MountReport> Mounts);

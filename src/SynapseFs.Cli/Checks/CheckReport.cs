namespace SynapseFs.Cli.Checks;

/// <summary>The whole of <c>synapsefs doctor --json</c>.</summary>
internal sealed record CheckReport(bool Healthy, IReadOnlyList<CheckResult> Checks);

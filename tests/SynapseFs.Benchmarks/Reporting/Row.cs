namespace SynapseFs.Benchmarks.Reporting;

/// <summary>One measure of one scenario, a value a round. A row with a note instead of values tells why there are none.</summary>
internal sealed record Row(string Scenario, string Measure, Target? Target, string? Note = null)
{
    public List<double> Values { get; } = [];
}

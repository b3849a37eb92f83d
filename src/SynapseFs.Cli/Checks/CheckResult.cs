namespace SynapseFs.Cli.Checks;

/// <summary>What one check found, and what to do about it.</summary>
/// <param name="Name">The thing checked, in a word or two.</param>
/// <param name="Remedy">What to do; null when all is well.</param>
internal sealed record CheckResult(string Name, CheckOutcome Outcome, string Finding, string? Remedy = null)
{
    public static CheckResult Ok(string name, string finding) => new(name, CheckOutcome.Ok, finding);

    public static CheckResult Warn(string name, string finding, string remedy) => new(name, CheckOutcome.Warn, finding, remedy);

    public static CheckResult Fail(string name, string finding, string remedy) => new(name, CheckOutcome.Fail, finding, remedy);
}

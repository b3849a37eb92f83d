namespace SynapseFs.Cli.Checks;

internal enum CheckOutcome
{
    Ok,
    /// <summary>Works, but something will not.</summary>
    Warn,
    /// <summary>Mounting will not work.</summary>
    Fail,
}

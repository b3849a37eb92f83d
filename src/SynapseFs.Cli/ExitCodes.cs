namespace SynapseFs.Cli;

internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;
    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;
}

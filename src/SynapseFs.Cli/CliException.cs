namespace SynapseFs.Cli;

/// <summary>What a person is told when a command cannot do its work: one sentence naming the thing and the remedy.</summary>
internal sealed class CliException : Exception
{
    public CliException(string message)
        : this(message, ExitCodes.Failure)
    {
    }

    public CliException(string message, int exitCode)
        : base(message) => ExitCode = exitCode;

    public CliException(string message, Exception innerException)
        : base(message, innerException) => ExitCode = ExitCodes.Failure;

    public int ExitCode { get; }

    /// <summary>The command line itself is wrong.</summary>
    public static CliException Usage(string message) => new(message, ExitCodes.Usage);
}

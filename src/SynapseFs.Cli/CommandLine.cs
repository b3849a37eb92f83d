using System.CommandLine;
using System.CommandLine.Parsing;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Finding;
using SynapseFs.Cli.Indexing;
using SynapseFs.Cli.Provenance;
using SynapseFs.Cli.Sharing;
using SynapseFs.Cli.Showing;
using SynapseFs.Cli.Trash;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Fuse;
using SynapseFs.Server;
using SynapseFs.Store;

namespace SynapseFs.Cli;

/// <summary>From arguments to an exit code. Whatever a command throws ends here as one line on standard error.</summary>
internal static class CommandLine
{
    public static RootCommand Create(CommandContext context) => new("Mount Synapse (synapse.org) as a directory.")
    {
        MountCommand.Create(context),
        UnmountCommand.Create(context),
        StatusCommand.Create(context),
        WaitCommand.Create(context),
        FindCommand.Create(context),
        TrashCommand.Create(context),
        IndexCommand.Create(context),
        InfoCommand.Create(context),
        OpenCommand.Create(context),
        ShareCommand.Create(context),
        ProvenanceCommand.Create(context),
        RunCommand.Create(context),
        LoginCommand.Create(context),
        DoctorCommand.Create(context),
        ServeCommand.Create(context),
        DemoCommand.Create(context),
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandContext context)
    {
        var parsed = Create(context).Parse(RunCommand.Separated(arguments));
        if (parsed.Errors.Count > 0)
        {
            context.Terminal.Remark($"{Problem(parsed)} See synapsefs {HelpPath(parsed)}--help.");
            return ExitCodes.Usage;
        }
        var configuration = new InvocationConfiguration
        {
            Output = context.Terminal.Output,
            Error = context.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            // Commands that run on end by their own rules at a signal (StopSignal); the others simply end.
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, CancellationToken.None);
        }
        catch (Exception problem) when (Explain(problem) is { } sentence)
        {
            context.Terminal.Remark(OneLine(sentence));
            return problem is CliException { ExitCode: var code } ? code : ExitCodes.Failure;
        }
    }

    /// <summary>The sentence for a person, or null when the exception is a defect and its trace is wanted.</summary>
    public static string? Explain(Exception problem) => problem switch
    {
        CliException or FuseMountException or StoreException or SynapseConfigurationException or ServerException => problem.Message,
        SynapseException synapse => SynapseProblem.Explain(synapse),
        OperationCanceledException => "Canceled.",
        UnauthorizedAccessException or IOException => problem.Message,
        _ => null,
    };

    public static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>An unknown option may have been taken for an argument, and then what is left over is an argument that was right.</summary>
    private static string Problem(ParseResult parsed)
    {
        if (parsed.CommandResult.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } option)
            return $"'{option.Value}' is not an option.";
        return parsed.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not known here."
            : $"{OneLine(parsed.Errors[0].Message).TrimEnd('.')}.";
    }

    private static string HelpPath(ParseResult parsed) => parsed.CommandResult switch
    {
        { Command: RootCommand } => "",
        { Parent: CommandResult { Command: not RootCommand and var above }, Command: var command } => $"{above.Name} {command.Name} ",
        { Command: var command } => $"{command.Name} ",
    };
}

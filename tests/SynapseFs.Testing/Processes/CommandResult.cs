namespace SynapseFs.Testing.Processes;

/// <summary>What a finished program left behind.</summary>
public sealed record CommandResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The output without its last line break; throws with everything the program said when it failed.</summary>
    public string Text => ExitCode == 0
        ? Output.TrimEnd('\n')
        : throw new InvalidOperationException($"'{Command}' ended with {ExitCode}.\n{Output}{Error}");

    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"{Command} → {ExitCode}\n{Output}{Error}";
}

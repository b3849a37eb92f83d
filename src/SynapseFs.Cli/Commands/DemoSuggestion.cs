namespace SynapseFs.Cli.Commands;

/// <summary>One thing to try: why, and the line to paste.</summary>
internal sealed record DemoSuggestion(string What, string Command);

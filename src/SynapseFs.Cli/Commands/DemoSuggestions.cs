namespace SynapseFs.Cli.Commands;

internal static class DemoSuggestions { public static IReadOnlyList<(string What, string Command)> For(string mountpoint) => []; }

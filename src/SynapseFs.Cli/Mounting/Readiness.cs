namespace SynapseFs.Cli.Mounting;

/// <summary>
/// How a serving process tells the one that started it what became of the mount: lines on standard output, "note TEXT" any number
/// of times, then "ready TEXT" or "failed CODE TEXT".
/// </summary>
internal static class Readiness
{
    public const string Note = "note ";
    public const string Ready = "ready ";
    public const string Failed = "failed ";

    public static string FailedLine(int exitCode, string sentence) => $"{Failed}{exitCode} {CommandLine.OneLine(sentence)}";

    /// <summary>The exit code and sentence of a "failed" line, or null when the line is another.</summary>
    public static (int ExitCode, string Sentence)? ParseFailed(string line)
    {
        if (!line.StartsWith(Failed, StringComparison.Ordinal))
            return null;
        var parts = line[Failed.Length..].Split(' ', 2);
        return parts.Length == 2 && int.TryParse(parts[0], out var code) ? (code, parts[1]) : null;
    }
}

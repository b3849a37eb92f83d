namespace SynapseFs.Cli.Output;

/// <summary>Paths in lines that a person pastes into a shell.</summary>
internal static class ShellText
{
    /// <summary>As a shell reads it: quoted only where it must be.</summary>
    public static string Quote(string path) => path.Length > 0 && path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:".Contains(c))
        ? path
        : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

namespace SynapseFs.Cli.Options;

/// <summary>
/// A list of patterns as people write it: separated by commas. It takes the place of the default list, unless one begins with '+': then
/// they are added to it.
/// </summary>
internal static class LocalNamesText
{
    public static IReadOnlyList<string> Parse(string text, IReadOnlyList<string> defaults)
    {
        var patterns = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IEnumerable<string> added = patterns.Select(pattern => pattern.TrimStart('+')).Where(pattern => pattern.Length > 0);
        return patterns.Any(pattern => pattern.StartsWith('+')) ? [.. defaults, .. added] : [.. added];
    }
}

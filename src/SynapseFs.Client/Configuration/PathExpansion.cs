using System.Text.RegularExpressions;

namespace SynapseFs.Client.Configuration;

/// <summary>
/// ~ and $NAME or ${NAME} as Python's <c>expanduser</c> and <c>expandvars</c> replace them; unknown variables stay as they are.
/// </summary>
internal static partial class PathExpansion
{
    public static string Expand(string path, ConfigurationRequest request)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            path = request.HomeDirectory + path[1..];
        return Variable().Replace(path,
            match => request.Environment(match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value) ?? match.Value);
    }

    [GeneratedRegex(@"\$(?:([A-Za-z0-9_]+)|\{([^}]*)\})")]
    private static partial Regex Variable();
}

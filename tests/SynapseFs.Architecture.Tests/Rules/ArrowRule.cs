using System.Text.RegularExpressions;

namespace SynapseFs.Architecture.Tests.Rules;

/// <summary>Which project may reference which: arrows point down only.</summary>
internal static partial class ArrowRule
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Vfs"] = [],
        ["Api"] = [],
        ["Fuse"] = ["Vfs"],
        ["WinFsp"] = ["Vfs"],
        ["Store"] = ["Vfs"],
        ["Core"] = ["Vfs", "Store"],
        ["Client"] = ["Api"],
        ["Server"] = ["Api"],
        ["Entities"] = ["Core", "Client", "Vfs", "Store", "Api"],
        ["Cli"] = ["Vfs", "Api", "Fuse", "WinFsp", "Store", "Core", "Client", "Server", "Entities"],
    };

    public static IEnumerable<string> Check(SourceFile project)
    {
        if (!project.IsProduct)
        {
            yield break;
        }

        var from = Short(project.Project);
        if (!Allowed.TryGetValue(from, out var targets))
        {
            yield return $"{project.Path}: no such project in the house; give it a place in the table first.";
            yield break;
        }

        foreach (Match reference in ReferencePattern().Matches(project.Text))
        {
            var to = Short(reference.Groups["name"].Value);
            if (!targets.Contains(to))
            {
                yield return $"{project.Path}: {from} must not reference {to}.";
            }
        }
    }

    private static string Short(string project) => project.Replace("SynapseFs.", "", StringComparison.Ordinal);

    [GeneratedRegex("""ProjectReference\s+Include\s*=\s*"[^"]*?(?<name>[\w.]+)\.csproj""")]
    private static partial Regex ReferencePattern();
}

using System.Text.RegularExpressions;

namespace SynapseFs.Architecture.Tests.Rules;

/// <summary>Package versions stand in one place and are exact.</summary>
internal static partial class PackageRule
{
    public static IEnumerable<string> CheckProject(SourceFile project)
    {
        foreach (Match match in VersionedReferencePattern().Matches(project.Text))
        {
            yield return $"{project.Path}: {match.Groups["name"].Value} has its own version; pin it in Directory.Packages.props.";
        }
    }

    public static IEnumerable<string> CheckCentral(SourceFile central, IEnumerable<SourceFile> projects)
    {
        var pinned = new HashSet<string>();
        foreach (Match match in PinPattern().Matches(central.Text))
        {
            pinned.Add(match.Groups["name"].Value);
            if (!ExactPattern().IsMatch(match.Groups["version"].Value))
            {
                yield return $"{central.Path}: {match.Groups["name"].Value} floats ({match.Groups["version"].Value}); name one version.";
            }
        }

        foreach (var project in projects)
        {
            foreach (Match match in ReferencePattern().Matches(project.Text))
            {
                if (!pinned.Contains(match.Groups["name"].Value))
                {
                    yield return $"{project.Path}: {match.Groups["name"].Value} is not pinned in {central.Path}.";
                }
            }
        }
    }

    [GeneratedRegex("""<PackageReference\s+(?:Include|Update)="(?<name>[^"]+)"[^>]*\bVersion(Override)?=""")]
    private static partial Regex VersionedReferencePattern();

    [GeneratedRegex("""<PackageReference\s+Include="(?<name>[^"]+)""")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex("""<PackageVersion\s+Include="(?<name>[^"]+)"\s+Version="(?<version>[^"]+)""")]
    private static partial Regex PinPattern();

    [GeneratedRegex(@"^\[?\d+(\.\d+){1,3}(-[\w.]+)?\]?$")]
    private static partial Regex ExactPattern();
}

using System.Text.RegularExpressions;

namespace SynapseFs.Architecture.Tests.Rules;

/// <summary>How long a file may be, and that its namespace tells its folder.</summary>
internal static partial class ShapeRule
{
    public const int ProductLines = 400;
    public const int TestLines = 600;

    private static readonly string[] WithoutNamespace = ["Program.cs", "AssemblyInfo.cs", "GlobalUsings.cs"];

    public static IEnumerable<string> CheckSize(SourceFile file)
    {
        var lines = file.Text.TrimEnd('\n').Split('\n').Length;
        var limit = file.IsProduct ? ProductLines : TestLines;
        if (lines > limit)
        {
            yield return $"{file.Path}: {lines} lines; the limit is {limit}. Look for the second noun in it.";
        }
    }

    public static IEnumerable<string> CheckNamespace(SourceFile file)
    {
        var expected = string.Join('.', file.Path.Split('/')[1..^1]);
        var found = NamespacePattern().Matches(CSharpText.WithoutComments(file.Text)).Select(match => match.Groups["name"].Value).ToList();
        if (found.Count == 0 && !WithoutNamespace.Contains(file.Name))
        {
            yield return $"{file.Path}: no namespace; it should be {expected}.";
        }

        foreach (var name in found.Where(name => name != expected))
        {
            yield return $"{file.Path}: namespace {name}; the folder says {expected}.";
        }
    }

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();
}

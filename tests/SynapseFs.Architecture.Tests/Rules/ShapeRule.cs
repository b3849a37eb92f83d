using System.Text.RegularExpressions;

namespace SynapseFs.Architecture.Tests.Rules;

/// <summary>How long a file may be, and that its namespace tells its folder.</summary>
internal static partial class ShapeRule
{
    public const int ProductLines = 400;
    public const int TestLines = 600;

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
        var code = CSharpText.WithoutComments(file.Text);
        var found = NamespacePattern().Matches(code).Select(match => match.Groups["name"].Value).ToList();
        // Top-level statements and attributes of the assembly have none.
        if (found.Count == 0 && TypePattern().IsMatch(code))
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

    [GeneratedRegex(@"\b(class|struct|interface|enum|record)\s+\w+")]
    private static partial Regex TypePattern();
}

using System.Text.RegularExpressions;

namespace SynapseFs.Architecture.Tests.Rules;

/// <summary>A promise in the notes is a list item that ends with the name of the test that holds it.</summary>
internal static partial class PromiseRule
{
    /// <summary>Names of tests that a note leans on, in its order.</summary>
    public static IReadOnlyList<string> Promised(string note) =>
        [.. Items(note).Select(item => PromisePattern().Match(item)).Where(match => match.Success).Select(match => match.Groups["test"].Value)];

    public static IEnumerable<string> Check(string notePath, string note, IEnumerable<SourceFile> tests)
    {
        var methods = tests.SelectMany(file => MethodPattern().Matches(CSharpText.WithoutComments(file.Text)))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet();
        return Promised(note).Where(test => !methods.Contains(test)).Select(test => $"{notePath}: no test is called {test}.");
    }

    // An item goes on over the following lines until a blank one, a heading or the next item.
    private static IEnumerable<string> Items(string note)
    {
        string? item = null;
        foreach (var line in note.Split('\n').Select(line => line.TrimEnd()).Append(""))
        {
            var starts = ItemPattern().IsMatch(line);
            if (item is not null && (starts || line.Length == 0 || line.StartsWith('#')))
            {
                yield return item;
                item = null;
            }

            item = starts ? line : item is null ? null : $"{item} {line.TrimStart()}";
        }
    }

    [GeneratedRegex(@"^\s*([-*]|\d+\.)\s+\S")]
    private static partial Regex ItemPattern();

    [GeneratedRegex(@"`(?<test>[A-Za-z]\w*_\w+)`\)?\.?$")]
    private static partial Regex PromisePattern();

    [GeneratedRegex(@"\b(?:void|Task|ValueTask)\s+(?<name>\w+)\s*\(")]
    private static partial Regex MethodPattern();
}

using System.Text.RegularExpressions;

namespace SynapseFs.Architecture.Tests.Rules;

/// <summary>What must not be left behind: unfinished work, and paths of somebody's machine.</summary>
internal static partial class LeftoverRule
{
    public static IEnumerable<string> CheckUnfinished(SourceFile file)
    {
        foreach (Match match in UnfinishedPattern().Matches(file.Text))
        {
            yield return $"{file.Path}: '{match.Value}' left behind.";
        }
    }

    public static IEnumerable<string> CheckMachinePaths(SourceFile file)
    {
        foreach (Match match in MachinePattern().Matches(file.Text))
        {
            yield return $"{file.Path}: '{match.Value}' is a path of one machine.";
        }
    }

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bXXX\b|\bNotImplementedException\b")]
    private static partial Regex UnfinishedPattern();

    [GeneratedRegex(@"(?<![\w.$}])(/root/\w*|/Users/\w+)|[A-Z]:\\Users\\\w+")]
    private static partial Regex MachinePattern();
}

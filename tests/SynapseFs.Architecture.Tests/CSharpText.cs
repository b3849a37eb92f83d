using System.Text.RegularExpressions;

namespace SynapseFs.Architecture.Tests;

/// <summary>Reads C# just well enough to tell code from comments.</summary>
internal static partial class CSharpText
{
    /// <summary>The code with every comment gone; strings stay.</summary>
    public static string WithoutComments(string text) =>
        TokenPattern().Replace(text, match => match.Value.StartsWith('/') ? " " : match.Value);

    // Strings come first, so that a "//" inside one is not taken for a comment.
    [GeneratedRegex("""
        (?<quotes>"{3,})[\s\S]*?\k<quotes> | [$@]*@[$@]*"(?:[^"]|"")*" | "(?:\\.|[^"\\\n])*" | '(?:\\.[^']*|[^'\\\n])' | //[^\n]* | /\*[\s\S]*?\*/
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TokenPattern();
}

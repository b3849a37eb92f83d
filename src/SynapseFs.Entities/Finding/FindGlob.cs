using System.Text;
using System.Text.RegularExpressions;

namespace SynapseFs.Entities.Finding;

/// <summary>Values with * and ?, and a backslash before one of these (or before itself) that is meant as it stands. Pure.</summary>
internal static class FindGlob
{
    public static bool IsPattern(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is '*' or '?')
                return true;
            if (IsEscape(value, i))
                i++;
        }

        return false;
    }

    /// <summary>The whole of a value that a pattern describes. Takes time by length only, whatever the pattern.</summary>
    public static Regex ToRegex(string pattern)
    {
        var text = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            text.Append(pattern[i] switch
            {
                '*' => ".*",
                '?' => ".",
                _ => Regex.Escape((IsEscape(pattern, i) ? pattern[++i] : pattern[i]).ToString()),
            });
        }

        return new Regex(text.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }

    public static string Unescape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
            text.Append(IsEscape(value, i) ? value[++i] : value[i]);
        return text.ToString();
    }

    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("?", "\\?", StringComparison.Ordinal);

    private static bool IsEscape(string value, int at) =>
        value[at] == '\\' && at + 1 < value.Length && value[at + 1] is '*' or '?' or '\\';
}

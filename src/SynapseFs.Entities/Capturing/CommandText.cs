using System.Text;
using System.Text.RegularExpressions;

namespace SynapseFs.Entities.Capturing;

/// <summary>A command line as an activity's name. Values of options that sound like a secret are left out. Pure.</summary>
internal static partial class CommandText
{
    private const int MostLetters = 1_000;
    private const string Hidden = "***";

    public static string Of(ProcessFacts process) => process.Arguments.Count > 0 ? Of(process.Arguments) : process.Name;

    public static string Of(IReadOnlyList<string> arguments)
    {
        var text = new StringBuilder();
        var hidesNext = false;
        foreach (var argument in arguments)
        {
            var shown = hidesNext && !argument.StartsWith('-') ? Hidden
                : text.Length == 0 ? Path.GetFileName(argument)
                : WithoutSecret(argument);
            hidesNext = SecretOption().IsMatch(argument);
            text.Append(text.Length == 0 ? "" : " ").Append(Quoted(shown));
        }

        return text.Length <= MostLetters ? text.ToString() : text.ToString(0, MostLetters - 1) + "…";
    }

    private static string WithoutSecret(string argument) => SecretValue().Replace(argument, $"$1{Hidden}");

    private static string Quoted(string argument) =>
        argument.Length > 0 && Plain().IsMatch(argument) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w@%+=:,./*-]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^-{1,2}[\w-]*(password|passwd|token|secret|api-?_?key|credential)[\w-]*\z", RegexOptions.IgnoreCase)]
    private static partial Regex SecretOption();

    [GeneratedRegex(@"(\b[\w-]*(?:password|passwd|token|secret|api-?_?key|credential)[\w-]*=)\S+", RegexOptions.IgnoreCase)]
    private static partial Regex SecretValue();
}

using System.Globalization;
using System.Text.RegularExpressions;
using SynapseFs.Server;

namespace SynapseFs.Cli.Serving;

/// <summary>
/// A user of an embedded server as people write one: NAME:TOKEN, then what is not the rule: scopes=view,download expires=2027-01-31
/// certified=no terms=no password=TEXT. Without a token a random one is made.
/// </summary>
internal static partial class UserText
{
    private static readonly string[] Scopes = ["view", "download", "modify", "authorize"];

    /// <summary>From one line; the error tells what is wrong, never the token.</summary>
    /// <exception cref="FormatException">The text is no user.</exception>
    public static ServerUser Parse(string text)
    {
        var words = BlanksAroundColon().Replace(text, "$1:").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var parts = words.Length == 0 ? [""] : words[0].Split(':', 2);
        if (!Name().IsMatch(parts[0]))
            throw new FormatException("it must begin with NAME:TOKEN, where the name has at least three letters, digits, '.', '-' or '_'");
        if (parts is [_, ""])
            throw new FormatException($"the token of {parts[0]} is empty");
        var user = new ServerUser { Name = parts[0], Token = parts.Length == 2 ? parts[1] : null };
        return words.Skip(1).Aggregate(user, Apply);
    }

    private static ServerUser Apply(ServerUser user, string word) => word.Split('=', 2) switch
    {
        ["password", { Length: > 0 } value] => user with { Password = value },
        ["scopes", var value] => user with { Scopes = ParseScopes(value) },
        ["expires", var value] => user with { ExpiresOn = ParseDate(value) },
        ["certified", "yes" or "no"] => user with { IsCertified = word.EndsWith("yes", StringComparison.Ordinal) },
        ["terms", "yes" or "no"] => user with { HasAcceptedTerms = word.EndsWith("yes", StringComparison.Ordinal) },
        _ => throw new FormatException("after NAME:TOKEN stand password=TEXT, scopes=view,download,modify, expires=DATE, certified=no or terms=no"),
    };

    private static string[] ParseScopes(string value)
    {
        var scopes = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return scopes.FirstOrDefault(scope => !Scopes.Contains(scope)) is { } wrong
            ? throw new FormatException($"'{wrong}' is no scope; there are {string.Join(", ", Scopes)}")
            : scopes;
    }

    private static DateTimeOffset ParseDate(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw new FormatException($"expires={value} is no date; write it like 2027-01-31 or 2027-01-31T12:00:00Z");

    [GeneratedRegex(@"^\s*([^\s:]+)\s*:\s*")]
    private static partial Regex BlanksAroundColon();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{3,}$")]
    private static partial Regex Name();
}

using System.Text.RegularExpressions;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>How names of users and teams may be spelt. Source: AliasEnum.</summary>
internal static partial class AliasRules
{
    public const string UserName = "USER_NAME";
    public const string TeamName = "TEAM_NAME";
    public const string UserEmail = "USER_EMAIL";
    public const string UserOpenId = "USER_OPEN_ID";
    public const string UserOrcid = "USER_ORCID";

    private const int MaxLength = 256;

    /// <summary>Why the alias cannot be of the type; null: it can.</summary>
    public static string? Refusal(string alias, string type)
    {
        var (pattern, sentence) = type switch
        {
            UserName => (UserNames(), "User names can only contain letters, numbers, dot (.), dash (-) and underscore (_) "
                + "and must be at least 3 characters long."),
            TeamName => (TeamNames(), "Team names can only contain letters, numbers, spaces, dot (.), dash (-), underscore (_) "
                + "and must be at least 3 characters long."),
            UserEmail => (Emails(), "User emails must be a valid email address"),
            UserOpenId => (OpenIds(), "User OpenIDs must be a valid URL."),
            UserOrcid => (Orcids(), "An ORCID is a URI of the form URI: https://orcid.org/xxxx-xxxx-xxxx-xxxx."),
            _ => throw ServiceException.BadRequest($"Unknown alias type: {type}"),
        };
        return alias.Length <= MaxLength && pattern.IsMatch(alias.ToLowerInvariant()) ? null : sentence;
    }

    public static void Require(string alias, string type)
    {
        if (Refusal(alias, type) is { } reason)
        {
            throw ServiceException.BadRequest(reason);
        }
    }

    [GeneratedRegex(@"^[a-z0-9._-]{3,}\z")]
    private static partial Regex UserNames();

    [GeneratedRegex(@"^[a-z0-9 ._-]{3,}\z")]
    private static partial Regex TeamNames();

    [GeneratedRegex(@"^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,63}\z")]
    private static partial Regex Emails();

    [GeneratedRegex(@"^https?://[-a-z0-9+&@#/%?=~_|!:,.;]*[-a-z0-9+&@#/%=~_|]\z")]
    private static partial Regex OpenIds();

    [GeneratedRegex(@"^https://orcid\.org/([0-9]{4}-){3}[0-9]{3}[0-9x]\z")]
    private static partial Regex Orcids();
}

using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Accounts;

/// <summary>What reading needs of a token.</summary>
internal static class TokenScopes
{
    /// <summary>Where a person makes a token.</summary>
    public const string TokenPage = "https://www.synapse.org/PersonalAccessTokens:";

    private static readonly string[] Needed = ["view", "download"];

    /// <summary>Which of the scopes that reading needs the token lacks; none when it does not tell its scopes.</summary>
    public static IReadOnlyList<string> Missing(string token) =>
        AccessToken.Scopes(token) is { } scopes ? [.. Needed.Except(scopes)] : [];
}

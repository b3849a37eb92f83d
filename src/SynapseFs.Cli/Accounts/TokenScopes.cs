using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Accounts;

/// <summary>What reading and writing need of a token.</summary>
internal static class TokenScopes
{
    /// <summary>Where a person makes a token.</summary>
    public const string TokenPage = "https://www.synapse.org/PersonalAccessTokens:";

    private static readonly string[] Needed = ["view", "download"];

    /// <summary>Which of the scopes that reading needs the token lacks; none when it does not tell its scopes.</summary>
    public static IReadOnlyList<string> Missing(string token) =>
        AccessToken.Scopes(token) is { } scopes ? [.. Needed.Except(scopes)] : [];

    /// <summary>Whether the token lets its bearer change anything; a token that does not tell its scopes is believed to.</summary>
    public static bool AllowWriting(string token) => AccessToken.Scopes(token)?.Contains("modify") ?? true;
}

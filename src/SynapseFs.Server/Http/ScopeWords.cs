namespace SynapseFs.Server.Http;

/// <summary>The scopes' names on the wire.</summary>
internal static class ScopeWords
{
    private static readonly (Scopes Scope, string Word)[] All =
    [
        (Scopes.View, "view"), (Scopes.Download, "download"), (Scopes.Modify, "modify"), (Scopes.Authorize, "authorize"),
    ];

    /// <summary>Every scope that a token may have, those that no route here asks for too.</summary>
    public static IReadOnlyList<string> Every { get; } =
        ["openid", "email", "profile", "view", "download", "modify", "authorize", "offline_access"];

    public static IEnumerable<string> In(Scopes scopes) => All.Where(pair => scopes.HasFlag(pair.Scope)).Select(pair => pair.Word);
}

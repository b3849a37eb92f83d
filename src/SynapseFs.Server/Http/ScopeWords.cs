namespace SynapseFs.Server.Http;

/// <summary>The scopes' names on the wire.</summary>
internal static class ScopeWords
{
    private static readonly (Scopes Scope, string Word)[] All =
    [
        (Scopes.View, "view"), (Scopes.Download, "download"), (Scopes.Modify, "modify"), (Scopes.Authorize, "authorize"),
    ];

    public static IEnumerable<string> In(Scopes scopes) => All.Where(pair => scopes.HasFlag(pair.Scope)).Select(pair => pair.Word);
}

namespace SynapseFs.Server;

/// <summary>A user of a running server and the token to sign in with.</summary>
public sealed record ServerAccount(string UserName, string Token, long PrincipalId)
{
    // A record would print the token.
    public override string ToString() => $"{nameof(ServerAccount)} {UserName} ({PrincipalId})";
}

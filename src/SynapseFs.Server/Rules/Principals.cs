namespace SynapseFs.Server.Rules;

/// <summary>Principals that exist in every Synapse. Source: AuthorizationConstants.BOOTSTRAP_PRINCIPAL.</summary>
internal static class Principals
{
    public const long CertifiedUsers = 3;
    public const long AuthenticatedUsers = 273948;
    public const long Public = 273949;
    public const long Anonymous = 273950;

    /// <summary>Where numbers of users made here begin.</summary>
    public const long FirstUser = 3350396;

    /// <summary>Names of the fixed groups and of the anonymous user.</summary>
    public static string? NameOf(long id) => id switch
    {
        CertifiedUsers => "CERTIFIED_USERS",
        AuthenticatedUsers => "AUTHENTICATED_USERS",
        Public => "PUBLIC",
        Anonymous => "anonymous",
        _ => null,
    };
}

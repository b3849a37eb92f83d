namespace SynapseFs.Server.Rules;

/// <summary>Principals that exist in every Synapse. Source: AuthorizationConstants.BOOTSTRAP_PRINCIPAL.</summary>
internal static class Principals
{
    public const long Administrators = 2;
    public const long CertifiedUsers = 3;
    public const long TrustedMessageSenders = 4;
    public const long ReportTeam = 5;

    /// <summary>The access and compliance team (ACT), which makes access requirements and grants approvals.</summary>
    public const long AccessAndCompliance = 464532;
    public const long AuthenticatedUsers = 273948;
    public const long Public = 273949;
    public const long Anonymous = 273950;

    /// <summary>Where numbers of users and teams made here begin.</summary>
    public const long FirstUser = 3350396;

    /// <summary>Groups that are no teams: nobody joins or leaves them.</summary>
    public static IReadOnlyList<long> Groups { get; } = [CertifiedUsers, AuthenticatedUsers, Public];

    /// <summary>Names of the fixed groups and of the anonymous user.</summary>
    public static string? NameOf(long id) => id switch
    {
        CertifiedUsers => "CERTIFIED_USERS",
        AuthenticatedUsers => "AUTHENTICATED_USERS",
        Public => "PUBLIC",
        Anonymous => "anonymous",
        _ => null,
    };

    /// <summary>The one of them whose name has this alias.</summary>
    public static long? Find(string alias)
    {
        foreach (var id in (long[])[.. Groups, Anonymous])
        {
            if (UserAlias.Of(NameOf(id)!) == alias)
            {
                return id;
            }
        }

        return null;
    }
}

using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>How one comes into a team. Source: TeamState.</summary>
internal static class TeamState
{
    /// <summary>Anyone joins.</summary>
    public const string Public = "PUBLIC";

    /// <summary>Anyone may ask to join.</summary>
    public const string Open = "OPEN";

    /// <summary>By invitation only.</summary>
    public const string Closed = "CLOSED";

    public static string Of(bool? canPublicJoin, bool? canRequestMembership)
    {
        if (canPublicJoin == true)
        {
            return canRequestMembership == true
                ? throw ServiceException.BadRequest("It is a conflict to set both canPublicJoin and canRequestMembership to true.")
                : Public;
        }

        return canRequestMembership == false ? Closed : Open;
    }
}

using System.Globalization;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Teams;

/// <summary>What a team's ACL lets a caller do. Source: AuthorizationManagerImpl, ModelConstants.</summary>
internal sealed class TeamRights(ObjectAcls acls, Restrictions restrictions)
{
    public const string Read = "READ";
    public const string SendMessage = "SEND_MESSAGE";
    public const string Update = "UPDATE";
    public const string Delete = "DELETE";

    /// <summary>Whoever has it is a manager of the team.</summary>
    public const string Manage = "TEAM_MEMBERSHIP_UPDATE";

    /// <summary>What members and all signed-in users have at first.</summary>
    public static IReadOnlyList<string> Messenger { get; } = [Read, SendMessage];

    public static IReadOnlyList<string> Manager { get; } = [Read, SendMessage, Update, Delete, Manage];

    public ObjectAcls Acls => acls;

    public bool May(Caller caller, long teamId, string access) => acls.Grants(teamId, caller, access);

    /// <summary>Whether access requirements stand between the user and the team.</summary>
    public bool HasUnmet(Caller user, long teamId) =>
        restrictions.OfTeam(teamId, user).Any(restriction => !restriction.IsMet(isDataContributor: false));

    public void Require(Caller caller, long teamId, string access)
    {
        if (!May(caller, teamId, access))
        {
            throw ServiceException.Forbidden(
                string.Create(CultureInfo.InvariantCulture, $"Unauthorized to access Team {teamId} for {access}"));
        }
    }
}

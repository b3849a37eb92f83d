using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Teams;

/// <summary>The teams of every Synapse. Nobody manages them here: members come from the server's options.</summary>
internal static class FixedTeams
{
    public static void Ensure(TeamTable teams, ObjectAcls acls, long now)
    {
        Ensure(teams, acls, Principals.Administrators, "Administrators", now);
        Ensure(teams, acls, Principals.TrustedMessageSenders, "Trusted Message Senders", now);
        Ensure(teams, acls, Principals.ReportTeam, "Synapse Report Team", now);
        Ensure(teams, acls, Principals.AccessAndCompliance, "Synapse Access and Compliance Team", now);
    }

    private static void Ensure(TeamTable teams, ObjectAcls acls, long id, string name, long now)
    {
        if (teams.Get(id) is not null)
        {
            return;
        }

        teams.Insert(new TeamRow
        {
            Id = id,
            Name = name,
            State = TeamState.Open,
            Etag = Guid.NewGuid().ToString(),
            CreatedOn = now,
            ModifiedOn = now,
        });
        acls.Put(id, [new ResourceAccess { PrincipalId = id, AccessType = TeamRights.Messenger }]);
    }
}

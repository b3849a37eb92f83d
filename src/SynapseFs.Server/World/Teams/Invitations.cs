using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Teams;

/// <summary>Invitations into teams; one is open until it expires. Source: MembershipInvitationManagerImpl.</summary>
internal sealed class Invitations(Database database, TimeProvider time, TeamRights rights, AddressBook names)
{
    private const string Columns = "id, team_id, invitee_id, invitee_email, message, expires_on, created_on, created_by";
    private const string IsOpen = "(expires_on IS NULL OR expires_on > @0)";

    public MembershipInvitation Create(Caller caller, MembershipInvitation body)
    {
        var (teamId, invitee) = Check(body);
        if (!rights.May(caller, teamId, TeamRights.Manage))
        {
            throw ServiceException.Forbidden("Cannot create membership invitation.");
        }

        if (invitee is { } user && names.Header(user)?.IsIndividual != true)
        {
            throw ServiceException.NotFound($"Principal '{user}' does not exist");
        }

        if (invitee is null && !caller.IsCertified)
        {
            throw ServiceException.BadRequest("You must be a certified user to send email invitations");
        }

        var id = database.Next("membership invitation", 1);
        database.Execute(
            $"INSERT INTO team_invitations ({Columns}) VALUES (@0, @1, @2, @3, @4, @5, @6, @7)",
            id, teamId, invitee, body.InviteeEmail, body.Message, body.ExpiresOn?.ToUnixTimeMilliseconds(), Now, caller.Id);
        return Find(id)!;
    }

    public MembershipInvitation? Find(long id) =>
        database.First($"SELECT {Columns} FROM team_invitations WHERE id = @0", Map, id);

    public MembershipInvitation Require(long id) =>
        Find(id) ?? throw ServiceException.NotFound($"Membership invitation '{id}' does not exist");

    public MembershipInvitation Get(Caller caller, long id)
    {
        var invitation = Require(id);
        return MayUse(caller, invitation)
            ? invitation
            : throw ServiceException.Forbidden("Cannot retrieve membership invitation.");
    }

    /// <summary>An unknown one is as good as deleted.</summary>
    public void Delete(Caller caller, long id)
    {
        if (Find(id) is not { } invitation)
        {
            return;
        }

        if (!MayUse(caller, invitation))
        {
            throw ServiceException.Forbidden("Cannot delete membership invitation.");
        }

        database.Execute("DELETE FROM team_invitations WHERE id = @0", id);
    }

    public void DeleteOf(long teamId, long userId) =>
        database.Execute("DELETE FROM team_invitations WHERE team_id = @0 AND invitee_id = @1", teamId, userId);

    public void SetInvitee(long id, long userId) =>
        database.Execute("UPDATE team_invitations SET invitee_id = @1, invitee_email = NULL WHERE id = @0", id, userId);

    public MembershipInvitationPage OfTeam(Caller caller, long teamId, long? invitee, OffsetPage page)
    {
        if (!rights.May(caller, teamId, TeamRights.Manage))
        {
            throw ServiceException.Forbidden($"Cannot retrieve membership invitations for team {teamId}.");
        }

        return Page(teamId, invitee, page);
    }

    public MembershipInvitationPage OfUser(long userId, long? teamId, OffsetPage page) => Page(teamId, userId, page);

    /// <summary>Open ones; null stands for any team or any user.</summary>
    public long CountOpen(long? teamId, long? userId) => database.Number(
        $"SELECT count(*) FROM team_invitations WHERE {IsOpen} AND (@1 IS NULL OR team_id = @1) AND (@2 IS NULL OR invitee_id = @2)",
        Now, teamId, userId) ?? 0;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static (long Team, long? Invitee) Check(MembershipInvitation body)
    {
        var field = body.CreatedBy is not null ? "createdBy" : body.CreatedOn is not null ? "createdOn" : body.Id is not null ? "id" : null;
        if (field is not null)
        {
            throw ServiceException.BadRequest($"'{field}' field is not user specifiable.");
        }

        if (body.InviteeId is null == body.InviteeEmail is null)
        {
            throw ServiceException.BadRequest("One and only one of the fields 'inviteeId' and 'inviteeEmail' is required");
        }

        if (body.InviteeEmail is { } email)
        {
            AliasRules.Require(email, AliasRules.UserEmail);
        }

        var team = EntityIds.ParseNumber(body.TeamId ?? throw ServiceException.BadRequest("'teamId' field is required."), "teamId");
        return (team, body.InviteeId is { } invitee ? EntityIds.ParseNumber(invitee, "inviteeId") : null);
    }

    private bool MayUse(Caller caller, MembershipInvitation invitation) =>
        invitation.InviteeId == caller.IdText
        || rights.May(caller, EntityIds.ParseNumber(invitation.TeamId, "teamId"), TeamRights.Manage);

    private MembershipInvitationPage Page(long? teamId, long? invitee, OffsetPage page) => new()
    {
        Results = database.Query(
            $"SELECT {Columns} FROM team_invitations WHERE {IsOpen} AND (@1 IS NULL OR team_id = @1) "
            + "AND (@2 IS NULL OR invitee_id = @2) ORDER BY created_on DESC, id DESC LIMIT @3 OFFSET @4",
            Map, Now, teamId, invitee, page.Limit, page.Offset),
        TotalNumberOfResults = CountOpen(teamId, invitee),
    };

    private static MembershipInvitation Map(SqliteDataReader row) => new()
    {
        Id = EntityShape.Text(row.GetInt64(0)),
        TeamId = EntityShape.Text(row.GetInt64(1)),
        InviteeId = row.IsDBNull(2) ? null : EntityShape.Text(row.GetInt64(2)),
        InviteeEmail = row.IsDBNull(3) ? null : row.GetString(3),
        Message = row.IsDBNull(4) ? null : row.GetString(4),
        ExpiresOn = row.IsDBNull(5) ? null : EntityShape.Date(row.GetInt64(5)),
        CreatedOn = EntityShape.Date(row.GetInt64(6)),
        CreatedBy = EntityShape.Text(row.GetInt64(7)),
    };
}

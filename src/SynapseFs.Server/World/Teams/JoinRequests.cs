using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Teams;

/// <summary>Requests to join teams; one is open until it expires. Source: MembershipRequestManagerImpl.</summary>
internal sealed class JoinRequests(Database database, TimeProvider time, TeamTable teams, TeamRights rights)
{
    private const string Columns = "id, team_id, user_id, message, expires_on, created_on, created_by";
    private const string IsOpen = "(expires_on IS NULL OR expires_on > @0)";

    public MembershipRequest Create(Caller caller, MembershipRequest body)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("anonymous user cannot create membership request.");
        }

        var team = Check(caller, body);
        if (rights.HasUnmet(caller, team.Id))
        {
            throw ServiceException.Forbidden(
                "Requested member has unmet access requirements which must be met before asking to join the Team.");
        }

        if (team.State != TeamState.Open)
        {
            throw ServiceException.BadRequest(team.State == TeamState.Public
                ? "This team is already open for the public to join, membership requests are not needed."
                : "This team has been closed to new membership requests.");
        }

        var id = database.Next("membership request", 1);
        database.Execute(
            $"INSERT INTO team_requests ({Columns}) VALUES (@0, @1, @2, @3, @4, @5, @2)",
            id, team.Id, caller.Id, body.Message, body.ExpiresOn?.ToUnixTimeMilliseconds(), Now);
        return Find(id)!;
    }

    public MembershipRequest Get(Caller caller, long id)
    {
        var request = Find(id) ?? throw ServiceException.NotFound($"Membership request '{id}' does not exist");
        Require(caller, request, "READ");
        return request;
    }

    /// <summary>An unknown one is as good as deleted.</summary>
    public void Delete(Caller caller, long id)
    {
        if (Find(id) is { } request)
        {
            Require(caller, request, "DELETE");
            database.Execute("DELETE FROM team_requests WHERE id = @0", id);
        }
    }

    public void DeleteOf(long teamId, long userId) =>
        database.Execute("DELETE FROM team_requests WHERE team_id = @0 AND user_id = @1", teamId, userId);

    public MembershipRequestPage OfTeam(Caller caller, long teamId, long? userId, OffsetPage page) =>
        rights.May(caller, teamId, TeamRights.Manage)
            ? Page(teamId, userId, page)
            : throw ServiceException.Forbidden("Cannot retrieve membership requests.");

    public MembershipRequestPage OfUser(Caller caller, long userId, long? teamId, OffsetPage page) =>
        caller.Id == userId
            ? Page(teamId, userId, page)
            : throw ServiceException.Forbidden("Cannot retrieve another's membership requests.");

    /// <summary>Open ones; null stands for any team or any user.</summary>
    public long CountOpen(long? teamId, long? userId) => database.Number(
        $"SELECT count(*) FROM team_requests WHERE {IsOpen} AND (@1 IS NULL OR team_id = @1) AND (@2 IS NULL OR user_id = @2)",
        Now, teamId, userId) ?? 0;

    /// <summary>Open ones to all teams that the caller manages.</summary>
    public long CountForManager(Caller caller) => teams.IdsOf(caller.Id)
        .Where(team => rights.May(caller, team, TeamRights.Manage))
        .Sum(team => CountOpen(team, userId: null));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private TeamRow Check(Caller caller, MembershipRequest body)
    {
        var field = body.CreatedBy is not null ? "createdBy" : body.CreatedOn is not null ? "createdOn" : body.Id is not null ? "id" : null;
        if (field is not null)
        {
            throw ServiceException.BadRequest($"'{field}' field is not user specifiable.");
        }

        if (body.UserId is { } user && user != caller.IdText)
        {
            throw ServiceException.BadRequest("May not specify a user id other than yourself.");
        }

        var team = EntityIds.ParseNumber(body.TeamId ?? throw ServiceException.BadRequest("'teamId' field is required."), "teamId");
        return teams.Get(team) ?? throw ServiceException.NotFound($"Team {team} does not exist.");
    }

    private MembershipRequest? Find(long id) => database.First($"SELECT {Columns} FROM team_requests WHERE id = @0", Map, id);

    private void Require(Caller caller, MembershipRequest request, string access)
    {
        if (request.UserId != caller.IdText && !rights.May(caller, EntityIds.ParseNumber(request.TeamId, "teamId"), TeamRights.Manage))
        {
            throw ServiceException.Forbidden($"Unauthorized to {access} membership request {request.Id}");
        }
    }

    private MembershipRequestPage Page(long? teamId, long? userId, OffsetPage page) => new()
    {
        Results = database.Query(
            $"SELECT {Columns} FROM team_requests WHERE {IsOpen} AND (@1 IS NULL OR team_id = @1) "
            + "AND (@2 IS NULL OR user_id = @2) ORDER BY created_on DESC, id DESC LIMIT @3 OFFSET @4",
            Map, Now, teamId, userId, page.Limit, page.Offset),
        TotalNumberOfResults = CountOpen(teamId, userId),
    };

    private static MembershipRequest Map(SqliteDataReader row) => new()
    {
        Id = EntityShape.Text(row.GetInt64(0)),
        TeamId = EntityShape.Text(row.GetInt64(1)),
        UserId = EntityShape.Text(row.GetInt64(2)),
        Message = row.IsDBNull(3) ? null : row.GetString(3),
        ExpiresOn = row.IsDBNull(4) ? null : EntityShape.Date(row.GetInt64(4)),
        CreatedOn = EntityShape.Date(row.GetInt64(5)),
        CreatedBy = EntityShape.Text(row.GetInt64(6)),
    };
}

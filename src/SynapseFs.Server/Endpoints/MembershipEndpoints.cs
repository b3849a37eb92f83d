using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Members of teams.</summary>
internal sealed class MembershipEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Get("/teamMembers/{team}", Scopes.View, MembersAsync);
        repo.Get("/teamMembers/count/{team}", Scopes.View, call => call.JsonAsync(
            200,
            new CountResult { Count = world.Transact(() => world.Teams.CountMembers(TeamId(call), call.Query("fragment") ?? "")) },
            PeopleJson.Default.CountResult));
        repo.Get("/team/{team}/member/{user}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Memberships.Get(TeamId(call), UserId(call))), TeamJson.Default.TeamMember));
        repo.Put("/team/{team}/member/{user}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Memberships.Add(
                call.Caller, TeamId(call), world.Callers.Require(UserId(call)), world.Now.ToUnixTimeMilliseconds()));
            return call.NothingAsync(204);
        });
        repo.Delete("/team/{team}/member/{user}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Memberships.Remove(call.Caller, TeamId(call), UserId(call)));
            return call.NothingAsync(204);
        });
        repo.Put("/team/{team}/member/{user}/permission", Scopes.Modify, PermissionAsync);
        repo.Get("/team/{team}/member/{user}/membershipStatus", Scopes.View, call => call.JsonAsync(
            200,
            world.Transact(() => world.Memberships.Status(call.Caller, TeamId(call), world.Callers.Require(UserId(call)))),
            TeamJson.Default.TeamMembershipStatus));
        repo.Post("/team/{team}/memberList", Scopes.View, call => ListAsync(call, id => (TeamId(call), id)));
        repo.Post("/user/{user}/memberList", Scopes.View, call => ListAsync(call, id => (id, UserId(call))));
    }

    private Task MembersAsync(ServiceCall call)
    {
        bool? areManagers = call.Query("memberType") switch
        {
            null or "ALL" => null,
            "ADMIN" => true,
            "MEMBER" => false,
            _ => throw ServiceException.BadRequest("memberType must be one of ALL, ADMIN, or MEMBER."),
        };
        var page = TeamEndpoints.Page(call);
        var answer = world.Transact(() => world.Memberships.List(TeamId(call), call.Query("fragment") ?? "", areManagers, page));
        return call.JsonAsync(200, answer, TeamJson.Default.TeamMemberPage);
    }

    private Task PermissionAsync(ServiceCall call)
    {
        var isManager = bool.TryParse(call.Query("isAdmin"), out var flag)
            ? flag
            : throw ServiceException.BadRequest("Required request parameter 'isAdmin' for method parameter type Boolean is not present");
        world.Transact(() => world.Memberships.SetManager(call.Caller, TeamId(call), UserId(call), isManager));
        return call.NothingAsync(204);
    }

    private async Task ListAsync(ServiceCall call, Func<long, (long Team, long User)> pair)
    {
        var ids = (await call.ReadAsync(ApiJson.Default.IdList)).List ?? throw ServiceException.BadRequest("The list of ids is required");
        await call.JsonAsync(200, world.Transact(() => world.Memberships.Find(ids.Select(pair))), TeamJson.Default.TeamMemberList);
    }

    private static long TeamId(ServiceCall call) => TeamEndpoints.TeamId(call);

    private static long UserId(ServiceCall call) => TeamEndpoints.UserId(call);
}

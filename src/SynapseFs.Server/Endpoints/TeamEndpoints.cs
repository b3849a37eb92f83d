using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Teams;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>Teams themselves; who is in them is in <see cref="MembershipEndpoints"/>.</summary>
internal sealed class TeamEndpoints(SynapseWorld world, SignedUrls urls)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/team", Write, async call =>
        {
            var body = await call.ReadAsync(TeamJson.Default.Team);
            await TeamAsync(call, 201, () => world.TeamChanges.Create(call.Caller, body, Now));
        });
        repo.Put("/team", Write, async call =>
        {
            var body = await call.ReadAsync(TeamJson.Default.Team);
            await TeamAsync(call, 200, () => world.TeamChanges.Update(call.Caller, body, Now));
        });
        repo.Get("/team/{team}", Scopes.View, call => TeamAsync(call, 200, () => world.Teams.Require(TeamId(call))));
        repo.Delete("/team/{team}", Scopes.Modify, call =>
        {
            world.Transact(() => world.TeamChanges.Delete(call.Caller, TeamId(call)));
            return call.NothingAsync(204);
        });
        repo.Get("/teams", Scopes.View, call => PageAsync(call, page => world.Teams.WithPrefix(call.Query("fragment") ?? "", page)));
        repo.Get("/user/{user}/team", Scopes.View, call => PageAsync(call, page => world.Teams.Of(UserId(call), page)));
        repo.Get("/user/{user}/team/id", Scopes.View, IdsAsync);
        repo.Post("/teamList", Scopes.View, ListAsync);
        repo.Get("/team/{team}/acl", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.TeamChanges.Acl(call.Caller, TeamId(call))), ApiJson.Default.AccessControlList));
        repo.Put("/team/acl", Write, async call =>
        {
            var body = await call.ReadAsync(ApiJson.Default.AccessControlList);
            var acl = world.Transact(() => world.TeamChanges.UpdateAcl(call.Caller, body));
            await call.JsonAsync(200, acl, ApiJson.Default.AccessControlList);
        });
        repo.Get("/team/{team}/icon", Scopes.Download, call => Redirects.AnswerAsync(
            call, urls, world.Transact(() => world.TeamChanges.RequireIcon(TeamId(call)))));
        repo.Get("/team/{team}/icon/preview", Scopes.Download, call =>
        {
            world.Transact(() => world.TeamChanges.RequireIcon(TeamId(call)));
            throw ServiceException.NotFound($"No preview was found for the icon of the team with id: {TeamId(call)}");
        });
    }

    public static long TeamId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("team"), "id");

    public static long UserId(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("user"), "principalId");

    /// <summary>A page of at most 50, which is as much as the team services give.</summary>
    public static OffsetPage Page(ServiceCall call)
    {
        var page = call.Page();
        return page.Limit <= 50 ? page : throw ServiceException.BadRequest("limit must be between 1 and 50");
    }

    private long Now => world.Now.ToUnixTimeMilliseconds();

    private Task TeamAsync(ServiceCall call, int status, Func<TeamRow> work) =>
        call.JsonAsync(status, TeamShape.Of(world.Transact(work)), TeamJson.Default.Team);

    private Task PageAsync(ServiceCall call, Func<OffsetPage, IReadOnlyList<TeamRow>> work)
    {
        var page = Page(call);
        var rows = world.Transact(() => work(page));
        var answer = new TeamPage { Results = [.. rows.Select(TeamShape.Of)], TotalNumberOfResults = page.Total(rows.Count) };
        return call.JsonAsync(200, answer, TeamJson.Default.TeamPage);
    }

    private Task IdsAsync(ServiceCall call)
    {
        var byName = call.Query("sort") switch
        {
            null => false,
            "TEAM_NAME" => true,
            var odd => throw ServiceException.BadRequest($"Unknown sort: {odd}"),
        };
        var page = PageToken.Parse(call.Query("nextPageToken"));
        var ids = world.Transact(() => world.Teams.IdsOf(UserId(call), byName, !call.Flag("ascending", otherwise: true), page));
        var answer = new TeamIdPage { TeamIds = [.. page.Page(ids).Select(EntityShape.Text)], NextPageToken = page.Next(ids.Count) };
        return call.JsonAsync(200, answer, TeamJson.Default.TeamIdPage);
    }

    private async Task ListAsync(ServiceCall call)
    {
        var ids = (await call.ReadAsync(ApiJson.Default.IdList)).List ?? throw ServiceException.BadRequest("The list of ids is required");
        var rows = world.Transact(() => ids.Distinct().Order()
            .Select(id => world.Teams.Get(id) ?? throw ServiceException.NotFound($"Team with id {id} not found")).ToArray());
        await call.JsonAsync(200, new TeamList { List = [.. rows.Select(TeamShape.Of)] }, TeamJson.Default.TeamList);
    }
}

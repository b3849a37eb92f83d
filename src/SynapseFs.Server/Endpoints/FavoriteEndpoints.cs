using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>A user's own ways into the tree: favorites and lists of projects.</summary>
internal sealed class FavoriteEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Post("/favorite/{id}", Scopes.View | Scopes.Modify, call => call.JsonAsync(
            201, world.Transact(() => world.Favorites.Add(call.Caller, call.EntityId)), ApiJson.Default.EntityHeader));
        repo.Delete("/favorite/{id}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Favorites.Remove(call.Caller, call.EntityId));
            return call.NothingAsync(204);
        });
        repo.Get("/favorite", Scopes.View, FavoritesAsync);
        repo.Get("/projects", Scopes.View, call => ProjectsAsync(call, call.Caller.Id));
        repo.Get("/projects/user/{user}", Scopes.View, call => ProjectsAsync(
            call, EntityIds.ParseNumber(call.RouteText("user"), "principalId")));
    }

    private Task FavoritesAsync(ServiceCall call)
    {
        var page = call.Page();
        var answer = world.Transact(() => world.Favorites.List(call.Caller, call.Query("sort"), call.Query("sortDirection"), page));
        return call.JsonAsync(200, answer, ApiJson.Default.EntityHeaderPage);
    }

    private Task ProjectsAsync(ServiceCall call, long user)
    {
        long? team = call.Query("teamId") is { } text ? EntityIds.ParseNumber(text, "teamId") : null;
        var query = ProjectQuery.Parse(call.Query("filter"), team, call.Query("sort"), call.Query("sortDirection"));
        var answer = world.Transact(() =>
        {
            var subject = user == call.Caller.Id ? call.Caller : world.Callers.Require(user);
            return world.Projects.List(call.Caller, subject, query, call.Query("nextPageToken"));
        });
        return call.JsonAsync(200, answer, ApiJson.Default.ProjectHeaderList);
    }
}

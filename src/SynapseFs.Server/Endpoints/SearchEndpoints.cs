using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Search and statistics.</summary>
internal sealed class SearchEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Post("/search", Scopes.View, async call =>
        {
            var query = await call.ReadAsync(SearchJson.Default.SearchQuery);
            world.Search.Follow();
            await call.JsonAsync(201, world.Transact(() => world.Search.Find(call.Caller, query)), SearchJson.Default.SearchResults);
        });
        repo.Post("/statistics", Scopes.View, async call =>
        {
            var request = await call.ReadAsync(StatisticsJson.Default.ProjectFilesStatisticsRequest);
            var answer = world.Transact(() => world.FileEvents.Read(call.Caller, request));
            await call.JsonAsync(200, answer, StatisticsJson.Default.ProjectFilesStatisticsResponse);
        });
    }
}

using Microsoft.AspNetCore.Routing;
using SynapseFs.Server.Endpoints;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Http;

/// <summary>Every service area in one list.</summary>
internal static class ServiceMap
{
    public static void AddAll(IEndpointRouteBuilder routes, SynapseWorld world, ServerOptions options, TimeProvider time)
    {
        var repo = new ServiceRoutes(routes, ServerService.Repo, Doors.Repo);
        StackEndpoints.Add(repo);
        _ = world;
        _ = options;
        _ = time;
    }
}

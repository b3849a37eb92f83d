using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Annotations, second API.</summary>
internal sealed class AnnotationEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Get("/entity/{id}/annotations2", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Annotations.Get(call.Caller, call.EntityId)), ApiJson.Default.Annotations));
        repo.Get("/entity/{id}/version/{version}/annotations2", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Annotations.Get(call.Caller, call.EntityId, call.Version)), ApiJson.Default.Annotations));
        repo.Put("/entity/{id}/annotations2", Scopes.View | Scopes.Modify, ReplaceAsync);
    }

    private async Task ReplaceAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.Annotations);
        var answer = world.Transact(() => world.Annotations.Replace(call.Caller, call.EntityId, body));
        await call.JsonAsync(200, answer, ApiJson.Default.Annotations);
    }
}

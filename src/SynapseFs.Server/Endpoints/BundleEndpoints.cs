using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

internal sealed class BundleEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Post("/entity/{id}/bundle2", Scopes.View, call => ReadAsync(call, version: null));
        repo.Post("/entity/{id}/version/{version}/bundle2", Scopes.View, call => ReadAsync(call, call.Version));
        repo.Post("/entity/bundle2/create", Scopes.View | Scopes.Modify, CreateAsync);
        repo.Put("/entity/{id}/bundle2", Scopes.View | Scopes.Modify, UpdateAsync);
    }

    private async Task ReadAsync(ServiceCall call, long? version)
    {
        var request = await call.ReadAsync(ApiJson.Default.EntityBundleRequest);
        var answer = world.Transact(() => world.Bundles.Read(call.Caller, call.EntityId, version, request));
        await call.JsonAsync(200, answer, ApiJson.Default.EntityBundle);
    }

    private async Task CreateAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.EntityBundleCreate);
        await call.JsonAsync(201, world.Transact(() => world.Bundles.Create(call.Caller, body)), ApiJson.Default.EntityBundle);
    }

    private async Task UpdateAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.EntityBundleCreate);
        var answer = world.Transact(() => world.Bundles.Update(call.Caller, call.RouteText("id"), body));
        await call.JsonAsync(200, answer, ApiJson.Default.EntityBundle);
    }
}

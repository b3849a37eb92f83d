using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

internal sealed class BundleEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Post("/entity/{id}/bundle2", Scopes.View, call => ReadAsync(call, version: null));
        repo.Post("/entity/{id}/version/{version}/bundle2", Scopes.View, call => ReadAsync(call, call.Version));
        repo.Get("/entity/{id}/bundle", Scopes.View, call => ReadFirstApiAsync(call, version: null));
        repo.Get("/entity/{id}/version/{version}/bundle", Scopes.View, call => ReadFirstApiAsync(call, call.Version));
        repo.Post("/entity/bundle2/create", Scopes.View | Scopes.Modify, CreateAsync);
        repo.Put("/entity/{id}/bundle2", Scopes.View | Scopes.Modify, UpdateAsync);
    }

    private async Task ReadAsync(ServiceCall call, long? version)
    {
        var request = await call.ReadAsync(ApiJson.Default.EntityBundleRequest);
        var answer = world.Transact(() => world.Bundles.Read(call.Caller, call.EntityId, version, request));
        await call.JsonAsync(200, answer, ApiJson.Default.EntityBundle);
    }

    // The bundle of 2018: another shape of annotations, and the entity's type by its class name.
    private Task ReadFirstApiAsync(ServiceCall call, long? version)
    {
        var request = BundleMask.Parse(call.Query("mask"));
        var bundle = world.Transact(() => world.Bundles.Read(call.Caller, call.EntityId, version, request));
        var old = JsonSerializer.SerializeToNode(bundle with { Annotations = null }, ApiJson.Default.EntityBundle)!.AsObject();
        if (bundle.Annotations is { } annotations)
        {
            old["annotations"] = AnnotationsV1.Of(annotations);
        }

        if (bundle.Entity is { } entity)
        {
            old["entityType"] = entity.ConcreteType;
        }

        return call.JsonAsync(200, old, EndpointJson.Default.JsonObject);
    }

    private async Task CreateAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.EntityBundleCreate);
        await call.JsonAsync(
            201, world.Transact(() => world.Bundles.Create(call.Caller, body, call.Query("generatedBy"))), ApiJson.Default.EntityBundle);
    }

    private async Task UpdateAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.EntityBundleCreate);
        var answer = world.Transact(() => world.Bundles.Update(call.Caller, call.RouteText("id"), body, call.Query("generatedBy")));
        await call.JsonAsync(200, answer, ApiJson.Default.EntityBundle);
    }
}

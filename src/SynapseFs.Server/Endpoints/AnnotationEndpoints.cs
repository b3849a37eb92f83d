using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Annotations: the second API, and the first, which shows the same ones in another shape.</summary>
internal sealed class AnnotationEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Get("/entity/{id}/annotations2", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => Current(call)), ApiJson.Default.Annotations));
        repo.Get("/entity/{id}/version/{version}/annotations2", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Annotations.Get(call.Caller, call.EntityId, call.Version)), ApiJson.Default.Annotations));
        repo.Put("/entity/{id}/annotations2", Scopes.View | Scopes.Modify, ReplaceAsync);
        repo.Get("/entity/{id}/annotations", Scopes.View, call => FirstApiAsync(
            call, () => world.Annotations.Get(call.Caller, call.EntityId)));
        repo.Get("/entity/{id}/version/{version}/annotations", Scopes.View, call => FirstApiAsync(
            call, () => world.Annotations.Get(call.Caller, call.EntityId, call.Version)));
        repo.Put("/entity/{id}/annotations", Scopes.View | Scopes.Modify, async call =>
        {
            var body = AnnotationsV1.Read(await call.ReadAsync(EndpointJson.Default.JsonObject));
            await FirstApiAsync(call, () => world.Annotations.Replace(call.Caller, call.EntityId, body));
        });
    }

    private Annotations Current(ServiceCall call)
    {
        var own = world.Annotations.Get(call.Caller, call.EntityId);
        return call.Flag("includeDerived", otherwise: false)
            ? own with { Values = world.SchemaResults.WithDerived(call.EntityId, own.Values ?? new Dictionary<string, AnnotationsValue>()) }
            : own;
    }

    private async Task ReplaceAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.Annotations);
        var answer = world.Transact(() => world.Annotations.Replace(call.Caller, call.EntityId, body));
        await call.JsonAsync(200, answer, ApiJson.Default.Annotations);
    }

    private Task FirstApiAsync(ServiceCall call, Func<Annotations> work) =>
        call.JsonAsync(200, AnnotationsV1.Of(world.Transact(work)), EndpointJson.Default.JsonObject);
}

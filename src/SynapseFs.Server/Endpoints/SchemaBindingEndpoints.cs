using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Schemas at entities: bindings, what validation found, and entities as the flat objects that are validated.</summary>
internal sealed class SchemaBindingEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        AddBinding(repo);
        repo.Get("/entity/{id}/json", Scopes.View, call => call.JsonAsync(
            200,
            world.Transact(() => world.EntityJson.Get(
                call.Caller, call.EntityId, call.Flag("includeDerivedAnnotations", otherwise: false))),
            EndpointJson.Default.JsonObject));
        repo.Get("/entity/{id}/version/{version}/json", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.EntityJson.Get(call.Caller, call.EntityId, call.Version)), EndpointJson.Default.JsonObject));
        repo.Put("/entity/{id}/json", Write, async call =>
        {
            var body = JsonElement.Parse((await call.ReadAsync(EndpointJson.Default.JsonObject)).ToJsonString());
            var answer = world.Transact(() => world.EntityJson.Put(call.Caller, call.EntityId, body));
            await call.JsonAsync(200, answer, EndpointJson.Default.JsonObject);
        });
        repo.Get("/entity/{id}/derivedKeys", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.SchemaResults.DerivedKeys(call.Caller, call.EntityId)), SchemaJson.Default.AnnotationKeys));
        repo.Get("/entity/{id}/schema/validation", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.SchemaResults.Get(call.Caller, call.EntityId)), SchemaJson.Default.ValidationResults));
        repo.Get("/entity/{id}/schema/validation/statistics", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.SchemaResults.Statistics(call.Caller, call.EntityId, call.RouteText("id"))),
            SchemaJson.Default.ValidationSummaryStatistics));
        repo.Post("/entity/{id}/schema/validation/invalid", Scopes.View, async call =>
        {
            var page = PageToken.Parse((await call.ReadAsync(SchemaJson.Default.ListValidationResultsRequest)).NextPageToken);
            var answer = world.Transact(() => world.SchemaResults.Invalid(call.Caller, call.EntityId, page));
            await call.JsonAsync(200, answer, SchemaJson.Default.ValidationResultsList);
        });
    }

    private void AddBinding(ServiceRoutes repo)
    {
        repo.Put("/entity/{id}/schema/binding", Write, async call =>
        {
            var request = await call.ReadAsync(SchemaJson.Default.BindSchemaRequest);
            var answer = world.Transact(() => world.SchemaBindings.Bind(call.Caller, call.EntityId, request));
            await call.JsonAsync(200, answer, SchemaJson.Default.JsonSchemaObjectBinding);
        });
        repo.Get("/entity/{id}/schema/binding", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.SchemaBindings.Get(call.Caller, call.EntityId, call.RouteText("id"))),
            SchemaJson.Default.JsonSchemaObjectBinding));
        repo.Delete("/entity/{id}/schema/binding", Scopes.Modify, call =>
        {
            world.Transact(() => world.SchemaBindings.Unbind(call.Caller, call.EntityId));
            return call.NothingAsync(204);
        });
    }
}

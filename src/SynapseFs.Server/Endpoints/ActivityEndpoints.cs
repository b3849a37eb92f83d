using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Provenance: activities, and what they generated.</summary>
internal sealed class ActivityEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/activity", Write, async call =>
        {
            var body = await call.ReadAsync(ActivityJson.Default.Activity);
            await ReplyAsync(call, 201, () => world.Activities.Create(call.Caller, body));
        });
        repo.Get("/activity/{id}", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Activities.Get(call.Caller, call.RouteText("id"))));
        repo.Put("/activity/{id}", Write, async call =>
        {
            var body = await call.ReadAsync(ActivityJson.Default.Activity);
            await ReplyAsync(call, 200, () => world.Activities.Update(call.Caller, body));
        });
        repo.Delete("/activity/{id}", Scopes.Modify, call =>
        {
            world.Transact(() => world.Activities.Delete(call.Caller, call.RouteText("id")));
            return call.NothingAsync(204);
        });
        repo.Get("/activity/{id}/generated", Scopes.View, GeneratedAsync);
        repo.Get("/entity/{id}/generatedBy", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Origins.Get(call.Caller, call.EntityId, number: null)));
        repo.Get("/entity/{id}/version/{version}/generatedBy", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Origins.Get(call.Caller, call.EntityId, call.Version)));
        repo.Put("/entity/{id}/generatedBy", Write, AttachAsync);
        repo.Delete("/entity/{id}/generatedBy", Scopes.Modify, call =>
        {
            world.Transact(() => world.Origins.Clear(call.Caller, call.EntityId));
            return call.NothingAsync(204);
        });
    }

    private Task AttachAsync(ServiceCall call)
    {
        var activity = call.RequiredQuery("generatedBy");
        return ReplyAsync(call, 200, () => world.Origins.Set(call.Caller, call.EntityId, activity));
    }

    private Task GeneratedAsync(ServiceCall call)
    {
        var page = call.Page();
        var answer = world.Transact(() => world.Activities.Generated(call.Caller, call.RouteText("id"), page));
        return call.JsonAsync(200, answer, ActivityJson.Default.ReferencePage);
    }

    private Task ReplyAsync(ServiceCall call, int status, Func<Activity> work) =>
        call.JsonAsync(status, world.Transact(work), ActivityJson.Default.Activity);
}

using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Entities as such: create, read, update, delete; and their versions.</summary>
internal sealed class EntityEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/entity", Write, CreateAsync);
        repo.Get("/entity/{id}", Scopes.View, call => ReplyAsync(call, 200, () => world.Entities.Get(call.Caller, call.EntityId)));
        repo.Put("/entity/{id}", Write, call => UpdateAsync(call, call.Flag("newVersion", otherwise: false)));
        repo.Delete("/entity/{id}", Scopes.Modify, DeleteAsync);
        repo.Get("/entity/{id}/version/{version}", Scopes.View, call => ReplyAsync(
            call, 200, () => world.Entities.Get(call.Caller, call.EntityId, call.Version)));
        repo.Put("/entity/{id}/version", Write, call => UpdateAsync(call, newVersion: true));
        repo.Delete("/entity/{id}/version/{version}", Scopes.Modify, DeleteVersionAsync);
        repo.Put("/entity/{id}/version/{version}/filehandle", Write, SwapAsync);
    }

    private async Task CreateAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.Entity);
        await ReplyAsync(call, 201, () => world.Entities.Create(call.Caller, body, call.Query("generatedBy")));
    }

    private async Task UpdateAsync(ServiceCall call, bool newVersion)
    {
        var body = await call.ReadAsync(ApiJson.Default.Entity);
        await ReplyAsync(call, 200, () => world.EntityChanges.Update(call.Caller, body, newVersion, call.Query("generatedBy")));
    }

    private Task DeleteAsync(ServiceCall call)
    {
        world.Transact(() => world.Trash.Delete(call.Caller, call.EntityId, call.Flag("skipTrashCan", otherwise: false)));
        return call.NothingAsync(204);
    }

    private Task DeleteVersionAsync(ServiceCall call)
    {
        world.Transact(() => world.EntityChanges.DeleteVersion(call.Caller, call.EntityId, call.Version));
        return call.NothingAsync(204);
    }

    private async Task SwapAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ApiJson.Default.FileHandleUpdateRequest);
        world.Transact(() => world.EntityChanges.SwapFileHandle(call.Caller, call.EntityId, call.Version, body));
        await call.NothingAsync(200);
    }

    private Task ReplyAsync(ServiceCall call, int status, Func<Entity> work) =>
        call.JsonAsync(status, world.Transact(work), ApiJson.Default.Entity);
}

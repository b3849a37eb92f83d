using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

internal sealed class TrashEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Put("/trashcan/trash/{id}", Scopes.Modify, call => DoAsync(
            call, () => world.Trash.Delete(call.Caller, call.EntityId, isPurging: false)));
        repo.Get("/trashcan/view", Scopes.View, ViewAsync);
        repo.Put("/trashcan/restore/{id}", Scopes.Modify, call => DoAsync(
            call, () => world.Trash.Restore(call.Caller, call.EntityId, newParent: null)));
        repo.Put("/trashcan/restore/{id}/{parent}", Scopes.Modify, call => DoAsync(
            call, () => world.Trash.Restore(call.Caller, call.EntityId, EntityIds.Parse(call.RouteText("parent")))));
        repo.Put("/trashcan/purge/{id}", Scopes.Modify, call => DoAsync(call, () => world.Trash.Purge(call.Caller, call.EntityId)));
    }

    private Task ViewAsync(ServiceCall call)
    {
        var page = call.Page();
        return call.JsonAsync(200, world.Transact(() => world.Trash.View(call.Caller, page)), ApiJson.Default.TrashedEntityPage);
    }

    private Task DoAsync(ServiceCall call, Action work)
    {
        world.Transact(work);
        return call.NothingAsync(200);
    }
}

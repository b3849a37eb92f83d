using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>ACLs, permissions and restrictions.</summary>
internal sealed class AccessEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Get("/entity/{id}/acl", Scopes.View, call => AclAsync(call, 200, () => world.AclChanges.Get(call.Caller, call.EntityId)));
        repo.Post("/entity/{id}/acl", Write, async call =>
        {
            var body = await call.ReadAsync(ApiJson.Default.AccessControlList);
            await AclAsync(call, 201, () => world.AclChanges.Create(call.Caller, call.EntityId, body));
        });
        repo.Put("/entity/{id}/acl", Write, async call =>
        {
            var body = await call.ReadAsync(ApiJson.Default.AccessControlList);
            await AclAsync(call, 200, () => world.AclChanges.Update(call.Caller, call.RouteText("id"), body));
        });
        repo.Delete("/entity/{id}/acl", Scopes.Modify, call =>
        {
            world.Transact(() => world.AclChanges.Delete(call.Caller, call.EntityId));
            return call.NothingAsync(204);
        });
        repo.Get("/entity/{id}/permissions", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.AccessView.Permissions(call.Caller, call.EntityId)), ApiJson.Default.UserEntityPermissions));
        repo.Get("/entity/{id}/access", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.AccessView.May(call.Caller, call.EntityId, call.Query("accessType"))),
            ApiJson.Default.BooleanResult));
        repo.Get("/entity/{id}/actions/download", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.AccessView.DownloadActions(call.Caller, call.EntityId)), ApiJson.Default.ActionRequiredList));
        repo.Post("/restrictionInformation", Scopes.View, RestrictionAsync);
        repo.Post("/restrictionInformation/batch", Scopes.View, RestrictionsAsync);
    }

    private async Task RestrictionAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.RestrictionInformationRequest);
        var answer = world.Transact(() =>
            world.AccessView.Restrictions(call.Caller, request.RestrictableObjectType, request.ObjectId));
        await call.JsonAsync(200, answer, ApiJson.Default.RestrictionInformation);
    }

    private async Task RestrictionsAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.RestrictionInformationBatchRequest);
        var answer = world.Transact(() => world.AccessView.Restrictions(call.Caller, request));
        await call.JsonAsync(200, answer, ApiJson.Default.RestrictionInformationBatchResponse);
    }

    private Task AclAsync(ServiceCall call, int status, Func<AccessControlList> work) =>
        call.JsonAsync(status, world.Transact(work), ApiJson.Default.AccessControlList);
}

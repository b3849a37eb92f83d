using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Storage locations, project settings, keys of buckets, and how much a project holds. All of the repository service.</summary>
internal sealed class StorageLocationEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/storageLocation", Write, CreateAsync);
        repo.Get("/storageLocation", Scopes.View, call => call.JsonAsync(
            200,
            new StorageLocationSettingList { List = world.Transact(() => world.StorageLocations.OwnedBy(call.Caller)) },
            StorageJson.Default.StorageLocationSettingList));
        repo.Get("/storageLocation/{location}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.StorageLocations.RequireOwn(call.Caller, Number(call, "location", "storageLocationId"))),
            StorageJson.Default.StorageLocationSetting));
        repo.Post("/projectSettings", Write, CreateSettingAsync);
        repo.Put("/projectSettings", Write, UpdateSettingAsync);
        repo.Get("/projectSettings/{setting}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.ProjectSettings.Get(call.Caller, Number(call, "setting", "id"))),
            StorageJson.Default.ProjectSetting));
        repo.Delete("/projectSettings/{setting}", Scopes.Modify, call =>
        {
            world.Transact(() => world.ProjectSettings.Delete(call.Caller, Number(call, "setting", "id")));
            return call.NothingAsync(204);
        });
        repo.Get("/projectSettings/{id}/type/{type}", Scopes.View, SettingOfAsync);
        repo.Get("/entity/{id}/sts", Write | Scopes.Download, call => call.JsonAsync(
            200, world.Transact(() => world.TemporaryKeys.Issue(call.Caller, call.EntityId, call.Query("permission"))),
            StorageJson.Default.StsCredentials));
        repo.Get("/project/{id}/storage/usage", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.StorageUsage.Of(call.Caller, call.EntityId)), StorageJson.Default.ProjectStorageUsage));
        repo.Put("/project/{id}/storage/limit", Write, LimitAsync);
    }

    private async Task CreateAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(StorageJson.Default.StorageLocationSetting);
        var setting = world.Transact(() => world.StorageLocations.Create(call.Caller, body));
        await call.JsonAsync(201, setting, StorageJson.Default.StorageLocationSetting);
    }

    private async Task CreateSettingAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(StorageJson.Default.ProjectSetting);
        var setting = world.Transact(() => world.ProjectSettings.Create(call.Caller, body));
        await call.JsonAsync(201, setting, StorageJson.Default.ProjectSetting);
    }

    private async Task UpdateSettingAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(StorageJson.Default.ProjectSetting);
        world.Transact(() => world.ProjectSettings.Update(call.Caller, body));
        await call.NothingAsync(200);
    }

    private Task SettingOfAsync(ServiceCall call)
    {
        var setting = world.Transact(() => world.ProjectSettings.GetOf(call.Caller, call.EntityId, call.RouteText("type")));
        return setting is null ? call.NothingAsync(200) : call.JsonAsync(200, setting, StorageJson.Default.ProjectSetting);
    }

    private async Task LimitAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(StorageJson.Default.ProjectStorageLocationLimit);
        var limit = world.Transact(() => world.StorageUsage.SetLimit(call.Caller, call.EntityId, body));
        await call.JsonAsync(200, limit, StorageJson.Default.ProjectStorageLocationLimit);
    }

    private static long Number(ServiceCall call, string route, string name) => EntityIds.ParseNumber(call.RouteText(route), name);
}

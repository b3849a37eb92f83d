using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Column models, and the columns of a table.</summary>
internal sealed class ColumnEndpoints(SynapseWorld world)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;
    private const int DefaultPage = 10;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/column", Write, CreateAsync);
        repo.Post("/column/batch", Write, CreateAllAsync);
        repo.Get("/column/{column}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Columns.Require(call.RouteText("column"))), ColumnJson.Default.ColumnModel));
        repo.Get("/column", Scopes.View, ListAsync);
        repo.Get("/entity/{id}/column", Scopes.View, OfEntityAsync);
    }

    private async Task CreateAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ColumnJson.Default.ColumnModel);
        var made = world.Transact(() => world.Columns.Create(call.Caller, [body]));
        await call.JsonAsync(201, made[0], ColumnJson.Default.ColumnModel);
    }

    private async Task CreateAllAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(ColumnJson.Default.ColumnModelList);
        var models = body.List ?? throw ServiceException.BadRequest("list is required.");
        var made = world.Transact(() => world.Columns.Create(call.Caller, models));
        await call.JsonAsync(201, new ColumnModelList { List = made }, ColumnJson.Default.ColumnModelList);
    }

    private Task ListAsync(ServiceCall call)
    {
        var page = call.Page(DefaultPage);
        return call.JsonAsync(
            200, world.Transact(() => world.Columns.List(call.Query("prefix"), page)), ColumnJson.Default.ColumnModelPage);
    }

    private Task OfEntityAsync(ServiceCall call)
    {
        var key = TableIds.Parse(call.RouteText("id"));
        var columns = world.Transact(() =>
        {
            var node = world.Access.Require(call.Caller, key.Id, AccessTypes.Read).Node;
            var version = key.Version is { } number ? world.Versions.Get(key.Id, number) : world.Versions.Current(node);
            return version is null ? [] : world.Columns.Of(version);
        });
        return call.JsonAsync(
            200, new ColumnModelPage { Results = columns, TotalNumberOfResults = columns.Count }, ColumnJson.Default.ColumnModelPage);
    }
}

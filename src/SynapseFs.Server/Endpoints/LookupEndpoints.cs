using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Endpoints;

/// <summary>Finding entities: children, by name, headers, paths, versions, by MD5 and alias.</summary>
internal sealed class LookupEndpoints(SynapseWorld world)
{
    public void Add(ServiceRoutes repo)
    {
        repo.Post("/entity/children", Scopes.View, ChildrenAsync);
        repo.Post("/entity/child", Scopes.View, ChildAsync);
        repo.Post("/entity/header", Scopes.View, HeadersAsync);
        repo.Get("/entity/type", Scopes.View, TypesAsync);
        repo.Get("/entity/{id}/type", Scopes.View, TypeAsync);
        repo.Get("/entity/{id}/path", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Headers.Path(call.Caller, call.EntityId)), ApiJson.Default.EntityPath));
        repo.Get("/entity/{id}/benefactor", Scopes.View, BenefactorAsync);
        repo.Get("/entity/{id}/version", Scopes.View, VersionsAsync);
        repo.Get("/entity/md5/{md5}", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Headers.WithMd5(call.Caller, call.RouteText("md5"))), ApiJson.Default.EntityHeaderPage));
        // Only managed repositories are found by name, and there is no registry here to manage any.
        repo.Get("/entity/dockerRepo/id", Scopes.View, call => throw ServiceException.NotFound(
            $"A repository named {call.Query("repositoryName")} does not exist or it is not a managed repository."));
        repo.Get("/entity/alias/{alias}", Scopes.View, AliasAsync);
    }

    private async Task ChildrenAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.EntityChildrenRequest);
        var answer = world.Transact(() => world.Listing.Children(call.Caller, request));
        await call.JsonAsync(200, answer, ApiJson.Default.EntityChildrenResponse);
    }

    private async Task ChildAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.EntityLookupRequest);
        var answer = world.Transact(() => world.Listing.FindChild(call.Caller, request, world.Nodes));
        await call.JsonAsync(200, answer, ApiJson.Default.EntityId);
    }

    private async Task HeadersAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.ReferenceList);
        var answer = world.Transact(() => world.Headers.Find(
            call.Caller, request.References ?? throw ServiceException.BadRequest("references is required.")));
        await call.JsonAsync(200, answer, ApiJson.Default.EntityHeaderPage);
    }

    private Task TypesAsync(ServiceCall call)
    {
        var ids = call.RequiredQuery("batch")
            .Split(',', StringSplitOptions.RemoveEmptyEntries);
        Reference[] references = [.. ids.Select(id => new Reference { TargetId = id })];
        var answer = world.Transact(() => world.Headers.Find(call.Caller, references));
        return call.JsonAsync(200, answer, ApiJson.Default.EntityHeaderPage);
    }

    private Task TypeAsync(ServiceCall call)
    {
        var answer = world.Transact(() => world.Headers.Of(world.Access.Require(call.Caller, call.EntityId, AccessTypes.Read)));
        return call.JsonAsync(200, answer, ApiJson.Default.EntityHeader);
    }

    private Task BenefactorAsync(ServiceCall call)
    {
        var answer = world.Transact(() =>
        {
            var standing = world.Access.Require(call.Caller, call.EntityId, AccessTypes.Read);
            return world.Headers.Of(world.Access.Examine(call.Caller, standing.Lineage.Benefactor));
        });
        return call.JsonAsync(200, answer, ApiJson.Default.EntityHeader);
    }

    private Task VersionsAsync(ServiceCall call)
    {
        var page = call.Page();
        var answer = world.Transact(() => world.Headers.Versions(call.Caller, call.EntityId, page));
        return call.JsonAsync(200, answer, ApiJson.Default.VersionInfoPage);
    }

    private Task AliasAsync(ServiceCall call)
    {
        var alias = call.RouteText("alias");
        var node = world.Transact(() => world.Nodes.FindAlias(alias))
            ?? throw ServiceException.NotFound($"Did not find a match for alias: {alias}");
        return call.JsonAsync(200, new EntityId { Id = node.IdText }, ApiJson.Default.EntityId);
    }
}

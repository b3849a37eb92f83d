using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Wikis;

namespace SynapseFs.Server.Endpoints;

/// <summary>Wikis, second API: a page's text is a file, and its versions can be had.</summary>
internal sealed class Wiki2Endpoints(SynapseWorld world, SignedUrls urls)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    private readonly WikiFileReplies _files = new(world, urls);

    public void Add(ServiceRoutes repo)
    {
        AddOwner(repo, "/entity/{id}", WikiOwner.Entity);
        AddOwner(repo, "/evaluation/{id}", WikiOwner.Evaluation);
        AddOwner(repo, "/access_requirement/{id}", WikiOwner.AccessRequirement);
        repo.Get("/entity/{id}/wiki2orderhint", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Wikis.OrderHint(call.Caller, call.WikiOwner(WikiOwner.Entity))),
            WikiJson.Default.WikiOrderHint));
        repo.Put("/entity/{id}/wiki2orderhint", Write, SetOrderAsync);
    }

    private void AddOwner(ServiceRoutes repo, string owner, string type)
    {
        repo.Post(owner + "/wiki2", Write, async call =>
        {
            var body = await call.ReadAsync(WikiJson.Default.V2WikiPage);
            await PageAsync(call, 201, () => world.WikiChanges.Create(call.Caller, call.WikiOwner(type), body));
        });
        repo.Get(owner + "/wiki2", Scopes.View, call => PageAsync(
            call, 200, () => world.Wikis.Root(call.Caller, call.WikiOwner(type))));
        repo.Get(owner + "/wiki2/{wiki}", Scopes.View, call => PageAsync(
            call, 200, () => world.Wikis.Get(call.Caller, call.WikiOwner(type), call.WikiId(), call.WikiVersion())));
        repo.Put(owner + "/wiki2/{wiki}", Write, async call =>
        {
            var body = await call.ReadAsync(WikiJson.Default.V2WikiPage);
            call.RequireWikiId(body.Id);
            await PageAsync(call, 200, () => world.WikiChanges.Update(call.Caller, call.WikiOwner(type), call.WikiId(), body));
        });
        repo.Put(owner + "/wiki2/{wiki}/{wikiVersion}", Write, call => PageAsync(
            call, 200, () => world.WikiChanges.Restore(
                call.Caller, call.WikiOwner(type), call.WikiId(), EntityIds.ParseNumber(call.RouteText("wikiVersion"), "wikiVersion"))));
        repo.Delete(owner + "/wiki2/{wiki}", Scopes.Modify, call => _files.DeleteAsync(call, type));
        repo.Get(owner + "/wikiheadertree2", Scopes.View, call => _files.TreeAsync(call, type));
        repo.Get(owner + "/wiki2/{wiki}/wikihistory", Scopes.View, call => HistoryAsync(call, type));
        repo.Get(owner + "/wiki2/{wiki}/attachmenthandles", Scopes.View, call => _files.HandlesAsync(call, type));
        repo.Get(owner + "/wiki2/{wiki}/attachment", Scopes.Download, call => _files.AttachmentAsync(call, type));
        repo.Get(owner + "/wiki2/{wiki}/attachmentpreview", Scopes.Download, call => _files.PreviewAsync(call, type));
        repo.Get(owner + "/wiki2/{wiki}/markdown", Scopes.Download, call => _files.MarkdownAsync(call, type));
    }

    private Task HistoryAsync(ServiceCall call, string type)
    {
        foreach (var name in (string[])["offset", "limit"])
        {
            if (call.Query(name) is null)
            {
                throw ServiceException.BadRequest($"Required request parameter '{name}' for method parameter type Long is not present");
            }
        }

        var page = call.Page(defaultLimit: 1);
        return call.JsonAsync(
            200, world.Transact(() => world.Wikis.History(call.Caller, call.WikiOwner(type), call.WikiId(), page)),
            WikiJson.Default.WikiHistoryPage);
    }

    private async Task SetOrderAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(WikiJson.Default.WikiOrderHint);
        var type = body.OwnerObjectType?.ToUpperInvariant() ?? WikiOwner.Entity;
        var answer = world.Transact(() => world.WikiChanges.SetOrder(call.Caller, WikiCalls.OwnerOf(type, body.OwnerId), body));
        await call.JsonAsync(200, answer, WikiJson.Default.WikiOrderHint);
    }

    private Task PageAsync(ServiceCall call, int status, Func<V2WikiPage> work) =>
        call.JsonAsync(status, world.Transact(work), WikiJson.Default.V2WikiPage);
}

using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Wikis;

namespace SynapseFs.Server.Endpoints;

/// <summary>Wikis, first API: a page's text stands in the page.</summary>
internal sealed class WikiEndpoints(SynapseWorld world, SignedUrls urls)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    private readonly WikiFileReplies _files = new(world, urls);

    public void Add(ServiceRoutes repo)
    {
        AddPages(repo, "/entity/{id}", WikiOwner.Entity);
        AddPages(repo, "/evaluation/{id}", WikiOwner.Evaluation);
        AddPages(repo, "/access_requirement/{id}", WikiOwner.AccessRequirement);
        AddTree(repo, "/entity/{id}", WikiOwner.Entity);
        AddTree(repo, "/evaluation/{id}", WikiOwner.Evaluation);
    }

    private void AddPages(ServiceRoutes repo, string owner, string type)
    {
        repo.Post(owner + "/wiki", Write, async call =>
        {
            var body = await call.ReadAsync(WikiJson.Default.WikiPage);
            await WriteAsync(
                call, 201, type, AccessTypes.Create, body, page => world.WikiChanges.Create(call.Caller, call.WikiOwner(type), page));
        });
        repo.Get(owner + "/wikikey", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Wikis.RootKey(call.Caller, call.WikiOwner(type))), WikiJson.Default.WikiPageKey));
        repo.Get(owner + "/wiki/{wiki}", Scopes.View, call => call.JsonAsync(
            200,
            world.WikiTexts.ToV1(world.Transact(
                () => world.Wikis.Get(call.Caller, call.WikiOwner(type), call.WikiId(), call.WikiVersion()))),
            WikiJson.Default.WikiPage));
        repo.Put(owner + "/wiki/{wiki}", Write, async call =>
        {
            var body = await call.ReadAsync(WikiJson.Default.WikiPage);
            call.RequireWikiId(body.Id);
            await WriteAsync(
                call, 200, type, AccessTypes.Update, body,
                page => world.WikiChanges.Update(call.Caller, call.WikiOwner(type), call.WikiId(), page));
        });
    }

    private void AddTree(ServiceRoutes repo, string owner, string type)
    {
        repo.Get(owner + "/wiki", Scopes.View, call => call.JsonAsync(
            200,
            world.WikiTexts.ToV1(world.Transact(() => world.Wikis.Root(call.Caller, call.WikiOwner(type)))),
            WikiJson.Default.WikiPage));
        repo.Delete(owner + "/wiki/{wiki}", Scopes.Modify, call => _files.DeleteAsync(call, type));
        repo.Get(owner + "/wikiheadertree", Scopes.View, call => _files.TreeAsync(call, type));
        repo.Get(owner + "/wiki/{wiki}/attachmenthandles", Scopes.View, call => _files.HandlesAsync(call, type));
        repo.Get(owner + "/wiki/{wiki}/attachment", Scopes.Download, call => _files.AttachmentAsync(call, type));
        repo.Get(owner + "/wiki/{wiki}/attachmentpreview", Scopes.Download, call => _files.PreviewAsync(call, type));
    }

    // The text goes to disk before the transaction; what is then refused is swept away at the next start.
    private async Task WriteAsync(
        ServiceCall call, int status, string type, string right, WikiPage body, Func<V2WikiPage, V2WikiPage> work)
    {
        world.Transact(() => world.WikiRights.Require(call.Caller, call.WikiOwner(type), right));
        var text = world.WikiTexts.Write(body.Markdown);
        var page = world.Transact(() => work(world.WikiTexts.ToV2(call.Caller, body, text)));
        await call.JsonAsync(status, world.WikiTexts.ToV1(page), WikiJson.Default.WikiPage);
    }
}

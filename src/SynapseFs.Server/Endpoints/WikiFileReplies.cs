using SynapseFs.Api;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Answers that both wiki APIs give alike: the tree, a page's end, and a page's files.</summary>
internal sealed class WikiFileReplies(SynapseWorld world, SignedUrls urls)
{
    private const long DefaultHeaders = 50;

    public Task TreeAsync(ServiceCall call, string type)
    {
        var page = call.Page(DefaultHeaders);
        return call.JsonAsync(
            200, world.Transact(() => world.Wikis.Tree(call.Caller, call.WikiOwner(type), page)), WikiJson.Default.WikiHeaderPage);
    }

    public Task DeleteAsync(ServiceCall call, string type)
    {
        world.Transact(() => world.WikiChanges.Delete(call.Caller, call.WikiOwner(type), call.WikiId()));
        return call.NothingAsync(200);
    }

    public Task HandlesAsync(ServiceCall call, string type) => call.JsonAsync(
        200,
        world.Transact(() => world.Wikis.AttachmentHandles(call.Caller, call.WikiOwner(type), call.WikiId(), call.WikiVersion())),
        ApiJson.Default.FileHandleResults);

    public Task AttachmentAsync(ServiceCall call, string type) =>
        Redirects.AnswerAsync(call, urls, world.Transact(() => world.Wikis.Attachment(
        call.Caller, call.WikiOwner(type), call.WikiId(), call.Query("fileName"), call.WikiVersion())));

    public Task PreviewAsync(ServiceCall call, string type) =>
        Redirects.AnswerAsync(call, urls, world.Transact(() => world.Wikis.AttachmentPreview(
        call.Caller, call.WikiOwner(type), call.WikiId(), call.Query("fileName"), call.WikiVersion())));

    public Task MarkdownAsync(ServiceCall call, string type) => Redirects.AnswerAsync(call, urls, world.Transact(() => world.Wikis.Markdown(
        call.Caller, call.WikiOwner(type), call.WikiId(), call.WikiVersion())));
}

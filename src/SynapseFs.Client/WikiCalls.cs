using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>
/// Wikis of entities. Texts go through the first API, which holds them inline; what leaves the text alone goes through the second, so
/// that the text's file handle stays. All throw <see cref="SynapseException"/>.
/// </summary>
public sealed class WikiCalls
{
    /// <summary>The most that the service gives at once.</summary>
    private const int HeaderPage = 50;

    private readonly ApiTransport _transport;

    internal WikiCalls(ApiTransport transport) => _transport = transport;

    /// <summary>All pages of an entity's wiki, in no promised order; empty when it has none, or when there is no such entity.</summary>
    public async Task<IReadOnlyList<WikiHeader>> GetTreeAsync(string owner, RequestPriority priority, CancellationToken cancellationToken)
    {
        var headers = new List<WikiHeader>();
        try
        {
            while (true)
            {
                var query = string.Create(CultureInfo.InvariantCulture, $"/wikiheadertree2?offset={headers.Count}&limit={HeaderPage}");
                var page = await _transport.SendAsync(
                    ApiCall.Get(SynapseService.Repo, "/entity/{id}/wikiheadertree2", EntityPaths.Of(owner, null, query), priority),
                    WikiJson.Default.WikiHeaderPage, cancellationToken);
                headers.AddRange(page.Results);
                if (page.Results.Count < HeaderPage)
                    return headers;
            }
        }
        catch (SynapseException e) when (e.Failure == SynapseFailure.NotFound)
        {
            return [];
        }
    }

    /// <summary>A page with its text.</summary>
    public Task<WikiPage> GetAsync(string owner, string page, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            ApiCall.Get(SynapseService.Repo, "/entity/{id}/wiki/{page}", Of(owner, "wiki", page), priority), WikiJson.Default.WikiPage,
            cancellationToken);

    /// <summary>A page without its text.</summary>
    public Task<V2WikiPage> GetBareAsync(string owner, string page, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            ApiCall.Get(SynapseService.Repo, "/entity/{id}/wiki2/{page}", Of(owner, "wiki2", page), priority), WikiJson.Default.V2WikiPage,
            cancellationToken);

    /// <summary>File handles of a page's attachments, and among them those of their previews.</summary>
    public async Task<IReadOnlyList<FileHandle>> GetAttachmentsAsync(
        string owner, string page, RequestPriority priority, CancellationToken cancellationToken) =>
        (await _transport.SendAsync(
            ApiCall.Get(
                SynapseService.Repo, "/entity/{id}/wiki2/{page}/attachmenthandles", Of(owner, "wiki2", page) + "/attachmenthandles", priority),
            ApiJson.Default.FileHandleResults, cancellationToken)).List;

    /// <summary>
    /// Makes a page; without a parent it is the root. Titles need not be unique, so a lost answer is trouble here, and whoever tries
    /// again looks first.
    /// </summary>
    /// <exception cref="SynapseException">Conflict: there is a root already.</exception>
    public Task<WikiPage> CreateAsync(string owner, WikiPage page, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(HttpMethod.Post, SynapseService.Repo, "/entity/{id}/wiki", EntityPaths.Of(owner, null, "/wiki"), priority) { IsOnce = true }
                .With(page, WikiJson.Default.WikiPage),
            WikiJson.Default.WikiPage, cancellationToken);

    /// <summary>Replaces a page whole; with a stale etag <see cref="SynapseFailure.StaleEtag"/>.</summary>
    public Task<WikiPage> UpdateAsync(string owner, WikiPage page, RequestPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        return _transport.SendAsync(
            new ApiCall(HttpMethod.Put, SynapseService.Repo, "/entity/{id}/wiki/{page}", Of(owner, "wiki", page.Id!), priority)
                .With(page, WikiJson.Default.WikiPage),
            WikiJson.Default.WikiPage, cancellationToken);
    }

    /// <summary>As above; the text stays the file handle that it is.</summary>
    public Task<V2WikiPage> UpdateAsync(string owner, V2WikiPage page, RequestPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        return _transport.SendAsync(
            new ApiCall(HttpMethod.Put, SynapseService.Repo, "/entity/{id}/wiki2/{page}", Of(owner, "wiki2", page.Id!), priority)
                .With(page, WikiJson.Default.V2WikiPage),
            WikiJson.Default.V2WikiPage, cancellationToken);
    }

    /// <summary>For good, with all pages below it. Already gone is success.</summary>
    public Task DeleteAsync(string owner, string page, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(HttpMethod.Delete, SynapseService.Repo, "/entity/{id}/wiki2/{page}", Of(owner, "wiki2", page), priority),
            cancellationToken);

    /// <summary>In which order the pages are shown, as far as somebody has said so.</summary>
    public Task<WikiOrderHint> GetOrderAsync(string owner, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            ApiCall.Get(SynapseService.Repo, "/entity/{id}/wiki2orderhint", EntityPaths.Of(owner, null, "/wiki2orderhint"), priority),
            WikiJson.Default.WikiOrderHint, cancellationToken);

    /// <summary>Says so; needs the etag that the order had.</summary>
    public Task<WikiOrderHint> UpdateOrderAsync(string owner, WikiOrderHint order, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(
                HttpMethod.Put, SynapseService.Repo, "/entity/{id}/wiki2orderhint", EntityPaths.Of(owner, null, "/wiki2orderhint"), priority)
                .With(order, WikiJson.Default.WikiOrderHint),
            WikiJson.Default.WikiOrderHint, cancellationToken);

    private static string Of(string owner, string api, string page) => EntityPaths.Of(owner, null, $"/{api}/{Uri.EscapeDataString(page)}");
}

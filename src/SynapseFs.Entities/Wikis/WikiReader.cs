using System.IO.Compression;
using System.Text;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Wikis;

/// <summary>Wikis as the service tells them. Failures are <see cref="SynapseException"/>.</summary>
internal sealed class WikiReader(SynapseClient client, TimeProvider time)
{
    // Whoever goes through a wiki asks for the tree at every page.
    private readonly Remembered<WikiTree> _trees = new(time, TimeSpan.FromSeconds(2));
    private readonly Remembered<WikiOrderHint> _orders = new(time, TimeSpan.FromSeconds(2));
    private readonly Remembered<UserEntityPermissions> _permissions = new(time, TimeSpan.FromMinutes(1));

    /// <summary>All pages' titles, as of two seconds ago at most.</summary>
    public Task<WikiTree> TreeAsync(string owner, Urgency urgency, CancellationToken cancellationToken) => _trees.GetAsync(
        owner, async () => new WikiTree(await client.Wikis.GetTreeAsync(owner, urgency.ToPriority(), CancellationToken.None)), cancellationToken);

    /// <summary>All pages' titles as they are now.</summary>
    public Task<WikiTree> FreshTreeAsync(string owner, Urgency urgency, CancellationToken cancellationToken)
    {
        Changed(owner);
        return TreeAsync(owner, urgency, cancellationToken);
    }

    /// <summary>All pages and the order in which they are shown, as of two seconds ago at most.</summary>
    public async Task<WikiOrderNow> OrderAsync(string owner, Urgency urgency, CancellationToken cancellationToken)
    {
        var tree = await TreeAsync(owner, urgency, cancellationToken);
        // The service tells an order of no wiki that is not there.
        return new WikiOrderNow(tree, tree.Root is null ? new WikiOrderHint() : await _orders.GetAsync(
            owner, () => client.Wikis.GetOrderAsync(owner, urgency.ToPriority(), CancellationToken.None), cancellationToken));
    }

    /// <summary>Pages were made, moved, deleted or put in another order.</summary>
    public void Changed(string owner)
    {
        _trees.Forget(owner);
        _orders.Forget(owner);
    }

    /// <summary>What the caller may do with the owner, and so with its wiki. As of a minute ago at most.</summary>
    public Task<UserEntityPermissions> PermissionsAsync(string owner, Urgency urgency, CancellationToken cancellationToken) =>
        _permissions.GetAsync(
            owner, () => client.Entities.GetPermissionsAsync(owner, urgency.ToPriority(), CancellationToken.None), cancellationToken);

    /// <summary>A page with its text.</summary>
    public async Task<WikiPage> PageAsync(string owner, string page, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Wikis.GetAsync(owner, page, urgency.ToPriority(), cancellationToken);
        }
        // The service fails over a text that somebody has stored without compressing it.
        catch (SynapseException exception) when (exception.Failure is SynapseFailure.BadRequest or SynapseFailure.Unavailable)
        {
            var bare = await client.Wikis.GetBareAsync(owner, page, urgency.ToPriority(), cancellationToken);
            return new WikiPage
            {
                Id = bare.Id,
                Etag = bare.Etag,
                CreatedOn = bare.CreatedOn,
                CreatedBy = bare.CreatedBy,
                ModifiedOn = bare.ModifiedOn,
                ModifiedBy = bare.ModifiedBy,
                ParentWikiId = bare.ParentWikiId,
                Title = bare.Title,
                Markdown = await TextAsync(bare, urgency, cancellationToken),
                AttachmentFileHandleIds = bare.AttachmentFileHandleIds,
            };
        }
    }

    /// <summary>A page's attachments without their previews, one of each name.</summary>
    public async Task<IReadOnlyList<FileHandle>> AttachmentsAsync(
        string owner, string page, Urgency urgency, CancellationToken cancellationToken) =>
    [
        .. (await client.Wikis.GetAttachmentsAsync(owner, page, urgency.ToPriority(), cancellationToken))
            .Where(handle => handle is { Id: not null, FileName: not null, IsPreview: not true }
                && handle.ConcreteType?.Contains("Preview", StringComparison.Ordinal) != true)
            // The service hands out the newest by its name.
            .OrderByDescending(handle => handle.CreatedOn).DistinctBy(handle => handle.FileName),
    ];

    private async Task<string> TextAsync(V2WikiPage page, Urgency urgency, CancellationToken cancellationToken)
    {
        var association = new FileHandleAssociation
        {
            FileHandleId = page.MarkdownFileHandleId,
            AssociateObjectId = page.Id,
            AssociateObjectType = "WikiMarkdown",
        };
        await using var stream = await client.Downloads.OpenRangeAsync(association, 0, null, urgency.ToPriority(), cancellationToken);
        using var stored = new MemoryStream();
        await stream.CopyToAsync(stored, cancellationToken);
        stored.Position = 0;
        if (stored.ToArray() is not [0x1f, 0x8b, ..])
            return Encoding.UTF8.GetString(stored.ToArray());
        using var text = new MemoryStream();
        await using (var gzip = new GZipStream(stored, CompressionMode.Decompress))
            await gzip.CopyToAsync(text, cancellationToken);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}

/// <param name="Hint">The service's list of pages, with its etag.</param>
internal sealed record WikiOrderNow(WikiTree Tree, WikiOrderHint Hint);

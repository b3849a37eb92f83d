using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Wikis;

/// <summary>Changes of wikis. Every change of a page is a new version of it. Source: V2WikiManagerImpl, V2DBOWikiPageDaoImpl.</summary>
internal sealed class WikiChanges(
    WikiTable table, Wikis wikis, WikiRights rights, Downloads downloads, ChangeLog changes, TimeProvider time)
{
    private const string ObjectType = "WIKI";
    private const long MaxVersions = 100;
    private const int MaxTitle = 256;

    public V2WikiPage Create(Caller caller, WikiOwner owner, V2WikiPage body)
    {
        rights.Require(caller, owner, AccessTypes.Create);
        var (markdown, attachments) = Files(body, handle => downloads.RequireOwn(caller, handle));
        if (!string.IsNullOrEmpty(body.Id) && table.Get(EntityIds.ParseNumber(body.Id, "id")) is not null)
        {
            throw ServiceException.BadRequest($"A wiki page already exists with ID: {body.Id}");
        }

        var title = NameRule.CheckLength(body.Title, MaxTitle, "title");
        var id = table.NewId();
        var parent = Parent(owner, body, child: id);
        if (parent is null && table.Owner(owner) is not null)
        {
            throw ServiceException.Conflict($"An owner already exists with the ownerId: {owner.Id} and ownerType: {owner.Type}");
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var page = new WikiPageRow
        {
            Id = id,
            RootId = parent?.RootId ?? id,
            ParentId = parent?.Id,
            Etag = string.IsNullOrEmpty(body.Etag) ? Stamp.NewEtag() : body.Etag,
            Title = title,
            Version = 0,
            CreatedOn = now,
            CreatedBy = caller.Id,
            ModifiedOn = now,
            ModifiedBy = caller.Id,
        };
        if (parent is null)
        {
            table.AddOwner(owner, id);
        }

        return Write(page, markdown, attachments, ChangeLog.Create);
    }

    public V2WikiPage Update(Caller caller, WikiOwner owner, long id, V2WikiPage body)
    {
        rights.Require(caller, owner, AccessTypes.Update);
        var found = table.Get(id) ?? throw ServiceException.NotFound("The wiki page to update could not be found.");
        if (found.Etag != body.Etag)
        {
            throw ServiceException.Stale(
                $"ObjectId: {owner.Text} was updated since you last fetched it, retrieve it again and reapply the update");
        }

        var page = wikis.Require(owner, id);
        var (markdown, attachments) = Files(body, handle => Known(page, handle) ?? downloads.RequireOwn(caller, handle));
        var title = NameRule.CheckLength(body.Title, MaxTitle, "title");
        var parent = Parent(owner, body, child: id);
        if (parent is null && page.RootId != id)
        {
            // Synapse makes such a page its own root, reads it back as one of the owner's, finds nothing and takes all back.
            throw ServiceException.NotFound($"No wiki page found with id: {id}");
        }

        return Change(caller, page with { ParentId = parent?.Id, Title = title }, markdown, attachments);
    }

    /// <summary>Puts what an old version said on top as a new one.</summary>
    public V2WikiPage Restore(Caller caller, WikiOwner owner, long id, long version)
    {
        rights.Require(caller, owner, AccessTypes.Update);
        var page = wikis.Require(owner, id);
        var old = table.Version(id, version)
            ?? throw ServiceException.NotFound($"No wiki page found with id: {id} and version: {version}");
        return Change(caller, page with { Title = old.Title }, old.MarkdownId, old.Attachments);
    }

    /// <summary>Deletes the page and all below it; what is not there needs no deleting.</summary>
    public void Delete(Caller caller, WikiOwner owner, long id)
    {
        try
        {
            rights.Require(caller, owner, AccessTypes.Delete);
        }
        catch (ServiceException gone) when (gone.Error == ServiceError.NotFound)
        {
            return;
        }

        if (table.Owner(owner) is { } root && table.Get(id) is { } page && page.RootId == root.RootId)
        {
            table.DeleteTree(id);
            changes.Add(ObjectType, id, ChangeLog.Delete);
        }
    }

    /// <summary>The body says whose order it is, as in Synapse.</summary>
    public WikiOrderHint SetOrder(Caller caller, WikiOwner owner, WikiOrderHint body)
    {
        var known = wikis.RequireRoot(owner);
        rights.Require(caller, owner, AccessTypes.Update);
        if (known.Etag != body.Etag)
        {
            throw ServiceException.Stale(
                $"ObjectId: {owner.Text} was updated since you last fetched it, retrieve it again and reapply the update");
        }

        var ids = body.IdList?.Select(id => EntityIds.ParseNumber(id, "idList"));
        table.SetOrder(owner, ids is null ? null : $"[{string.Join(',', ids)}]");
        return Shape(owner, wikis.RequireRoot(owner));
    }

    public static WikiOrderHint Shape(WikiOwner owner, WikiOwnerRow row) => new()
    {
        OwnerId = EntityShape.Text(owner.Id),
        OwnerObjectType = owner.Type,
        IdList = row.OrderHint is { } hint
            ? [.. JsonSerializer.Deserialize(hint, WorldJson.Default.Int64Array)!.Select(EntityShape.Text)]
            : null,
        Etag = row.Etag,
    };

    private V2WikiPage Change(Caller caller, WikiPageRow page, long markdown, IReadOnlyList<long> attachments)
    {
        table.Prune(page.Id, MaxVersions);
        var changed = page with
        {
            Etag = Stamp.NewEtag(),
            Version = page.Version + 1,
            ModifiedOn = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), page.ModifiedOn + 1),
            ModifiedBy = caller.Id,
        };
        return Write(changed, markdown, attachments, ChangeLog.Update);
    }

    private V2WikiPage Write(WikiPageRow page, long markdown, IReadOnlyList<long> attachments, string kind)
    {
        var version = new WikiVersionRow(page.Id, page.Version, page.Title, markdown, attachments, page.ModifiedOn, page.ModifiedBy);
        table.Put(page);
        table.Add(version);
        changes.Add(ObjectType, page.Id, kind);
        return Wikis.Shape(page, version);
    }

    private WikiPageRow? Parent(WikiOwner owner, V2WikiPage body, long child)
    {
        if (string.IsNullOrEmpty(body.ParentWikiId))
        {
            return null;
        }

        var parent = wikis.Require(owner, EntityIds.ParseNumber(body.ParentWikiId, "parentWikiId"));
        return table.IsUnder(parent.Id, child)
            ? throw ServiceException.BadRequest("There will be a cycle if this wiki is updated. Put in valid parentId")
            : parent;
    }

    private FileHandleRow? Known(WikiPageRow page, long handle) =>
        table.HasMarkdown(page.Id, handle) || table.HasAttachment(page.Id, handle) ? wikis.RequireHandle(handle) : null;

    // Of attachments with one name the newest is kept.
    private static (long Markdown, IReadOnlyList<long> Attachments) Files(V2WikiPage body, Func<long, FileHandleRow> require)
    {
        var attachments = (body.AttachmentFileHandleIds ?? [])
            .Select(id => require(EntityIds.ParseNumber(id, "attachmentFileHandleIds")))
            .DistinctBy(row => row.Id)
            .GroupBy(row => row.Document.FileName)
            .Select(group => group.OrderByDescending(row => row.Document.CreatedOn).ThenByDescending(row => row.Id).First().Id)
            .ToList();
        var markdown = string.IsNullOrEmpty(body.MarkdownFileHandleId)
            ? throw ServiceException.BadRequest("markdownFileHandleId is required")
            : require(EntityIds.ParseNumber(body.MarkdownFileHandleId, "markdownFileHandleId"));
        return (markdown.Id, attachments);
    }
}

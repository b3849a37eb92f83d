using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Wikis;

/// <summary>Reads wikis; <see cref="WikiChanges"/> writes them. Source: V2WikiManagerImpl, V2DBOWikiPageDaoImpl.</summary>
internal sealed class Wikis
{
    private const long MaxHeaders = 50;

    private readonly WikiTable _table;
    private readonly WikiRights _rights;
    private readonly FileHandles _fileHandles;
    private readonly Downloads _downloads;

    public Wikis(WikiTable table, WikiRights rights, FileHandles fileHandles, Downloads downloads)
    {
        (_table, _rights, _fileHandles, _downloads) = (table, rights, fileHandles, downloads);
        downloads.Associate("WikiMarkdown", (caller, handle, page) => MayDownload(caller, page, id => _table.HasMarkdown(id, handle.Id)));
        downloads.Associate(
            "WikiAttachment", (caller, handle, page) => MayDownload(caller, page, id => _table.HasAttachment(id, handle.Id)));
    }

    public V2WikiPage Root(Caller caller, WikiOwner owner) => Get(caller, owner, RequireRoot(owner).RootId, version: null);

    public WikiPageKey RootKey(Caller caller, WikiOwner owner)
    {
        var root = RequireRoot(owner).RootId;
        _rights.Require(caller, owner, AccessTypes.Read);
        return new WikiPageKey { OwnerObjectId = owner.Text, OwnerObjectType = owner.Type, WikiPageId = EntityShape.Text(root) };
    }

    public V2WikiPage Get(Caller caller, WikiOwner owner, long id, long? version)
    {
        _rights.Require(caller, owner, AccessTypes.Read);
        var page = Require(owner, id);
        return Shape(page, RequireVersion(page, version));
    }

    public WikiHeaderPage Tree(Caller caller, WikiOwner owner, OffsetPage page)
    {
        if (page.Limit > MaxHeaders)
        {
            throw ServiceException.BadRequest($"Limit cannot exceed: {MaxHeaders}");
        }

        _rights.Require(caller, owner, AccessTypes.Read);
        var headers = _table.Headers(RequireRoot(owner).RootId, page.Limit, page.Offset);
        return new WikiHeaderPage { Results = headers, TotalNumberOfResults = page.Total(headers.Count) };
    }

    public WikiHistoryPage History(Caller caller, WikiOwner owner, long id, OffsetPage page)
    {
        _rights.Require(caller, owner, AccessTypes.Read);
        var snapshots = _table.History(Require(owner, id).Id, page.Limit, page.Offset);
        return new WikiHistoryPage { Results = snapshots, TotalNumberOfResults = page.Total(snapshots.Count) };
    }

    /// <summary>The attachments, and after each its preview.</summary>
    public FileHandleResults AttachmentHandles(Caller caller, WikiOwner owner, long id, long? version)
    {
        _rights.Require(caller, owner, AccessTypes.Read);
        var page = Require(owner, id);
        return new FileHandleResults { List = [.. RequireVersion(page, version).Attachments.SelectMany(WithPreview)] };
    }

    public FileHandleRow Attachment(Caller caller, WikiOwner owner, long id, string? fileName, long? version)
    {
        if (fileName is null)
        {
            throw ServiceException.BadRequest("Required request parameter 'fileName' for method parameter type String is not present");
        }

        _rights.Require(caller, owner, AccessTypes.Read);
        var page = Require(owner, id);
        return RequireVersion(page, version).Attachments.Select(_fileHandles.Get).FirstOrDefault(row => row?.Document.FileName == fileName)
            ?? throw ServiceException.NotFound(
                $"Cannot find a wiki attachment for OwnerID: {owner.Text}, ObjectType: {owner.Type}, "
                + $"WikiPageId: {id}, fileName: {fileName}");
    }

    public FileHandleRow AttachmentPreview(Caller caller, WikiOwner owner, long id, string? fileName, long? version)
    {
        var handle = Attachment(caller, owner, id, fileName, version);
        return _downloads.PreviewOf(handle) ?? throw ServiceException.NotFound($"A preview does not exist for file {handle.Id}");
    }

    public FileHandleRow Markdown(Caller caller, WikiOwner owner, long id, long? version)
    {
        _rights.Require(caller, owner, AccessTypes.Read);
        var page = Require(owner, id);
        return RequireHandle(RequireVersion(page, version).MarkdownId);
    }

    public WikiOrderHint OrderHint(Caller caller, WikiOwner owner)
    {
        var row = RequireRoot(owner);
        _rights.Require(caller, owner, AccessTypes.Read);
        return WikiChanges.Shape(owner, row);
    }

    public WikiOwnerRow RequireRoot(WikiOwner owner) => _table.Owner(owner) ?? throw ServiceException.NotFound(
        $"A root wiki does not exist for ownerId: {owner.Id} and ownerType: {owner.Type}");

    /// <summary>A page of that owner's wiki: whoever names the wrong owner finds nothing.</summary>
    public WikiPageRow Require(WikiOwner owner, long id)
    {
        var root = RequireRoot(owner).RootId;
        return _table.Get(id) is { } page && page.RootId == root
            ? page
            : throw ServiceException.NotFound($"No wiki page found with id: {id}");
    }

    public WikiVersionRow RequireVersion(WikiPageRow page, long? version) =>
        _table.Version(page.Id, version ?? page.Version)
        ?? throw ServiceException.NotFound($"Wiki page of id: {page.Id} was not found with version: {version}");

    public FileHandleRow RequireHandle(long id) => _fileHandles.Get(id) ?? throw Downloads.Unknown(id);

    public static V2WikiPage Shape(WikiPageRow page, WikiVersionRow version) => new()
    {
        Id = EntityShape.Text(page.Id),
        Etag = page.Etag,
        CreatedOn = EntityShape.Date(page.CreatedOn),
        CreatedBy = EntityShape.Text(page.CreatedBy),
        ModifiedOn = EntityShape.Date(version.ModifiedOn),
        ModifiedBy = EntityShape.Text(version.ModifiedBy),
        ParentWikiId = page.ParentId is { } parent ? EntityShape.Text(parent) : null,
        Title = version.Title,
        MarkdownFileHandleId = EntityShape.Text(version.MarkdownId),
        AttachmentFileHandleIds = [.. version.Attachments.Select(EntityShape.Text)],
    };

    private IEnumerable<FileHandle> WithPreview(long handleId)
    {
        if (_fileHandles.Get(handleId) is not { } handle)
        {
            return [];
        }

        return _downloads.PreviewOf(handle) is { } preview && preview.Id != handle.Id
            ? [handle.Document, preview.Document]
            : [handle.Document];
    }

    private bool MayDownload(Caller caller, string page, Func<long, bool> isOfPage) =>
        long.TryParse(page, System.Globalization.CultureInfo.InvariantCulture, out var id)
        && isOfPage(id)
        && _table.OwnerOf(id) is { } owner
        && IsReadable(caller, owner);

    // A batch of handles answers for each by a code, also when the owner is gone.
    private bool IsReadable(Caller caller, WikiOwner owner)
    {
        try
        {
            return _rights.May(caller, owner, AccessTypes.Read);
        }
        catch (ServiceException gone) when (gone.Error == ServiceError.NotFound)
        {
            return false;
        }
    }
}

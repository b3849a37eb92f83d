using System.Text;
using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Documents;
using SynapseFs.Entities.Files;
using SynapseFs.Entities.Folders;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Wikis;

/// <summary>The parts of a wiki as nodes with all their details.</summary>
internal sealed class WikiDescriber(Portal portal, PrincipalNames principals, RecentDocuments recent, EntityNames names)
{
    public const string DirectoryName = "wiki";

    private const string OnlyRevision = "1";
    private const string TextPrefix = "wiki-text-";
    private const string OrderPrefix = "wiki-order-";

    // Permissions lie with the entity, and move nothing of the wiki's.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>The directory of an entity's root page; what may be done with it is told when somebody asks.</summary>
    /// <param name="owner">The entity's id.</param>
    public static RemoteChild Root(string owner) => Directory(new WikiId(owner, null), DirectoryName, details: null);

    /// <summary>A page as a directory.</summary>
    public static RemoteChild Page(WikiId id, string shown, UserEntityPermissions permissions) =>
        Directory(id, shown, DirectoryDetails(permissions));

    public static RemoteDetails DirectoryDetails(UserEntityPermissions permissions)
    {
        var mayAdd = permissions.CanAddChild == true || permissions.CanEdit == true;
        return new RemoteDetails
        {
            Revision = OnlyRevision,
            Modified = DateTimeOffset.UnixEpoch,
            Created = DateTimeOffset.UnixEpoch,
            Permissions = mayAdd ? ContainerDescriber.Permissions | FilePermissions.UserWrite : ContainerDescriber.Permissions,
            Rights = (mayAdd ? NodeRights.AddChildren : NodeRights.None)
                | (permissions.CanEdit == true ? NodeRights.Change | NodeRights.Move : NodeRights.None)
                | (permissions.CanDelete == true ? NodeRights.Delete : NodeRights.None),
            Lifetime = Lifetime,
        };
    }

    public static byte[] TextOf(WikiPage page) => Encoding.UTF8.GetBytes(page.Markdown ?? "");

    public static ContentKey KeyOf(string page, EntityDocument text) => new($"{TextPrefix}{page}-{text.Md5}", text.Md5);

    /// <summary>Whether a content of that key was a page's text.</summary>
    public static bool IsText(ContentKey key) => key.Id.StartsWith(TextPrefix, StringComparison.Ordinal);

    /// <summary>A page's text.</summary>
    public async Task<RemoteChild> TextAsync(
        string owner, WikiPage page, UserEntityPermissions permissions, Urgency urgency, CancellationToken cancellationToken)
    {
        var document = EntityDocument.OfText(TextOf(page));
        var key = KeyOf(page.Id!, document);
        recent.Add(key, document);
        var details = new RemoteDetails
        {
            Revision = page.Etag ?? "",
            Modified = page.ModifiedOn ?? DateTimeOffset.UnixEpoch,
            Created = page.CreatedOn ?? DateTimeOffset.UnixEpoch,
            Permissions = PermissionsOf(permissions),
            Rights = RightsOf(permissions),
            Length = document.Bytes.Length,
            Content = key,
            Xattrs = await FactsAsync(owner, page, urgency, cancellationToken),
            Lifetime = Lifetime,
        };
        return Child(WikiNames.Text, EntityKinds.WikiText, new WikiId(owner, page.Id), details);
    }

    /// <summary>The order of a wiki's pages; null when there is nothing to be put in order.</summary>
    public RemoteChild? Order(string owner, WikiOrderNow now, UserEntityPermissions permissions)
    {
        var text = WikiOrder.TextOf(now.Tree, now.Hint.IdList);
        if (text.Length == 0)
            return null;
        var document = EntityDocument.OfText(Encoding.UTF8.GetBytes(text));
        var key = new ContentKey($"{OrderPrefix}{now.Hint.Etag}-{document.Md5}", document.Md5);
        recent.Add(key, document);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        EntityFacts.Add(facts, "type", "wiki order");
        EntityFacts.Add(facts, "etag", now.Hint.Etag);
        var details = new RemoteDetails
        {
            Revision = key.Id,
            Modified = DateTimeOffset.UnixEpoch,
            Created = DateTimeOffset.UnixEpoch,
            Permissions = PermissionsOf(permissions),
            Rights = RightsOf(permissions),
            Length = document.Bytes.Length,
            Content = key,
            Xattrs = facts,
            Lifetime = Lifetime,
        };
        return Child(WikiNames.Order, EntityKinds.WikiOrder, new WikiId(owner, null), details);
    }

    /// <summary>Whether a content of that key was an order.</summary>
    public static bool IsOrder(ContentKey key) => key.Id.StartsWith(OrderPrefix, StringComparison.Ordinal);

    /// <summary>Whether a content of that id is that order, whichever pages there were.</summary>
    public static bool IsOrderOf(string content, WikiOrderHint order) =>
        content.StartsWith($"{OrderPrefix}{order.Etag}-", StringComparison.Ordinal);

    public RemoteChild Attachment(string owner, string page, FileHandle handle, UserEntityPermissions permissions)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        EntityFacts.Add(facts, "type", "wiki attachment");
        EntityFacts.Add(facts, "file-handle", handle.Id);
        EntityFacts.Add(facts, "md5", handle.ContentMd5);
        EntityFacts.Add(facts, "content-type", handle.ContentType);
        EntityFacts.Add(facts, "created-on", EntityFacts.Text(handle.CreatedOn));
        var details = new RemoteDetails
        {
            Revision = handle.Id!,
            Modified = handle.CreatedOn ?? DateTimeOffset.UnixEpoch,
            Created = handle.CreatedOn ?? DateTimeOffset.UnixEpoch,
            Permissions = PermissionsOf(permissions),
            Rights = RightsOf(permissions),
            Length = handle.ContentSize,
            Content = new ContentKey(handle.Id!, Md5Text.Normalize(handle.ContentMd5)),
            Xattrs = facts,
            Lifetime = Lifetime,
        };
        return Child(
            WikiNames.AttachmentShown(handle.FileName!, names), EntityKinds.WikiAttachment, new WikiId(owner, page, handle.FileName), details);
    }

    private static RemoteChild Directory(WikiId id, string shown, RemoteDetails? details) => new()
    {
        Name = shown,
        Kind = EntityKinds.WikiPage,
        RemoteId = id.Of(EntityKinds.WikiPage),
        Revision = OnlyRevision,
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
        Details = details,
    };

    private static RemoteChild Child(string shown, NodeKind kind, WikiId id, RemoteDetails details) => new()
    {
        Name = shown,
        Kind = kind,
        RemoteId = id.Of(kind),
        Revision = details.Revision,
        Modified = details.Modified,
        Created = details.Created,
        Details = details,
    };

    private static FilePermissions PermissionsOf(UserEntityPermissions permissions) =>
        permissions.CanEdit == true ? FilePermissions.AllRead | FilePermissions.UserWrite : FilePermissions.AllRead;

    // Taking a text or an attachment away changes the page, which goes on.
    private static NodeRights RightsOf(UserEntityPermissions permissions) =>
        permissions.CanEdit == true ? NodeRights.Change | NodeRights.Delete | NodeRights.Move : NodeRights.None;

    private async Task<Dictionary<string, string>> FactsAsync(
        string owner, WikiPage page, Urgency urgency, CancellationToken cancellationToken)
    {
        string[] people = [.. new[] { page.CreatedBy, page.ModifiedBy }.OfType<string>()];
        var known = await principals.GetAsync(people, urgency, cancellationToken);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        EntityFacts.Add(facts, "type", "wiki page");
        EntityFacts.Add(facts, "id", page.Id);
        EntityFacts.Add(facts, "title", page.Title);
        EntityFacts.Add(facts, "etag", page.Etag);
        EntityFacts.Add(facts, "created-by", EntityFacts.Name(page.CreatedBy, known));
        EntityFacts.Add(facts, "created-on", EntityFacts.Text(page.CreatedOn));
        EntityFacts.Add(facts, "modified-by", EntityFacts.Name(page.ModifiedBy, known));
        EntityFacts.Add(facts, "modified-on", EntityFacts.Text(page.ModifiedOn));
        EntityFacts.Add(facts, "url", $"{portal.PageOf(owner)}/wiki/{page.Id}");
        return facts;
    }
}

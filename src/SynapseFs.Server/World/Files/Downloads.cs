using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Files;

/// <summary>Whether the caller may have the handle because of the object that it is said to belong to.</summary>
internal delegate bool MayDownload(Caller caller, FileHandleRow handle, string objectId);

/// <summary>Who may have which file handle. Source: FileHandleAuthorizationManagerImpl.</summary>
internal sealed class Downloads
{
    private readonly FileHandles _fileHandles;
    private readonly Versions _versions;
    private readonly Access _access;
    private readonly Dictionary<string, MayDownload> _rules = new(StringComparer.Ordinal);

    public Downloads(FileHandles fileHandles, Versions versions, Access access)
    {
        (_fileHandles, _versions, _access) = (fileHandles, versions, access);
        Associate("FileEntity", IsOfEntity);
    }

    public const string NotFound = "NOT_FOUND";
    public const string Unauthorized = "UNAUTHORIZED";

    /// <summary>Whether the caller made the handle; to administrators all are their own.</summary>
    public static bool IsOwn(Caller caller, FileHandleRow handle) =>
        handle.CreatedBy == caller.Id || caller.Groups.Contains(Principals.Administrators);

    public static string NotOwn(Caller caller, long id) =>
        $"Only the creator of a FileHandle can access it directly by its ID.  FileHandleId = '{id}', UserId = '{caller.Id}'";

    public static ServiceException Unknown(long id) => ServiceException.NotFound($"FileHandle: '{id}' cannot be found");

    /// <summary>Says who may have the handles of a type of object (FileHandleAssociateType).</summary>
    public void Associate(string objectType, MayDownload rule) => _rules.Add(objectType, rule);

    /// <summary>The handle, or the failure code that a batch answers with.</summary>
    public (FileHandleRow? Handle, string? Failure) Find(Caller caller, FileHandleAssociation association)
    {
        var id = EntityIds.ParseNumber(Required(association.FileHandleId, "fileHandleId"), "fileHandleId");
        var objectId = Required(association.AssociateObjectId, "associateObjectId");
        var type = Required(association.AssociateObjectType, "associateObjectType");
        if (_fileHandles.Get(id) is not { } handle)
        {
            return (null, NotFound);
        }

        var isAllowed = IsOwn(caller, handle)
            || (_rules.TryGetValue(type, out var rule) && Shown(handle).Any(shown => rule(caller, shown, objectId)));
        return isAllowed ? (handle, null) : (null, Unauthorized);
    }

    /// <summary>The handle's preview; a handle that is to have none names itself.</summary>
    public FileHandleRow? PreviewOf(FileHandleRow handle) =>
        handle.Document.PreviewId is { } id ? _fileHandles.Get(EntityIds.ParseNumber(id, "previewId")) : null;

    // Whoever may have a file may have its preview.
    private IEnumerable<FileHandleRow> Shown(FileHandleRow handle) =>
        handle.Document.IsPreview == true ? _fileHandles.ShownBy(handle.Id).Prepend(handle) : [handle];

    /// <summary>The handle by its bare number: for its maker only.</summary>
    public FileHandleRow RequireOwn(Caller caller, long id)
    {
        var handle = _fileHandles.Get(id) ?? throw Unknown(id);
        return IsOwn(caller, handle)
            ? handle
            : throw ServiceException.Forbidden(NotOwn(caller, id));
    }

    /// <summary>The same, for its URL; only the sentence differs.</summary>
    public FileHandleRow RequireUrlOf(Caller caller, long id)
    {
        var handle = _fileHandles.Get(id) ?? throw Unknown(id);
        return IsOwn(caller, handle)
            ? handle
            : throw ServiceException.Forbidden("Only the user that created the FileHandle can get the URL of the file.");
    }

    /// <summary>The content of an entity's version, for a caller who may download it.</summary>
    public FileHandleRow RequireOf(Caller caller, long entityId, long? number)
    {
        var standing = _access.Examine(caller, entityId);
        if (standing.Refusal(AccessTypes.Download) is { } reason)
        {
            throw ServiceException.Forbidden(reason);
        }

        var version = _versions.Get(entityId, number ?? standing.Node.CurrentVersion)
            ?? throw ServiceException.NotFound($"Cannot find a node with id {standing.Node.IdText} and version {number}");
        return version.FileHandleId is { } id && _fileHandles.Get(id) is { } handle
            ? handle
            : throw ServiceException.NotFound($"Object {standing.Node.IdText} does not have a file handle associated with it.");
    }

    private bool IsOfEntity(Caller caller, FileHandleRow handle, string objectId) =>
        EntityIds.Parse(objectId) is var entity
        && _versions.IsReferenced(handle.Id, entity)
        && _access.Find(caller, entity) is { Lineage.IsInTrash: false } standing
        && standing.May(AccessTypes.Download);

    private static string Required(string? text, string field) =>
        string.IsNullOrEmpty(text) ? throw ServiceException.BadRequest($"FileHandleAssociation.{field} is required") : text;
}

using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Files;

/// <summary>Who may have which file handle. Source: FileHandleAuthorizationManagerImpl.</summary>
internal sealed class Downloads(FileHandles fileHandles, Versions versions, Access access)
{
    public const string NotFound = "NOT_FOUND";
    public const string Unauthorized = "UNAUTHORIZED";

    /// <summary>The handle, or the failure code that a batch answers with.</summary>
    public (FileHandleRow? Handle, string? Failure) Find(Caller caller, FileHandleAssociation association)
    {
        var id = EntityIds.ParseNumber(Required(association.FileHandleId, "fileHandleId"), "fileHandleId");
        var objectId = Required(association.AssociateObjectId, "associateObjectId");
        var type = Required(association.AssociateObjectType, "associateObjectType");
        if (fileHandles.Get(id) is not { } handle)
        {
            return (null, NotFound);
        }

        return handle.CreatedBy == caller.Id || IsAllowed(caller, handle, objectId, type) ? (handle, null) : (null, Unauthorized);
    }

    /// <summary>The handle by its bare number: for its maker only.</summary>
    public FileHandleRow RequireOwn(Caller caller, long id)
    {
        var handle = fileHandles.Get(id) ?? throw ServiceException.NotFound($"The resource you are attempting to access cannot be found: FileHandle {id}");
        return handle.CreatedBy == caller.Id
            ? handle
            : throw ServiceException.Forbidden(
                $"Only the creator of a FileHandle can access it directly by its ID.  FileHandleId = '{id}', UserId = '{caller.Id}'");
    }

    /// <summary>The content of an entity's version, for a caller who may download it.</summary>
    public FileHandleRow RequireOf(Caller caller, long entityId, long? number)
    {
        var standing = access.Examine(caller, entityId);
        if (standing.Refusal(AccessTypes.Download) is { } reason)
        {
            throw ServiceException.Forbidden(reason);
        }

        var version = versions.Get(entityId, number ?? standing.Node.CurrentVersion)
            ?? throw ServiceException.NotFound($"Cannot find a node with id {standing.Node.IdText} and version {number}");
        return version.FileHandleId is { } id && fileHandles.Get(id) is { } handle
            ? handle
            : throw ServiceException.NotFound($"Object {standing.Node.IdText} does not have a file handle associated with it.");
    }

    private bool IsAllowed(Caller caller, FileHandleRow handle, string objectId, string type) =>
        type is "FileEntity" or "TableEntity"
        && EntityIds.Parse(objectId) is var entity
        && versions.IsReferenced(handle.Id, entity)
        && access.Find(caller, entity) is { Lineage.IsInTrash: false } standing
        && standing.May(AccessTypes.Download);

    private static string Required(string? text, string field) =>
        string.IsNullOrEmpty(text) ? throw ServiceException.BadRequest($"FileHandleAssociation.{field} is required") : text;
}

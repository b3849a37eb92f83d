using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Storage;

/// <summary>
/// Which entity may stand where because of its storage: room in the project, and folders whose bucket hands out keys (STS), which
/// must hold all of their location's files and nothing else. Source: StsManagerImpl, AllTypesValidatorImpl.
/// </summary>
internal sealed class StorageRules(ProjectSettings settings, StorageLocations locations, StorageUsage usage)
{
    /// <summary>Refuses an entity of another kind in an STS folder.</summary>
    public void CheckKind(EntityKind kind, long parentId)
    {
        if (kind.ShortName is not ("file" or "folder" or "project") && settings.IsSts(settings.Effective(parentId)))
        {
            throw ServiceException.BadRequest("Can only create Files and Folders inside STS-enabled folders");
        }
    }

    /// <summary>Refuses a file whose content is stored where the folder's other files are not.</summary>
    public void CheckFile(FileHandle handle, long parentId)
    {
        var isFileSts = StorageLocationRules.IsSts(locations.Find(handle.StorageLocationId));
        var parent = settings.Effective(parentId);
        var isParentSts = settings.IsSts(parent);
        if ((!isFileSts && !isParentSts) || handle.StorageLocationId == parent?.Locations?[0])
        {
            return;
        }

        throw ServiceException.BadRequest(isFileSts
            ? "Files in STS-enabled storage locations can only be placed in folders with the same storage location"
            : "Folders with STS-enabled storage locations can only accept files with the same storage location");
    }

    public void CheckRoom(FileHandle handle, long parentId) => usage.RequireRoom(parentId, handle.StorageLocationId);

    /// <summary>Refuses to move a folder into an STS folder or out of one.</summary>
    public void CheckMove(long folderId, long oldParentId, long newParentId)
    {
        if (oldParentId == newParentId)
        {
            return;
        }

        var own = settings.Find(folderId);
        var old = own ?? settings.Effective(oldParentId);
        var target = settings.Effective(newParentId);
        var (wasSts, willBeSts) = (settings.IsSts(old), settings.IsSts(target));
        if (own is not null && wasSts)
        {
            if (willBeSts)
            {
                throw ServiceException.BadRequest("Cannot place an STS-enabled folder inside another STS-enabled folder");
            }
        }
        else if ((wasSts || willBeSts) && old?.Locations?[0] != target?.Locations?[0])
        {
            throw ServiceException.BadRequest(wasSts
                ? "Folders in STS-enabled storage locations can only be placed in folders with the same storage location"
                : "Non-STS-enabled folders cannot be placed inside STS-enabled folders");
        }
    }

    public void CheckRestored(long newParentId)
    {
        if (settings.IsSts(settings.Effective(newParentId)))
        {
            throw ServiceException.BadRequest(
                "Entities can be restored to STS-enabled folders only if that were its original parent");
        }
    }

    /// <summary>Whether the node lies below an STS folder, not being that folder itself: then it can have no sharing of its own.</summary>
    public bool IsWithinSts(long nodeId) =>
        settings.Effective(nodeId) is { } setting && EntityIds.Parse(setting.ProjectId) != nodeId && settings.IsSts(setting);
}

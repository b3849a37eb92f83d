using SynapseFs.Api;
using SynapseFs.Entities.Access;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Files;

/// <summary>What the caller may do with a file's bytes, as permission bits and as a sentence. Pure.</summary>
internal static class FileRights
{
    /// <summary>Why the bytes cannot be had and where to ask; null when they can.</summary>
    public static string? WhyDenied(string id, EntityBundle bundle, Portal portal)
    {
        if (RequirementText.WhyLocked(id, bundle, portal) is { } locked)
            return locked;
        if (bundle.Permissions?.CanDownload != true)
            return $"You may see {id} but not download it: sign in or ask its owner for download permission at {portal.PageOf(id)}";
        return DataHandle(bundle) is null
            ? $"Synapse does not hand out the content of {id}: see {portal.PageOf(id)}"
            : null;
    }

    public static FilePermissions PermissionsOf(EntityBundle bundle, bool isDenied)
    {
        var read = isDenied ? FilePermissions.None : FilePermissions.AllRead;
        return bundle.Permissions?.CanEdit == true ? read | FilePermissions.UserWrite : read;
    }

    /// <summary>The file handle that holds the content; the others are previews.</summary>
    public static FileHandle? DataHandle(EntityBundle bundle) =>
        bundle.FileHandles?.FirstOrDefault(handle => handle.Id is not null && handle.Id == bundle.Entity?.DataFileHandleId);
}

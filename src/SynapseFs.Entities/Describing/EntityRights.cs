using SynapseFs.Api;
using SynapseFs.Store;

namespace SynapseFs.Entities.Describing;

/// <summary>What the caller may do with an entity, as the engine's rights. Pure.</summary>
internal static class EntityRights
{
    /// <param name="permissions">As the service tells them; null: it told none, so nothing may be done.</param>
    public static NodeRights OfContainer(UserEntityPermissions? permissions) =>
        OfLeaf(permissions) | If(permissions?.CanAddChild, NodeRights.AddChildren);

    public static NodeRights OfLeaf(UserEntityPermissions? permissions) =>
        If(permissions?.CanEdit, NodeRights.Change)
        | If(permissions?.CanDelete, NodeRights.Delete)
        // A service before that field existed: moving needs both.
        | If(permissions?.CanMove ?? (permissions is { CanEdit: true, CanChangePermissions: true }), NodeRights.Move);

    private static NodeRights If(bool? may, NodeRights right) => may == true ? right : NodeRights.None;
}

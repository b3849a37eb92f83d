using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Sharing;

/// <summary>Finds entities for callers: existence first, then trash, then rights.</summary>
internal sealed class Access(Nodes nodes, Acls acls, Restrictions restrictions)
{
    /// <summary>The entity and the caller's rights; refuses what does not exist or lies in the trash.</summary>
    public Standing Examine(Caller caller, long id)
    {
        var standing = Find(caller, id) ?? throw ServiceException.NotFound($"Resource: '{EntityIds.Text(id)}' does not exist");
        return standing.Lineage.IsInTrash
            ? throw ServiceException.NotFound($"Entity {EntityIds.Text(id)} is in trash can.")
            : standing;
    }

    public Standing Require(Caller caller, long id, string access) => Examine(caller, id).Require(access);

    /// <summary>The entity, wherever it lies; null when there is none.</summary>
    public Standing? Find(Caller caller, long id)
    {
        var lineage = nodes.Lineage(id);
        if (!lineage.Exists || nodes.Get(id) is not { } node)
        {
            return null;
        }

        return new Standing(node, lineage, caller, acls.Rights(lineage.Benefactor, caller), restrictions);
    }

    /// <summary>The entity if it exists, is not in the trash and may be read.</summary>
    public Standing? FindReadable(Caller caller, long id) =>
        Find(caller, id) is { Lineage.IsInTrash: false } standing && standing.May(AccessTypes.Read) ? standing : null;
}

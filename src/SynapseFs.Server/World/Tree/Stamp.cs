using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Tree;

/// <summary>What a change leaves behind: a new etag, a time, a name.</summary>
internal sealed class Stamp(Nodes nodes, Versions versions, TimeProvider time)
{
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public static string NewEtag() => Guid.NewGuid().ToString();

    /// <summary>The time of a change to this node: later than its last one, so that no two changes look alike.</summary>
    public long After(NodeRow node) => Math.Max(Now, node.ModifiedOn + 1);

    /// <summary>Marks the current version as changed now by the caller; returns the node with its new etag.</summary>
    public NodeRow Touch(NodeRow node, Caller caller)
    {
        var changed = node with { Etag = NewEtag(), ModifiedOn = After(node), ModifiedBy = caller.Id };
        nodes.Update(changed);
        versions.Put(versions.Current(changed) with { ModifiedOn = changed.ModifiedOn, ModifiedBy = caller.Id });
        return changed;
    }

    public static void RequireEtag(NodeRow node, string? etag)
    {
        if (string.IsNullOrEmpty(etag))
        {
            throw ServiceException.BadRequest("The eTag of the node is required.");
        }

        if (etag != node.Etag)
        {
            throw ServiceException.Stale(
                $"Object: {node.IdText} was updated since you last fetched it, retrieve it again and re-apply the update");
        }
    }
}

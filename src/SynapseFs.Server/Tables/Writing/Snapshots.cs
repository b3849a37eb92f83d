using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>
/// Versions of tables and views: the current one is frozen under its number, and the next one is in progress. Source:
/// NodeManagerImpl.createSnapshotAndVersion, TableEntityManagerImpl.createTableSnapshot.
/// </summary>
internal sealed class Snapshots(SynapseWorld world, TableLog log, TableRows rows)
{
    /// <summary>Freezes a table with its rows; returns the number of what was frozen.</summary>
    public long OfTable(Caller caller, Standing standing, SnapshotRequest? request)
    {
        standing.Require(AccessTypes.Update);
        var last = log.Last(standing.Node.Id);
        if (last == TableChange.None)
        {
            throw ServiceException.BadRequest(
                $"This table: {standing.Node.IdText} does not have a schema so a snapshot cannot be created.");
        }

        var number = Freeze(caller, standing.Node, request);
        rows.Freeze(standing.Node.Id, number, last.Number);
        return number;
    }

    /// <summary>Freezes the entity alone.</summary>
    public long Freeze(Caller caller, NodeRow node, SnapshotRequest? request)
    {
        var (versions, activity) = (world.Versions, world.Activities.RequireForEntity(caller, request?.SnapshotActivityId));
        var current = versions.Current(node);
        var label = EntityChecks.Label(request?.SnapshotLabel) ?? EntityShape.Text(current.Number);
        if (label.Equals(EntityKind.InProgress, StringComparison.OrdinalIgnoreCase)
            || versions.HasLabel(node.Id, label, except: current.Number))
        {
            throw ServiceException.BadRequest($"The label '{label}' has already been used for a version of this entity");
        }

        var now = world.Stamp.After(node);
        var frozen = current with
        {
            Label = label,
            Comment = EntityChecks.Comment(request?.SnapshotComment),
            ModifiedOn = now,
            ModifiedBy = caller.Id,
            ActivityId = activity,
        };
        versions.Put(frozen);
        var next = node.LastVersion + 1;
        versions.Put(frozen with
        {
            Number = next,
            Label = EntityKind.InProgress,
            Comment = EntityKind.InProgress,
            ActivityId = null,
        });
        world.Nodes.Update(node with
        {
            Etag = Stamp.NewEtag(),
            CurrentVersion = next,
            LastVersion = next,
            ModifiedOn = now,
            ModifiedBy = caller.Id,
        });
        return current.Number;
    }
}

using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Tree;

/// <summary>What was deleted: moved under the trash folder, named by its id, kept until purged. Source: TrashManagerImpl.</summary>
internal sealed class TrashCan(Database database, Nodes nodes, Acls acls, Access access, EntityChecks checks, Stamp stamp)
{
    private const int MaxContainers = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Deleting what does not exist or lies in the trash already is no error.</summary>
    public void Delete(Caller caller, long id, bool isPurging)
    {
        var standing = access.Find(caller, id);
        if (standing is null || standing.Lineage.IsInTrash || id is EntityIds.Trash or EntityIds.Root)
        {
            return;
        }

        var node = standing.Require(AccessTypes.Delete).Node;
        if (nodes.CountContainers(id, MaxContainers + 1) > MaxContainers)
        {
            throw ServiceException.BadRequest(
                $"Unable to delete a project/folder with more than {MaxContainers} sub-folders. Please delete the sub-folders first.");
        }

        database.Execute(
            "INSERT INTO trash (node_id, name, parent_id, deleted_by, deleted_on, is_purging) VALUES (@0, @1, @2, @3, @4, @5)",
            id, node.Name, node.ParentId, caller.Id, stamp.Now, isPurging);
        foreach (var below in nodes.Subtree(id))
        {
            acls.Delete(below);
        }

        stamp.Touch(node with { ParentId = EntityIds.Trash, Name = node.IdText }, caller);
    }

    public TrashedEntityPage View(Caller caller, OffsetPage page)
    {
        var rows = database.Query(
            "SELECT t.node_id, t.name, n.type, t.deleted_by, t.deleted_on, t.parent_id FROM trash t JOIN nodes n ON n.id = t.node_id "
            + "WHERE t.deleted_by = @0 AND t.is_purging = 0 ORDER BY t.deleted_on DESC, t.node_id DESC LIMIT @1 OFFSET @2",
            row => new TrashedEntity
            {
                EntityId = EntityIds.Text(row.GetInt64(0)),
                EntityName = row.GetString(1),
                EntityType = row.GetString(2),
                DeletedByPrincipalId = EntityShape.Text(row.GetInt64(3)),
                DeletedOn = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(4) / 1000),
                OriginalParentId = EntityIds.Text(row.GetInt64(5)),
            },
            caller.Id, page.Limit, page.Offset);
        return new TrashedEntityPage { Results = rows, TotalNumberOfResults = page.Total(rows.Count) };
    }

    public void Restore(Caller caller, long id, long? newParent)
    {
        var trashed = Find(id);
        if (trashed is null || trashed.IsPurging)
        {
            throw ServiceException.NotFound($"The node {EntityIds.Text(id)} is not in the trash can.");
        }

        if (trashed.DeletedBy != caller.Id)
        {
            throw ServiceException.Forbidden(
                $"User {caller.IdText} not allowed to restore {EntityIds.Text(id)}. The node was deleted by a different user.");
        }

        var parentId = newParent ?? trashed.ParentId;
        var parent = access.Find(caller, parentId);
        if (parent is null || parent.Lineage.IsInTrash || parentId == EntityIds.Trash)
        {
            throw ServiceException.Forbidden(
                $"The intended parent {EntityIds.Text(parentId)} is in the trash can and cannot be restored to.");
        }

        parent.Require(AccessTypes.Create);
        var node = nodes.Get(id) ?? throw new InvalidOperationException("What is in the trash has no node.");
        RequireSameRestrictions(parent, trashed.ParentId);
        if (parentId == EntityIds.Root && node.Kind != EntityKind.Project)
        {
            throw ServiceException.BadRequest("Ony projects can be restored to root");
        }

        checks.CheckRestored(node.Kind, parentId, trashed.ParentId);
        EntityChecks.RequireParentKind(node.Kind, parent.Node);
        checks.RequireFreeName(parentId, trashed.Name, except: id);
        stamp.Touch(node with { ParentId = parentId, Name = trashed.Name }, caller);
        database.Execute("DELETE FROM trash WHERE node_id = @0", id);
        if (node.Kind == EntityKind.Project)
        {
            acls.Put(id, [new ResourceAccess { PrincipalId = caller.Id, AccessType = AccessTypes.All }], stamp.Now);
        }
    }

    /// <summary>Deletes for good; what is not in the trash is left alone.</summary>
    public void Purge(Caller caller, long id)
    {
        if (Find(id) is not { } trashed)
        {
            return;
        }

        if (trashed.DeletedBy != caller.Id)
        {
            throw ServiceException.Forbidden($"Insufficient permissions for user {caller.IdText}");
        }

        DeleteTree(id);
    }

    /// <summary>Deletes for good what was purged at its deletion and what has lain here for thirty days.</summary>
    public void Sweep()
    {
        var old = stamp.Now - (long)Kept.TotalMilliseconds;
        foreach (var id in database.Query(
            "SELECT node_id FROM trash WHERE is_purging = 1 OR deleted_on < @0", row => row.GetInt64(0), old))
        {
            DeleteTree(id);
        }
    }

    private void DeleteTree(long id)
    {
        foreach (var below in nodes.Subtree(id).Reverse())
        {
            nodes.Delete(below);
        }
    }

    private void RequireSameRestrictions(Standing parent, long originalParent)
    {
        if (parent.Node.Id == originalParent || parent.Caller.IsCompliance)
        {
            return;
        }

        var from = nodes.Lineage(originalParent);
        if (!from.Exists)
        {
            throw ServiceException.NotFound($"Cannot find a node with id: {EntityIds.Text(originalParent)}");
        }

        RestrictedMove.Require(parent.Caller, parent.Restrictions, from, parent.Lineage);
    }

    private Trashed? Find(long id) => database.First(
        "SELECT name, parent_id, deleted_by, is_purging FROM trash WHERE node_id = @0",
        row => new Trashed(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3)), id);

    private sealed record Trashed(string Name, long ParentId, long DeletedBy, bool IsPurging);
}

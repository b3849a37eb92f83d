using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Tree;

/// <summary>Reads entities and carries out their creation; changes of existing ones are in <see cref="EntityChanges"/>.</summary>
internal sealed class Entities(Nodes nodes, Versions versions, Acls acls, Access access, EntityChecks checks, Stamp stamp)
{
    public Entity Get(Caller caller, long id)
    {
        var node = access.Require(caller, id, AccessTypes.Read).Node;
        return EntityShape.Entity(node, versions.Current(node));
    }

    public Entity Get(Caller caller, long id, long version)
    {
        var node = access.Require(caller, id, AccessTypes.Read).Node;
        return EntityShape.Entity(node, RequireVersion(node, version));
    }

    public VersionRow RequireVersion(NodeRow node, long number) =>
        versions.Get(node.Id, number)
        ?? throw ServiceException.NotFound($"Cannot find a node with id {node.IdText} and version {number}");

    /// <summary>Creates it, naming the activity that generated it if there is one.</summary>
    public Entity Create(Caller caller, Entity body, string? generatedBy)
    {
        var kind = EntityChecks.Kind(body);
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous users have only READ access permission.");
        }

        var parentId = ParentOf(body, kind);
        CheckParent(caller, kind, parentId);
        checks.CheckDepth(parentId, 1);
        var handle = checks.FileHandle(caller, kind, body);
        checks.CheckStorage(kind, parentId, handle);
        var activity = checks.Activity(caller, generatedBy);
        var id = nodes.NewId();
        var name = NameRule.Check(body.Name ?? handle?.Document.FileName ?? EntityIds.Text(id));
        checks.RequireFreeName(parentId, name, except: null);
        var now = stamp.Now;
        var node = new NodeRow
        {
            Id = id,
            ParentId = parentId,
            Name = name,
            Kind = kind,
            Etag = Stamp.NewEtag(),
            Alias = kind == EntityKind.Project ? checks.FreeAlias(body.Alias, except: null) : null,
            CreatedOn = now,
            CreatedBy = caller.Id,
            CurrentVersion = 1,
            LastVersion = 1,
            ModifiedOn = now,
            ModifiedBy = caller.Id,
        };
        var version = FirstVersion(caller, body, kind, handle, node) with { ActivityId = activity };
        nodes.Insert(node);
        versions.Put(version);
        if (kind == EntityKind.Project)
        {
            acls.Put(id, [new ResourceAccess { PrincipalId = caller.Id, AccessType = AccessTypes.All }], now);
        }

        return EntityShape.Entity(node, version);
    }

    private VersionRow FirstVersion(Caller caller, Entity body, EntityKind kind, FileHandleRow? handle, NodeRow node) => new()
    {
        NodeId = node.Id,
        Number = 1,
        Label = EntityChecks.Label(body.VersionLabel) ?? kind.LabelInPlace,
        Comment = EntityChecks.Comment(body.VersionComment) ?? kind.CommentInPlace,
        Description = EntityChecks.Description(body.Description),
        ModifiedOn = node.ModifiedOn,
        ModifiedBy = caller.Id,
        FileHandleId = handle?.Id,
        Fields = checks.Fields(caller, node.Id, body, kind),
    };

    private static long ParentOf(Entity body, EntityKind kind)
    {
        if (!string.IsNullOrEmpty(body.ParentId))
        {
            return EntityIds.Parse(body.ParentId);
        }

        return kind == EntityKind.Project ? EntityIds.Root : throw ServiceException.BadRequest("Entity.parentId is required");
    }

    private void CheckParent(Caller caller, EntityKind kind, long parentId)
    {
        var parent = access.Find(caller, parentId)
            ?? throw ServiceException.NotFound($"Cannot find a node with id: {EntityIds.Text(parentId)}");
        if (parent.Lineage.IsInTrash || parentId == EntityIds.Trash)
        {
            throw ServiceException.NotFound($"The given parent: {EntityIds.Text(parentId)} does not exist");
        }

        EntityChecks.RequireParentKind(kind, parent.Node);
        var refusal = kind == EntityKind.Project ? parent.RefusalOfAcl(AccessTypes.Create) : parent.Refusal(AccessTypes.Create);
        if (refusal is not null)
        {
            throw ServiceException.Forbidden(refusal);
        }

        checks.RequireRoom(kind, parentId);
    }
}

using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Tree;

/// <summary>Changes of existing entities: fields, name, place, content and versions.</summary>
internal sealed class EntityChanges(
    Nodes nodes, Versions versions, FileHandles fileHandles, Access access, EntityChecks checks, Stamp stamp)
{
    private const int MaxVersions = 15_000;

    /// <summary>PUT /entity/{id}. The id in the body decides which entity is meant.</summary>
    public Entity Update(Caller caller, Entity body, bool newVersion, string? generatedBy)
    {
        var kind = EntityChecks.Kind(body);
        if (string.IsNullOrEmpty(body.Id))
        {
            throw ServiceException.BadRequest("The id of the entity is required.");
        }

        var standing = access.Require(caller, EntityIds.Parse(body.Id), AccessTypes.Read);
        var node = standing.Node;
        if (node.Kind != kind)
        {
            throw ServiceException.BadRequest(
                $"The Entity: {node.IdText} has an entityType={node.Kind.ConcreteType} "
                + $"and cannot be changed to entityType={kind.ConcreteType}");
        }

        var parentId = CheckPlace(standing, body, kind);
        var current = versions.Current(node);
        var handle = NewFileHandle(caller, kind, body, current);
        checks.CheckStorage(node, parentId, handle, isOtherHandle: handle?.Id != current.FileHandleId);
        var activity = checks.Activity(caller, generatedBy);
        Stamp.RequireEtag(node, body.Etag);
        var name = NameRule.Check(body.Name ?? throw ServiceException.BadRequest("The name of the entity is required."));
        checks.RequireFreeName(parentId, name, except: node.Id);
        var alias = kind == EntityKind.Project ? checks.FreeAlias(body.Alias, except: node.Id) : null;
        if (alias != node.Alias)
        {
            standing.Require(AccessTypes.ChangeSettings);
        }

        var changed = node with
        {
            ParentId = parentId,
            Name = name,
            Alias = alias,
            Etag = Stamp.NewEtag(),
            ModifiedOn = stamp.After(node),
            ModifiedBy = caller.Id,
        };
        return Write(caller, changed, current, body, handle, newVersion, activity);
    }

    /// <summary>PUT /entity/{id}/version/{n}/filehandle: other bytes of the same MD5 behind any version.</summary>
    public void SwapFileHandle(Caller caller, long id, long number, FileHandleUpdateRequest request)
    {
        var old = EntityIds.ParseNumber(request.OldFileHandleId, "The updateRequest.oldFileHandleId");
        var wantedId = EntityIds.ParseNumber(request.NewFileHandleId, "The updateRequest.newFileHandleId");
        var standing = access.Require(caller, id, AccessTypes.Read);
        var version = versions.Get(id, number);
        if (standing.Node.Kind != EntityKind.File || version?.FileHandleId is not { } held)
        {
            throw ServiceException.NotFound($"A file entity with id {standing.Node.IdText} and revision {number} does not exist.");
        }

        standing.Require(AccessTypes.Update);
        var wanted = checks.OwnFileHandle(caller, wantedId);
        if (old != held)
        {
            throw ServiceException.Stale(
                $"The id of the provided file handle id (request.oldFileHandleId: {old}) does not match the current file handle id.");
        }

        if (wanted.Id == held)
        {
            return;
        }

        if (!IsSameContent(fileHandles.Get(held), wanted))
        {
            throw ServiceException.Stale(
                "The MD5 of the new file handle does not match the MD5 of the current file handle, a new version must be created.");
        }

        versions.Put(version with { FileHandleId = wanted.Id });
        stamp.Touch(standing.Node, caller);
    }

    public void DeleteVersion(Caller caller, long id, long number)
    {
        var standing = access.Require(caller, id, AccessTypes.Read).Require(AccessTypes.Delete);
        var node = standing.Node;
        if (versions.Get(id, number) is not null)
        {
            if (versions.Count(id) == 1)
            {
                throw ServiceException.BadRequest("Cannot delete the last version of a node");
            }

            versions.Delete(id, number);
        }

        // What is current now is dated now, as every change dates the current version: source NodeManagerImpl.deleteVersion.
        stamp.Touch(node with { CurrentVersion = versions.Highest(id) ?? node.CurrentVersion }, caller);
    }

    private Entity Write(
        Caller caller, NodeRow node, VersionRow current, Entity body, FileHandleRow? handle, bool newVersion, long? activity)
    {
        var isOtherContent = handle is not null && !IsSameContent(
            current.FileHandleId is { } held ? fileHandles.Get(held) : null, handle);
        var isForced = newVersion && !node.Kind.IsTable;
        if (isForced && !node.Kind.IsVersionable)
        {
            throw ServiceException.BadRequest($"A version of {node.IdText} with the label 1 already exists");
        }

        var isNew = isForced || isOtherContent;
        var number = isNew ? node.LastVersion + 1 : current.Number;
        var written = current with
        {
            Number = number,
            Label = LabelFor(node, body, number, isNew, isForced),
            Comment = isNew && !isForced ? null : EntityChecks.Comment(body.VersionComment) ?? node.Kind.CommentInPlace,
            Description = EntityChecks.Description(body.Description),
            ModifiedOn = node.ModifiedOn,
            ModifiedBy = node.ModifiedBy,
            FileHandleId = handle?.Id ?? current.FileHandleId,
            Fields = checks.Fields(caller, node.Id, body, node.Kind),
            // A new version does not inherit what generated the one before.
            ActivityId = isNew ? activity : activity ?? current.ActivityId,
        };
        if (isNew)
        {
            RequireNewVersionAllowed(node, body);
            node = node with { CurrentVersion = number, LastVersion = number };
        }

        nodes.Update(node);
        versions.Put(written);
        return EntityShape.Entity(node, written);
    }

    // A version made because the content changed gets its number as label, whatever was sent; so does a forced one without label.
    // An update in place without label falls back to "1", which is Synapse's own trap.
    private string LabelFor(NodeRow node, Entity body, long number, bool isNew, bool isForced)
    {
        var numberText = EntityShape.Text(number);
        var sent = EntityChecks.Label(body.VersionLabel);
        var label = isNew ? (isForced ? sent : null) ?? numberText : sent ?? node.Kind.LabelInPlace;
        if (node.Kind.IsVersionable && versions.HasLabel(node.Id, label, except: number))
        {
            throw ServiceException.BadRequest($"A version of {node.IdText} with the label {label} already exists");
        }

        return label;
    }

    private void RequireNewVersionAllowed(NodeRow node, Entity body)
    {
        if (body.ModifiedOn is null)
        {
            throw ServiceException.BadRequest("modifiedOn may not be null");
        }

        if (versions.Count(node.Id) >= MaxVersions)
        {
            throw ServiceException.BadRequest($"Exceeded the maximum number of {MaxVersions} versions for a single Entity");
        }
    }

    private FileHandleRow? NewFileHandle(Caller caller, EntityKind kind, Entity body, VersionRow current)
    {
        if (!kind.HasFileHandle)
        {
            return null;
        }

        var isUnchanged = current.FileHandleId is { } held && body.DataFileHandleId == EntityShape.Text(held);
        return isUnchanged ? fileHandles.Get(current.FileHandleId ?? 0) : checks.FileHandle(caller, kind, body);
    }

    private static bool IsSameContent(FileHandleRow? old, FileHandleRow other) =>
        old is not null && (old.Id == other.Id
            || (old.Document.ContentMd5 is { } md5 && md5.Equals(other.Document.ContentMd5, StringComparison.OrdinalIgnoreCase)));

    private long CheckPlace(Standing standing, Entity body, EntityKind kind)
    {
        var node = standing.Node;
        var parentId = string.IsNullOrEmpty(body.ParentId)
            ? throw ServiceException.BadRequest("Entity.parentId is required")
            : EntityIds.Parse(body.ParentId);
        if (parentId == node.ParentId)
        {
            standing.Require(AccessTypes.Update);
            return parentId;
        }

        var parent = access.Find(standing.Caller, parentId);
        if (parent is null || parent.Lineage.IsInTrash)
        {
            throw ServiceException.NotFound($"Cannot find a node with id: {EntityIds.Text(parentId)}");
        }

        EntityChecks.RequireParentKind(kind, parent.Node);
        if (parent.Lineage.Steps.Any(step => step.Id == node.Id))
        {
            throw ServiceException.BadRequest("Invalid hierarchy: an entity cannot be an ancestor of itself");
        }

        standing.Require(AccessTypes.Update);
        RestrictedMove.Require(standing.Caller, standing.Restrictions, standing.Lineage.Above, parent.Lineage);
        if (parent.Refusal(AccessTypes.Create) is { } refusal)
        {
            throw ServiceException.Forbidden(
                $"You cannot move content into the new location, {EntityIds.Text(parentId)}. {refusal}");
        }

        if (!standing.May(AccessTypes.ChangePermissions))
        {
            throw ServiceException.Forbidden("CHANGE_PERMISSIONS is required to move to a new location");
        }

        checks.RequireRoom(kind, parentId);
        checks.CheckDepth(parentId, 1);
        return parentId;
    }
}

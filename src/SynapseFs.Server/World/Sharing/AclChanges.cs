using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Storage;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Sharing;

/// <summary>Own ACLs begin, change and end. Source: EntityAclManagerImpl, AccessControlListUtils.</summary>
internal sealed class AclChanges(Acls acls, Access access, StorageRules storage, Stamp stamp, ProjectActivity activity)
{
    public AccessControlList Get(Caller caller, long id)
    {
        var standing = access.Find(caller, id) ?? throw ServiceException.NotFound($"Benefactor not found for: {EntityIds.Text(id)}");
        if (standing.Lineage.IsInTrash)
        {
            throw ServiceException.NotFound($"Entity {EntityIds.Text(id)} is in trash can.");
        }

        return acls.Get(id) ?? throw ServiceException.NotFound(
            "The requested ACL does not exist. This entity inherits its permissions from: "
            + $"/repo/v1/entity/{EntityIds.Text(standing.Lineage.Benefactor)}/acl");
    }

    public AccessControlList Create(Caller caller, long id, AccessControlList body)
    {
        var standing = access.Examine(caller, id);
        if (standing.Lineage.IsBenefactor)
        {
            throw ServiceException.Forbidden("Resource already has an ACL.");
        }

        standing.Require(AccessTypes.ChangePermissions);
        if (storage.IsWithinSts(id))
        {
            throw ServiceException.BadRequest("Cannot override ACLs in a child of an STS-enabled folder");
        }

        return Write(standing, body);
    }

    public AccessControlList Update(Caller caller, string pathId, AccessControlList body)
    {
        if (body.Id != pathId)
        {
            throw ServiceException.BadRequest($"The path ID: {pathId} does not match the ACL's ID: {body.Id}");
        }

        var standing = access.Examine(caller, EntityIds.Parse(pathId));
        if (!standing.Lineage.IsBenefactor || pathId != standing.Node.IdText)
        {
            throw ServiceException.Forbidden("Cannot update ACL for a resource which inherits its permissions.");
        }

        return Replace(standing.Require(AccessTypes.ChangePermissions), body);
    }

    public void Delete(Caller caller, long id)
    {
        var standing = access.Require(caller, id, AccessTypes.ChangePermissions);
        if (standing.Node.Kind == EntityKind.Project)
        {
            throw ServiceException.Forbidden("Cannot restore inheritance for resource which has no parent.");
        }

        if (!standing.Lineage.IsBenefactor)
        {
            throw ServiceException.Forbidden("Resource already inherits its permissions.");
        }

        acls.Delete(id);
        stamp.Touch(standing.Node, caller);
    }

    /// <summary>Bundle calls create or replace, whichever fits; an own list is replaced only by who names its etag.</summary>
    public AccessControlList Put(Caller caller, long id, AccessControlList body)
    {
        var standing = access.Require(caller, id, AccessTypes.ChangePermissions);
        return standing.Lineage.IsBenefactor ? Replace(standing, body) : Write(standing, body);
    }

    private AccessControlList Replace(Standing standing, AccessControlList body)
    {
        AclRules.Check(standing, body.ResourceAccess ?? []);
        if (string.IsNullOrEmpty(body.Etag))
        {
            throw ServiceException.BadRequest("acl.etag is required.");
        }

        return acls.Get(standing.Node.Id)?.Etag == body.Etag
            ? Write(standing, body)
            : throw ServiceException.Stale("E-tags do not match.");
    }

    private AccessControlList Write(Standing standing, AccessControlList body)
    {
        var entries = body.ResourceAccess ?? [];
        AclRules.Check(standing, entries);
        var known = (acls.Get(standing.Node.Id)?.ResourceAccess ?? []).Select(entry => entry.PrincipalId).ToHashSet();
        var written = acls.Put(standing.Node.Id, entries, stamp.Now);
        activity.Shared(
            standing.Node.Id, entries.Select(entry => entry.PrincipalId).Where(id => !known.Contains(id)).OfType<long>(), stamp.Now);
        stamp.Touch(standing.Node, standing.Caller);
        return written;
    }
}

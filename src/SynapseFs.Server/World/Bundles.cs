using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World;

/// <summary>Many answers about one entity in one: asks the world's other people and adds nothing of its own.</summary>
internal sealed class Bundles(SynapseWorld world)
{
    public EntityBundle Read(Caller caller, long id, long? number, EntityBundleRequest request)
    {
        var standing = world.Access.Require(caller, id, AccessTypes.Read);
        var node = standing.Node;
        var version = number is { } asked ? world.Entities.RequireVersion(node, asked) : world.Versions.Current(node);
        var handle = request.IncludeFileHandles == true || request.IncludeFileName == true ? VisibleHandle(standing, version) : null;
        var isCurrent = number is null;
        return new EntityBundle
        {
            Entity = request.IncludeEntity == true ? EntityShape.Entity(node, version) : null,
            EntityType = request.IncludeEntity == true ? node.Kind.ShortName : null,
            Annotations = request.IncludeAnnotations == true
                ? EntityShape.Annotations(node, version, isCurrent ? node.Etag : EntityShape.NoEtag)
                : null,
            Permissions = request.IncludePermissions == true ? world.AccessView.Permissions(caller, id) : null,
            Path = request.IncludeEntityPath == true ? world.Headers.Path(caller, id) : null,
            HasChildren = request.IncludeHasChildren == true ? world.Nodes.HasChildren(id) : null,
            AccessControlList = request.IncludeAccessControlList == true ? world.Acls.Get(id) : null,
            BenefactorAcl = request.IncludeBenefactorACL == true ? world.Acls.Get(standing.Lineage.Benefactor) : null,
            FileHandles = request.IncludeFileHandles == true ? handle is null ? [] : [handle] : null,
            FileName = request.IncludeFileName == true ? handle?.FileName : null,
            RestrictionInformation = request.IncludeRestrictionInformation == true
                ? world.AccessView.Restrictions(caller, id, withPermissions: false)
                : null,
        };
    }

    public EntityBundle Create(Caller caller, EntityBundleCreate body)
    {
        var entity = world.Entities.Create(caller, body.Entity ?? throw ServiceException.BadRequest("EntityBundleCreate.entity is required"));
        return Apply(caller, EntityIds.Parse(entity.Id), body);
    }

    public EntityBundle Update(Caller caller, string pathId, EntityBundleCreate body)
    {
        if ((body.Entity is { } entity && entity.Id != pathId) || (body.Annotations?.Id is { } id && id != pathId))
        {
            throw ServiceException.BadRequest($"The ids in the body must be the id in the path: {pathId}");
        }

        if (body.Entity is not null)
        {
            world.EntityChanges.Update(caller, body.Entity, newVersion: false);
        }

        return Apply(caller, EntityIds.Parse(pathId), body);
    }

    private EntityBundle Apply(Caller caller, long id, EntityBundleCreate body)
    {
        if (body.Annotations?.Values is { } values)
        {
            world.Annotations.Merge(caller, id, values);
        }

        if (body.AccessControlList is { } acl)
        {
            world.AclChanges.Put(caller, id, acl);
        }

        return Read(caller, id, number: null, new EntityBundleRequest
        {
            IncludeEntity = true,
            IncludeAnnotations = body.Annotations is not null,
            IncludeAccessControlList = body.AccessControlList is not null,
        });
    }

    private FileHandle? VisibleHandle(Standing standing, VersionRow version) =>
        version.FileHandleId is { } id && standing.May(AccessTypes.Download) ? world.FileHandles.Get(id)?.Document : null;
}

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
        // Nobody talks here: there are no forums. The activity is that of the current version even in a bundle of an older one, which is
        // Synapse's own way.
        return new EntityBundle
        {
            Entity = request.IncludeEntity == true ? EntityShape.Entity(node, version) : null,
            EntityType = request.IncludeEntity == true ? node.Kind.ShortName : null,
            Annotations = request.IncludeAnnotations == true
                ? EntityShape.Annotations(node, version, isCurrent ? node.Etag : EntityShape.NoEtag)
                : null,
            Permissions = request.IncludePermissions == true ? world.AccessView.Permissions(caller, standing) : null,
            Path = request.IncludeEntityPath == true ? world.Headers.Path(caller, id) : null,
            HasChildren = request.IncludeHasChildren == true ? world.Nodes.HasChildren(id) : null,
            AccessControlList = request.IncludeAccessControlList == true ? world.Acls.Get(id) : null,
            BenefactorAcl = request.IncludeBenefactorACL == true ? world.Acls.Get(standing.Lineage.Benefactor) : null,
            FileHandles = request.IncludeFileHandles == true ? handle is null ? [] : [handle] : null,
            FileName = request.IncludeFileName == true ? handle?.FileName : null,
            TableBundle = request.IncludeTableBundle == true && node.Kind.IsTable
                ? new TableBundle { ColumnModels = world.Columns.Of(version) }
                : null,
            ThreadCount = request.IncludeThreadCount == true ? 0 : null,
            RestrictionInformation = request.IncludeRestrictionInformation == true
                ? world.AccessView.Restrictions(caller, id, standing)
                : null,
            Activity = request.IncludeActivity == true ? world.Origins.Find(caller, node) : null,
        };
    }

    public EntityBundle Create(Caller caller, EntityBundleCreate body, string? generatedBy)
    {
        var sent = body.Entity ?? throw ServiceException.BadRequest("entityBundleCreate.entity is required.");
        if (body.Annotations is { Values: null })
        {
            throw ServiceException.BadRequest("entityBundleCreate.annotations.annotations is required.");
        }

        return Apply(caller, EntityIds.Parse(world.Entities.Create(caller, sent, generatedBy).Id), body);
    }

    /// <summary>Never forces a new version; the ids must be those of the path, as they stand there.</summary>
    public EntityBundle Update(Caller caller, string pathId, EntityBundleCreate body, string? generatedBy)
    {
        var id = EntityIds.Parse(pathId);
        if (body.Entity is { } entity)
        {
            RequireSame(entity.Id == pathId, "Entity does not match requested entity ID");
            world.EntityChanges.Update(caller, entity, newVersion: false, generatedBy);
        }

        RequireSame(
            body.AccessControlList is not { } acl || EntityIds.Parse(acl.Id) == id, "ACL does not match requested entity ID");
        RequireSame(
            body.Annotations is not { } annotations || annotations.Id == pathId, "Annotations do not match requested entity ID");
        return Apply(caller, id, body);
    }

    private static void RequireSame(bool isSame, string reason)
    {
        if (!isSame)
        {
            throw ServiceException.BadRequest(reason);
        }
    }

    private EntityBundle Apply(Caller caller, long id, EntityBundleCreate body)
    {
        if (body.AccessControlList is { } acl)
        {
            world.AclChanges.Put(caller, id, acl);
        }

        if (body.Annotations?.Values is { } values)
        {
            world.Annotations.Merge(caller, id, values);
        }

        return Read(caller, id, number: null, new EntityBundleRequest
        {
            IncludeEntity = body.Entity is not null,
            IncludeAnnotations = body.Annotations is not null,
            IncludeAccessControlList = body.AccessControlList is not null,
        });
    }

    private FileHandle? VisibleHandle(Standing standing, VersionRow version) =>
        version.FileHandleId is { } id && standing.May(AccessTypes.Download) ? world.FileHandles.Get(id)?.Document : null;
}

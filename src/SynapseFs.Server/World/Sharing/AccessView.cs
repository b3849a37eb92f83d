using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Sharing;

/// <summary>What a caller is told of rights and restrictions.</summary>
internal sealed class AccessView(Access access, Acls acls)
{
    /// <summary>Answered for everything: what is unknown or in the trash is all refusals.</summary>
    public UserEntityPermissions Permissions(Caller caller, long id)
    {
        var standing = Usable(caller, id);
        bool May(string type) => standing?.May(type) == true;
        bool Listed(string type) => standing is not null && !caller.IsAnonymous && standing.RefusalOfAcl(type) is null;
        var isProject = standing?.Node.Kind == EntityKind.Project;
        return new UserEntityPermissions
        {
            CanView = May(AccessTypes.Read),
            CanEdit = May(AccessTypes.Update),
            CanMove = May(AccessTypes.Update) && May(AccessTypes.ChangePermissions),
            CanAddChild = May(AccessTypes.Create),
            CanCertifiedUserEdit = Listed(AccessTypes.Update),
            CanCertifiedUserAddChild = Listed(AccessTypes.Create),
            IsCertifiedUser = caller.IsCertified,
            CanChangePermissions = May(AccessTypes.ChangePermissions),
            CanChangeSettings = May(AccessTypes.ChangeSettings),
            CanDelete = May(AccessTypes.Delete),
            CanDownload = May(AccessTypes.Download),
            CanUpload = !caller.IsAnonymous,
            CanEnableInheritance = !isProject && May(AccessTypes.ChangePermissions),
            OwnerPrincipalId = standing?.Node.CreatedBy,
            CanPublicRead = standing is not null && acls.Grants(standing.Lineage.Benefactor, Principals.Public, AccessTypes.Read),
            CanModerate = May(AccessTypes.Moderate),
            IsCertificationRequired = true,
            IsEntityOpenData = false,
            IsDataContributor = May(AccessTypes.Update) && May(AccessTypes.Delete),
        };
    }

    public BooleanResult May(Caller caller, long id, string? type)
    {
        if (type is null || !AccessTypes.All.Contains(type))
        {
            throw ServiceException.BadRequest($"Unknown access type: {type}");
        }

        return new BooleanResult { Result = Usable(caller, id)?.May(type) == true };
    }

    /// <summary>There are no access requirements here.</summary>
    public RestrictionInformation Restrictions(Caller caller, long id, bool withPermissions) => new()
    {
        ObjectId = id,
        RestrictionLevel = "OPEN",
        HasUnmetAccessRequirement = false,
        RestrictionDetails = [],
        UserEntityPermissions = withPermissions ? Permissions(caller, id) : null,
    };

    /// <summary>What stands between the caller and a download.</summary>
    public ActionRequiredList DownloadActions(Caller caller, long id)
    {
        var standing = access.Examine(caller, id);
        return standing.May(AccessTypes.Download)
            ? new ActionRequiredList()
            : new ActionRequiredList
            {
                Actions = [new ActionRequired { ConcreteType = SynapseTypes.RequestDownload, BenefactorId = standing.Lineage.Benefactor }],
            };
    }

    private Standing? Usable(Caller caller, long id) =>
        access.Find(caller, id) is { Lineage.IsInTrash: false } standing ? standing : null;
}

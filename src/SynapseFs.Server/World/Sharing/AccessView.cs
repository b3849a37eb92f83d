using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Sharing;

/// <summary>What a caller is told of rights and restrictions.</summary>
internal sealed class AccessView(Access access, Acls acls, Restrictions restrictions)
{
    private const int MaxBatch = 50;

    /// <summary>Answered for everything: what is unknown or in the trash is all refusals.</summary>
    public UserEntityPermissions Permissions(Caller caller, long id) => Permissions(caller, Usable(caller, id));

    public BooleanResult May(Caller caller, long id, string? type)
    {
        if (type is null || !AccessTypes.All.Contains(type))
        {
            throw ServiceException.BadRequest($"Unknown access type: {type}");
        }

        return new BooleanResult { Result = Usable(caller, id)?.May(type) == true };
    }

    /// <summary>Of an entity; one that does not exist is under no restriction.</summary>
    public RestrictionInformation Restrictions(Caller caller, long id, Standing? standing)
    {
        var permissions = Permissions(caller, standing is { Lineage.IsInTrash: false } ? standing : null);
        IReadOnlyList<Restriction> found = standing is null ? [] : restrictions.Of(standing.Lineage, caller);
        return Describe(id, found, standing?.IsDataContributor == true) with { UserEntityPermissions = permissions };
    }

    public RestrictionInformation Restrictions(Caller caller, string? type, string? id) => type switch
    {
        null => throw ServiceException.BadRequest("RestrictionInformationRequest.restrictableObjectType is required."),
        _ when id is null => throw ServiceException.BadRequest("RestrictionInformationRequest.objectId is required."),
        "ENTITY" => OfEntity(caller, EntityIds.Parse(id)),
        "TEAM" => OfTeam(caller, EntityIds.Parse(id)),
        _ => throw ServiceException.BadRequest($"Unsupported type: {type}"),
    };

    public RestrictionInformationBatchResponse Restrictions(Caller caller, RestrictionInformationBatchRequest request)
    {
        if (request.ObjectIds is not { Count: > 0 } ids)
        {
            throw ServiceException.BadRequest("The objectIds is required and must not be empty.");
        }

        return ids.Count <= MaxBatch
            ? new RestrictionInformationBatchResponse
            {
                RestrictionInformation = [.. ids.Select(id => Restrictions(caller, request.RestrictableObjectType, id))],
            }
            : throw ServiceException.BadRequest($"The maximum number of allowed object ids is {MaxBatch}.");
    }

    /// <summary>What stands between the caller and a download.</summary>
    public ActionRequiredList DownloadActions(Caller caller, long id)
    {
        if (access.Find(caller, id) is not { } standing || (!standing.Lineage.IsInTrash && standing.May(AccessTypes.Download)))
        {
            return new ActionRequiredList();
        }

        var found = restrictions.Of(standing.Lineage, caller);
        List<ActionRequired> actions =
        [
            .. found.Where(restriction => !restriction.IsMet(standing.IsDataContributor)).Select(restriction =>
                new ActionRequired
                {
                    ConcreteType = SynapseTypes.MeetAccessRequirement,
                    AccessRequirementId = restriction.RequirementId,
                }),
        ];
        if (found.FirstOrDefault(restriction => restriction.NeedsSecondFactor) is { } second)
        {
            actions.Add(new ActionRequired { ConcreteType = SynapseTypes.EnableTwoFa, AccessRequirementId = second.RequirementId });
        }
        else if (actions.Count == 0)
        {
            actions.Add(new ActionRequired { ConcreteType = SynapseTypes.RequestDownload, BenefactorId = standing.Lineage.Benefactor });
        }

        return new ActionRequiredList { Actions = actions };
    }

    public UserEntityPermissions Permissions(Caller caller, Standing? standing)
    {
        bool May(string type) => standing?.May(type) == true;
        bool Listed(string type) => standing is not null && !caller.IsAnonymous && standing.RefusalOfAcl(type) is null;
        var isProject = standing?.Node.Kind == EntityKind.Project;
        var canEdit = May(AccessTypes.Update);
        var canChangePermissions = May(AccessTypes.ChangePermissions);
        return new UserEntityPermissions
        {
            CanView = May(AccessTypes.Read),
            CanEdit = canEdit,
            CanMove = canEdit && canChangePermissions,
            CanAddChild = May(AccessTypes.Create),
            CanCertifiedUserEdit = Listed(AccessTypes.Update),
            CanCertifiedUserAddChild = Listed(AccessTypes.Create),
            IsCertifiedUser = caller.IsCertified,
            CanChangePermissions = canChangePermissions,
            CanChangeSettings = May(AccessTypes.ChangeSettings),
            CanDelete = May(AccessTypes.Delete),
            CanDownload = May(AccessTypes.Download),
            CanUpload = !caller.IsAnonymous,
            CanEnableInheritance = !isProject && canChangePermissions,
            OwnerPrincipalId = standing?.Node.CreatedBy,
            CanPublicRead = standing is not null && acls.Grants(standing.Lineage.Benefactor, Principals.Public, AccessTypes.Read),
            CanModerate = May(AccessTypes.Moderate),
            IsCertificationRequired = true,
            IsEntityOpenData = standing is not null && restrictions.IsOpenData(standing.Node.Id),
            IsDataContributor = standing?.IsDataContributor == true,
        };
    }

    private RestrictionInformation OfEntity(Caller caller, long id) => Restrictions(caller, id, access.Find(caller, id));

    private RestrictionInformation OfTeam(Caller caller, long team) =>
        Describe(team, restrictions.OfTeam(team, caller), isDataContributor: false);

    private static RestrictionInformation Describe(long id, IReadOnlyList<Restriction> found, bool isDataContributor) => new()
    {
        ObjectId = id,
        RestrictionLevel = found.Count == 0 ? "OPEN"
            : found.All(restriction => restriction.IsSelfSigned) ? "RESTRICTED_BY_TERMS_OF_USE" : "CONTROLLED_BY_ACT",
        HasUnmetAccessRequirement = found.Any(restriction => !restriction.IsMet(isDataContributor)),
        RestrictionDetails =
        [
            .. found.Select(restriction => new RestrictionDetail
            {
                AccessRequirementId = restriction.RequirementId,
                IsApproved = restriction.IsApproved,
                IsMet = restriction.IsMet(isDataContributor),
                IsExempt = restriction.IsExempt(isDataContributor),
            }),
        ],
    };

    private Standing? Usable(Caller caller, long id) =>
        access.Find(caller, id) is { Lineage.IsInTrash: false } standing ? standing : null;
}

using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Requirements;

/// <summary>
/// Approvals: given to oneself where the requirement allows it, else by the compliance team. Source: AccessApprovalManagerImpl.
/// </summary>
internal sealed class Approvals(RequirementTable requirements, ApprovalTable table, Users users)
{
    private const string OnlyAct = "Only ACT member can perform this action.";

    public AccessApproval Get(long id) =>
        table.Get(id) ?? throw ServiceException.NotFound($"Access approval '{id}' does not exist");

    public AccessApproval Create(Caller caller, AccessApproval body)
    {
        var requirement = requirements.Require(body.RequirementId ?? throw Missing("accessRequirementId"));
        var kind = RequirementRules.KindOf(requirement);
        if (kind is RequirementRules.Lock or RequirementRules.PostMessage)
        {
            throw ServiceException.BadRequest($"Cannot apply an approval to a {requirement.ConcreteType}");
        }

        var isSelfSigned = kind is RequirementRules.SelfSign or RequirementRules.TermsOfUse;
        if (!isSelfSigned && !caller.IsCompliance)
        {
            throw ServiceException.Forbidden("User is not an ACT Member.");
        }

        var accessor = isSelfSigned ? caller.Id : EntityIds.ParseNumber(body.AccessorId ?? throw Missing("accessorId"), "accessorId");
        if (accessor == Principals.Anonymous)
        {
            throw ServiceException.BadRequest("Cannot create an AccessApproval for anonymous user.");
        }

        RequireFit(requirement, [accessor]);
        return table.Put(
            requirement.Id ?? 0,
            body.RequirementVersion ?? requirement.VersionNumber ?? 0,
            body.SubmitterId is { } submitter ? EntityIds.ParseNumber(submitter, "submitterId") : accessor,
            accessor,
            body.ExpiredOn?.ToUnixTimeMilliseconds(),
            caller.Id);
    }

    public void Revoke(Caller caller, long requirement, long accessor)
    {
        if (accessor != caller.Id)
        {
            Requirements.RequireCompliance(caller, "Only ACT member may delete access approvals of other users.");
        }

        var known = requirements.Require(requirement);
        if (RequirementRules.KindOf(known) != RequirementRules.Act)
        {
            throw ServiceException.BadRequest(
                $"Do not support access approval deletion for access requirement type: {known.ConcreteType}");
        }

        table.Revoke(requirement, accessor, submitter: null, caller.Id);
    }

    /// <summary>Of all whom one submitter brought in.</summary>
    public void RevokeGroup(Caller caller, AccessorGroupRevokeRequest request)
    {
        var requirement = EntityIds.ParseNumber(request.AccessRequirementId ?? throw Missing("requirementId"), "requirementId");
        var submitter = EntityIds.ParseNumber(request.SubmitterId ?? throw Missing("submitterId"), "submitterId");
        Requirements.RequireCompliance(caller, OnlyAct);
        table.Revoke(requirement, accessor: null, submitter, caller.Id);
    }

    public AccessApprovalInfoList Info(AccessApprovalInfoRequest request)
    {
        var user = EntityIds.ParseNumber(request.UserId ?? throw Missing("BatchAccessApprovalInfoRequest.userId"), "userId");
        var ids = request.AccessRequirementIds ?? throw Missing("BatchAccessApprovalInfoRequest.accessRequirementIds");
        return new AccessApprovalInfoList
        {
            Results =
            [
                .. ids.Select(id => new AccessApprovalInfo
                {
                    UserId = request.UserId,
                    AccessRequirementId = id,
                    HasAccessApproval = table.Active(EntityIds.ParseNumber(id, "accessRequirementIds"), user).Count > 0,
                }),
            ],
        };
    }

    /// <summary>Whether these users are such as the requirement wants: certified, with a validated profile.</summary>
    public void RequireFit(AccessRequirement requirement, IEnumerable<long> accessors)
    {
        if (requirement.IsCertifiedUserRequired == true && !accessors.All(id => users.Get(id)?.IsCertified == true))
        {
            throw new ServiceException(ServiceError.Forbidden, "Accessors must be Synapse Certified Users.")
            {
                Code = "USER_CERTIFICATION_REQUIRED",
            };
        }

        // Profiles are validated by Sage's staff, of whom there is nobody here.
        if (requirement.IsValidatedProfileRequired == true)
        {
            throw ServiceException.BadRequest("Accessors must have validated profiles.");
        }
    }

    private static ServiceException Missing(string field) => ServiceException.BadRequest($"{field} is required.");
}

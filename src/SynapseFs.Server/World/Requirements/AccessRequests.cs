using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Requirements;

/// <summary>A user's project and request for a managed requirement. Source: ResearchProjectManagerImpl, RequestManagerImpl.</summary>
internal sealed class AccessRequests(RequirementTable requirements, RequestTables tables, TimeProvider time)
{
    private const int MinText = 0;
    private const int MaxAccessors = 500;
    private const string Prefix = "org.sagebionetworks.repo.model.dataaccess.";
    public const string Renewal = Prefix + "Renewal";
    private const string First = Prefix + "Request";

    /// <summary>The caller's own; an empty one when there is none yet.</summary>
    public ResearchProject Project(Caller caller, long requirement) =>
        tables.ProjectOf(requirement, caller.Id) ?? new ResearchProject { AccessRequirementId = EntityShape.Text(requirement) };

    public ResearchProject Put(Caller caller, ResearchProject body)
    {
        var known = body.Id is { } id
            ? tables.Project(EntityIds.ParseNumber(id, "id"))
              ?? throw ServiceException.NotFound($"The resource you are attempting to access cannot be found: research project {id}")
            : null;
        var requirement = RequireManaged(
            known?.AccessRequirementId ?? body.AccessRequirementId,
            "A research project can only be associated with an ManagedACTAccessRequirement.");
        Check(body, requirement);
        if (known is not null)
        {
            RequireOwn(caller, known.CreatedBy, known.Etag, body.Etag, "Only the owner can perform this action.");
        }
        else if (tables.ProjectOf(requirement.Id ?? 0, caller.Id) is not null)
        {
            throw ServiceException.BadRequest("A research project for this access requirement exists already.");
        }

        var now = Now;
        var written = new ResearchProject
        {
            Id = known?.Id ?? EntityShape.Text(tables.NewId("research project")),
            AccessRequirementId = EntityShape.Text(requirement.Id ?? 0),
            Institution = body.Institution,
            ProjectLead = body.ProjectLead,
            IntendedDataUseStatement = body.IntendedDataUseStatement,
            CreatedOn = known?.CreatedOn ?? now,
            CreatedBy = caller.IdText,
            ModifiedOn = now,
            ModifiedBy = caller.IdText,
            Etag = Stamp.NewEtag(),
        };
        tables.Put(written, requirement.Id ?? 0, caller.Id);
        return written;
    }

    /// <summary>The caller's own; an empty one when there is none yet.</summary>
    public AccessRequest Request(Caller caller, long requirement) =>
        tables.RequestOf(requirement, caller.Id)
        ?? new AccessRequest { ConcreteType = First, AccessRequirementId = EntityShape.Text(requirement) };

    public AccessRequest Put(Caller caller, AccessRequest body)
    {
        if (string.IsNullOrEmpty(body.ResearchProjectId))
        {
            throw ServiceException.BadRequest("Request.researchProjectId is required.");
        }

        if (body.AccessorChanges?.Count > MaxAccessors)
        {
            throw ServiceException.BadRequest($"A request cannot have more than {MaxAccessors} changes.");
        }

        var requirement = RequireManaged(
            body.AccessRequirementId, "A Request can only associate with an ManagedACTAccessRequirement.");
        var known = body.Id is { } id
            ? tables.Request(EntityIds.ParseNumber(id, "id"))
              ?? throw ServiceException.NotFound($"The resource you are attempting to access cannot be found: request {id}")
            : null;
        if (known is not null)
        {
            CheckChange(caller, known, body, requirement.Id ?? 0);
        }
        else if (body.ConcreteType != First)
        {
            throw ServiceException.BadRequest($"Cannot create a request of type {body.ConcreteType}");
        }
        else if (tables.RequestOf(requirement.Id ?? 0, caller.Id) is not null)
        {
            throw ServiceException.BadRequest("A request for this access requirement exists already.");
        }

        var now = Now;
        var written = body with
        {
            Id = known?.Id ?? EntityShape.Text(tables.NewId("access request")),
            ConcreteType = known?.ConcreteType ?? First,
            CreatedOn = known?.CreatedOn ?? now,
            CreatedBy = caller.IdText,
            ModifiedOn = now,
            ModifiedBy = caller.IdText,
            Etag = Stamp.NewEtag(),
        };
        tables.Put(written, requirement.Id ?? 0, caller.Id);
        return written;
    }

    /// <summary>What was approved is from now on to be renewed.</summary>
    public void Renew(AccessRequest request, long requirement, long user) => tables.Put(
        request with
        {
            ConcreteType = Renewal,
            AccessorChanges =
            [
                .. (request.AccessorChanges ?? []).Where(change => change.Type != "REVOKE_ACCESS")
                    .Select(change => change with { Type = "RENEW_ACCESS" }),
            ],
            Etag = Stamp.NewEtag(),
        },
        requirement, user);

    private DateTimeOffset Now => EntityShape.Date(time.GetUtcNow().ToUnixTimeMilliseconds());

    private void CheckChange(Caller caller, AccessRequest known, AccessRequest body, long requirement)
    {
        RequireOwn(caller, known.CreatedBy, known.Etag, body.Etag, "Only owner can perform this action.");
        if (body.AccessRequirementId != known.AccessRequirementId || body.ResearchProjectId != known.ResearchProjectId)
        {
            throw ServiceException.BadRequest(
                "researchProjectId, accessRequirementId, createdOn and createdBy fields cannot be edited.");
        }

        if (tables.IsWaiting(requirement, caller.Id))
        {
            throw ServiceException.BadRequest(
                "A submission has been created. User needs to cancel the created submission or wait for an ACT member to review it "
                + "before create another submission.");
        }
    }

    private AccessRequirement RequireManaged(string? id, string otherwise)
    {
        var requirement = requirements.Require(EntityIds.ParseNumber(
            id ?? throw ServiceException.BadRequest("The accessRequirementId is required."), "accessRequirementId"));
        return RequirementRules.KindOf(requirement) == RequirementRules.Managed
            ? requirement
            : throw ServiceException.BadRequest(otherwise);
    }

    private static void Check(ResearchProject body, AccessRequirement requirement)
    {
        RequireText(body.ProjectLead, $"The projectLead must contains more than {MinText} characters.");
        RequireText(body.Institution, $"The insitution must contains more than {MinText} characters.");
        if (requirement.IsIduRequired != false)
        {
            RequireText(
                body.IntendedDataUseStatement, $"The intended data use statement must contains more than {MinText} characters.");
        }
    }

    private static void RequireText(string? text, string reason)
    {
        if (text is not { Length: > MinText })
        {
            throw ServiceException.BadRequest(reason);
        }
    }

    private static void RequireOwn(Caller caller, string? owner, string? etag, string? sent, string reason)
    {
        if (etag != sent)
        {
            throw ServiceException.Stale("etag does not match.");
        }

        if (owner != caller.IdText)
        {
            throw ServiceException.Forbidden(reason);
        }
    }
}

using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Requirements;

/// <summary>Access requirements: made by the compliance team, read by everybody. Source: AccessRequirementManagerImpl.</summary>
internal sealed class Requirements(RequirementTable table, ObjectAcls acls, Access access, TimeProvider time)
{
    private const int MaxPage = 50;
    private const string OnlyAct = "Only ACT member can perform this action.";

    public AccessRequirement Get(long id) => table.Require(id);

    public AccessRequirement Create(Caller caller, AccessRequirement body)
    {
        RequirementRules.Check(body);
        RequireCompliance(caller, "Only ACT member can create an AccessRequirement.");
        return Add(caller, body);
    }

    public AccessRequirement Update(Caller caller, long id, AccessRequirement body)
    {
        if (body.Id != id)
        {
            throw ServiceException.BadRequest($"Update specified ID {id} but object contains id: {body.Id}");
        }

        RequirementRules.Check(body);
        RequireCompliance(caller, OnlyAct);
        var known = table.Require(id);
        RequireCurrent(known, body.Etag, body.VersionNumber);
        if (body.AccessType != known.AccessType)
        {
            throw ServiceException.BadRequest("Cannot modify AccessType");
        }

        if (body.ConcreteType != known.ConcreteType)
        {
            throw ServiceException.BadRequest($"Cannot change {known.ConcreteType} to {body.ConcreteType}");
        }

        return Put(caller, Trim(body, id), known);
    }

    public void Delete(Caller caller, long id)
    {
        RequireCompliance(caller, "Only ACT member can delete an AccessRequirement.");
        acls.Delete(id);
        table.Delete(id);
    }

    /// <summary>An ACT requirement becomes a managed one, with everything about it still to be said.</summary>
    public AccessRequirement Convert(Caller caller, AccessRequirementConversionRequest request)
    {
        var id = EntityIds.ParseNumber(Required(request.AccessRequirementId, "requirementId"), "requirementId");
        Required(request.Etag, "etag");
        RequireCompliance(caller, OnlyAct);
        var known = table.Require(id);
        if (RequirementRules.KindOf(known) != RequirementRules.Act)
        {
            throw ServiceException.BadRequest($"Do not support converting AccessRequirement type {known.ConcreteType}");
        }

        RequireCurrent(known, request.Etag, request.CurrentVersion);
        var managed = new AccessRequirement
        {
            ConcreteType = $"org.sagebionetworks.repo.model.{RequirementRules.Managed}",
            Name = known.Name,
            AccessType = known.AccessType,
            SubjectIds = known.SubjectIds,
        };
        return Put(caller, Trim(managed, id), known);
    }

    /// <summary>Shuts what nobody has restricted yet, until the compliance team has looked at it.</summary>
    public AccessRequirement Lock(Caller caller, long entity)
    {
        var standing = access.Require(caller, entity, AccessTypes.Create).Require(AccessTypes.Update);
        if (table.HasAny("ENTITY", Restrictions.Ids(standing.Lineage)))
        {
            throw ServiceException.BadRequest($"Entity {standing.Node.IdText} is already restricted.");
        }

        return Add(caller, new AccessRequirement
        {
            ConcreteType = $"org.sagebionetworks.repo.model.{RequirementRules.Lock}",
            AccessType = AccessTypes.Download,
            SubjectIds = [new RestrictableObjectDescriptor { Id = standing.Node.IdText, Type = "ENTITY" }],
            JiraKey = $"SG-{entity}",
        });
    }

    /// <summary>Of an entity and all above it. Reading the entity is not asked for.</summary>
    public AccessRequirementPage OfEntity(Caller caller, long entity, OffsetPage page)
    {
        var standing = access.Find(caller, entity)
            ?? throw ServiceException.NotFound($"Resource: '{EntityIds.Text(entity)}' does not exist");
        return Page("ENTITY", Restrictions.Ids(standing.Lineage), page);
    }

    public AccessRequirementPage OfTeam(long team, OffsetPage page) => Page("TEAM", $"[{team}]", page);

    public RestrictableObjectDescriptorPage Subjects(long id, string? token)
    {
        var page = PageToken.Parse(token);
        var found = table.Subjects(id, page.Fetch, page.Offset);
        return new RestrictableObjectDescriptorPage { Subjects = page.Page(found), NextPageToken = page.Next(found.Count) };
    }

    public AccessControlList Acl(long id) =>
        acls.Get(table.Require(id).Id ?? id)
        ?? throw ServiceException.NotFound($"The resource you are attempting to access cannot be found: ACL of {id}");

    public AccessControlList CreateAcl(Caller caller, long id, AccessControlList body)
    {
        CheckAcl(body);
        RequireCompliance(caller, "Only an ACT member can assign an ACL to an access requirement.");
        return acls.Get(table.Require(id).Id ?? id) is null
            ? acls.Put(id, body.ResourceAccess ?? [])
            : throw ServiceException.BadRequest($"The access requirement {id} has an ACL already.");
    }

    public AccessControlList UpdateAcl(Caller caller, long id, AccessControlList body)
    {
        CheckAcl(body);
        RequireCompliance(caller, "Only an ACT member can update the ACL of an access requirement.");
        return acls.Replace(table.Require(id).Id ?? id, body);
    }

    public void DeleteAcl(Caller caller, long id)
    {
        RequireCompliance(caller, "Only an ACT member can delete the ACL of an access requirement.");
        acls.Delete(table.Require(id).Id ?? id);
    }

    public static void RequireCompliance(Caller caller, string reason)
    {
        if (!caller.IsCompliance)
        {
            throw ServiceException.Forbidden(reason);
        }
    }

    private AccessRequirement Add(Caller caller, AccessRequirement body) => Put(caller, Trim(body, table.NewId()), known: null);

    private AccessRequirement Put(Caller caller, AccessRequirement trimmed, AccessRequirement? known)
    {
        var now = EntityShape.Date(time.GetUtcNow().ToUnixTimeMilliseconds());
        table.Put(trimmed with
        {
            VersionNumber = (known?.VersionNumber ?? -1) + 1,
            Etag = Stamp.NewEtag(),
            CreatedBy = known?.CreatedBy ?? caller.IdText,
            CreatedOn = known?.CreatedOn ?? now,
            ModifiedBy = caller.IdText,
            ModifiedOn = now,
        });
        return table.Require(trimmed.Id ?? 0);
    }

    // Without a name it is called by its description, or by its number.
    private static AccessRequirement Trim(AccessRequirement body, long id)
    {
        var name = !string.IsNullOrWhiteSpace(body.Name) ? body.Name
            : !string.IsNullOrWhiteSpace(body.Description) ? body.Description : EntityShape.Text(id);
        return RequirementRules.Trim(body) with { Id = id, Name = name, SubjectIds = body.SubjectIds ?? [] };
    }

    private AccessRequirementPage Page(string type, string ids, OffsetPage page)
    {
        if (page.Limit > MaxPage)
        {
            throw ServiceException.BadRequest($"limit must be between 1 and {MaxPage}");
        }

        var found = table.OfAny(type, ids, page.Limit, page.Offset);
        return new AccessRequirementPage { Results = found, TotalNumberOfResults = found.Count };
    }

    private static void RequireCurrent(AccessRequirement known, string? etag, long? version)
    {
        if (etag != known.Etag || version != known.VersionNumber)
        {
            throw ServiceException.Stale(
                "Access Requirement was updated since you last fetched it, retrieve it again and reapply the update.");
        }
    }

    private static void CheckAcl(AccessControlList body)
    {
        if (body.ResourceAccess is not { Count: > 0 } entries)
        {
            throw ServiceException.BadRequest("acl.resourceAccess is required and must not be empty.");
        }

        foreach (var entry in entries)
        {
            var reason = entry?.PrincipalId switch
            {
                null => "acl.resourceAccess.principalId is required.",
                Principals.Anonymous => "Cannot assign permissions to the anonmous user.",
                Principals.Public => "Cannot assign permissions to the public group.",
                _ => entry.AccessType?.FirstOrDefault(
                    type => type is not ("REVIEW_SUBMISSIONS" or Restrictions.ExemptionEligible)) is { } odd
                    ? $"The access type {odd} is not allowed for ACCESS_REQUIREMENT."
                    : null,
            };
            if (reason is not null)
            {
                throw ServiceException.BadRequest(reason);
            }
        }
    }

    private static string Required(string? text, string field) =>
        string.IsNullOrEmpty(text) ? throw ServiceException.BadRequest($"{field} is required.") : text;
}

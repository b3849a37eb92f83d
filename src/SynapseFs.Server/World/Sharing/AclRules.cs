using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Sharing;

/// <summary>Which ACLs are accepted.</summary>
internal static class AclRules
{
    public static void Check(Standing standing, IReadOnlyList<ResourceAccess> entries)
    {
        foreach (var entry in (IReadOnlyList<ResourceAccess?>)entries)
        {
            CheckOfEntity(standing.Caller, entry ?? throw ServiceException.BadRequest("ACL row is null."));
        }

        RequireControl(standing.Caller, entries, standing.Node.CreatedBy);
    }

    /// <summary>What holds of an entry of any object's list.</summary>
    /// <param name="entry">As it was sent.</param>
    /// <param name="refusal">The sentence about a type of access that there is not.</param>
    public static void CheckEntry(ResourceAccess? entry, Func<string, string> refusal)
    {
        if (entry?.PrincipalId is not { } principal)
        {
            throw ServiceException.BadRequest("Group ID is null");
        }

        if (entry.AccessType is not { Count: > 0 } types)
        {
            throw ServiceException.BadRequest("No access types specified.");
        }

        if (types.Contains(null!))
        {
            throw ServiceException.BadRequest("An access type must not be null.");
        }

        if (types.FirstOrDefault(type => !AccessTypes.All.Contains(type) && !AccessTypes.Harmless.Contains(type)) is { } odd)
        {
            throw ServiceException.BadRequest(refusal(odd));
        }

        if (principal == Principals.Anonymous)
        {
            throw ServiceException.BadRequest(
                "Cannot assign permissions to anonymous. To share resources with anonymous users, use the PUBLIC group id (273949)");
        }

        if (principal == Principals.Public && types.Any(type => type != AccessTypes.Read))
        {
            throw ServiceException.BadRequest("Only READ permissions can be assigned to the public group");
        }
    }

    /// <summary>Nobody but the owner may give away the right to change the list.</summary>
    public static void RequireControl(Caller caller, IReadOnlyList<ResourceAccess> entries, long? owner)
    {
        var keepsControl = caller.Id == owner || entries.Any(entry =>
            caller.Groups.Contains(entry.PrincipalId ?? 0) && entry.AccessType!.Contains(AccessTypes.ChangePermissions));
        if (!keepsControl)
        {
            throw ServiceException.BadRequest("Caller is trying to revoke their own ACL editing permissions.");
        }
    }

    private static void CheckOfEntity(Caller caller, ResourceAccess entry)
    {
        CheckEntry(entry, type => $"The access type {type} is not allowed for ENTITY.");
        if (entry.PrincipalId == Principals.AuthenticatedUsers && entry.AccessType!.Contains(AccessTypes.Download) && !caller.IsCertified)
        {
            throw new ServiceException(
                ServiceError.Forbidden, "Only certified users can allow authenticated users to download.")
            {
                Code = "USER_CERTIFICATION_REQUIRED",
            };
        }
    }
}

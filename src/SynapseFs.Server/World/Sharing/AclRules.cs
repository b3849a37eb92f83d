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
            CheckEntry(standing.Caller, entry ?? throw ServiceException.BadRequest("ACL row is null."));
        }

        var keepsEditing = entries.Any(entry =>
            standing.Caller.Groups.Contains(entry.PrincipalId ?? 0) && entry.AccessType!.Contains(AccessTypes.ChangePermissions));
        if (!keepsEditing && standing.Node.CreatedBy != standing.Caller.Id)
        {
            throw ServiceException.BadRequest("Caller is trying to revoke their own ACL editing permissions.");
        }
    }

    private static void CheckEntry(Caller caller, ResourceAccess entry)
    {
        if (entry.PrincipalId is not { } principal)
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
            throw ServiceException.BadRequest($"The access type {odd} is not allowed for ENTITY.");
        }

        if (principal == Principals.Anonymous)
        {
            throw ServiceException.BadRequest("Cannot assign permissions to anonymous. To share resources with anonymous users, use the PUBLIC group id (273949)");
        }

        if (principal == Principals.Public && types.Any(type => type != AccessTypes.Read))
        {
            throw ServiceException.BadRequest("Only READ permissions can be assigned to the public group");
        }

        if (principal == Principals.AuthenticatedUsers && types.Contains(AccessTypes.Download) && !caller.IsCertified)
        {
            throw new ServiceException(
                ServiceError.Forbidden, "Only certified users can allow authenticated users to download.")
            {
                Code = "USER_CERTIFICATION_REQUIRED",
            };
        }
    }
}

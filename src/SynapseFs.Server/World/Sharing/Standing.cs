using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Sharing;

/// <summary>
/// What one caller may do with one entity. Source: EntityAuthorizationManagerImpl and EntityDeciderFunctions. Restrictions are looked
/// up only when a download is asked for.
/// </summary>
internal sealed record Standing(NodeRow Node, Lineage Lineage, Caller Caller, IReadOnlySet<string> Rights, Restrictions Restrictions)
{
    public const string Uncertified = "Only certified users may create or update content in Synapse.";
    private const string OnlyRead = "Anonymous users have only READ access permission.";

    public bool May(string access) => Refusal(access) is null;

    public Standing Require(string access) =>
        Refusal(access) is { } reason ? throw ServiceException.Forbidden(reason) : this;

    /// <summary>Why not; null: it is allowed. CREATE is asked of the parent, for a child that is no project.</summary>
    public string? Refusal(string access)
    {
        if (access == AccessTypes.Download)
        {
            if (Restrictions.RefusalOfDownload(this) is { } unmet)
            {
                return unmet;
            }

            if (Rights.Contains(AccessTypes.Read) && Restrictions.IsOpenData(Node.Id))
            {
                return null;
            }
        }

        if (access != AccessTypes.Read && Caller.IsAnonymous)
        {
            return OnlyRead;
        }

        var needsCertification = access switch
        {
            AccessTypes.Update => Node.Kind != EntityKind.Project,
            AccessTypes.Create or AccessTypes.ChangeSettings => true,
            _ => false,
        };
        return needsCertification && !Caller.IsCertified ? Uncertified : RefusalOfAcl(access);
    }

    /// <summary>May update and delete: one whom an access requirement may exempt.</summary>
    public bool IsDataContributor => Rights.Contains(AccessTypes.Update) && Rights.Contains(AccessTypes.Delete);

    /// <summary>What the ACL alone says.</summary>
    public string? RefusalOfAcl(string access) =>
        Rights.Contains(access) || (access == AccessTypes.ChangeSettings && Node.CreatedBy == Caller.Id)
            ? null
            : $"You lack {access} access to the requested entity.";
}

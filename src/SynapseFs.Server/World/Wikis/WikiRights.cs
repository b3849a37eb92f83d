using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Wikis;

/// <summary>
/// What a caller may do with the wiki of an owner: what he may do with the owner. Source: AuthorizationManagerImpl.canAccess and
/// canCreateWiki.
/// </summary>
internal sealed class WikiRights(Access access, ObjectAcls evaluations)
{
    /// <summary>The access and compliance team, who look after requirements.</summary>
    private const long ComplianceTeam = 464532;

    /// <summary>Refuses an owner that does not exist and what the caller may not do.</summary>
    public void Require(Caller caller, WikiOwner owner, string right)
    {
        if (!May(caller, owner, right))
        {
            throw ServiceException.Forbidden(
                $"User is not authorized to '{right}' a WikiPage with an ownerId: '{owner.Text}' of type: '{owner.Type}'");
        }
    }

    public bool May(Caller caller, WikiOwner owner, string right) => owner.Type switch
    {
        WikiOwner.Entity => MayWithEntity(access.Examine(caller, owner.Id), right),
        WikiOwner.Evaluation => MayWithEvaluation(caller, owner, right),
        _ => right == AccessTypes.Read || caller.Groups.Contains(ComplianceTeam),
    };

    // A wiki is created as a child of the owner's own type would be: that of a project needs no certification.
    private static bool MayWithEntity(Standing standing, string right) =>
        right == AccessTypes.Create && standing.Node.Kind == EntityKind.Project
            ? !standing.Caller.IsAnonymous && standing.RefusalOfAcl(right) is null
            : standing.May(right);

    private bool MayWithEvaluation(Caller caller, WikiOwner owner, string right)
    {
        if (evaluations.Get(owner.Id) is null)
        {
            throw ServiceException.NotFound($"The resource you are attempting to access cannot be found: Evaluation {owner.Id}");
        }

        return (right == AccessTypes.Read || !caller.IsAnonymous) && evaluations.Grants(owner.Id, caller, right);
    }
}

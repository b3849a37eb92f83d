using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Evaluations;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Wikis;

/// <summary>
/// What a caller may do with the wiki of an owner: what he may do with the owner. Source: AuthorizationManagerImpl.canAccess and
/// canCreateWiki.
/// </summary>
internal sealed class WikiRights(Access access, EvaluationTable evaluations, EvaluationAccess evaluationAccess)
{
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
        _ => right == AccessTypes.Read || caller.IsCompliance,
    };

    // A wiki is created as a child of the owner's own type would be: that of a project needs no certification.
    private static bool MayWithEntity(Standing standing, string right) =>
        right == AccessTypes.Create && standing.Node.Kind == EntityKind.Project
            ? !standing.Caller.IsAnonymous && standing.RefusalOfAcl(right) is null
            : standing.May(right);

    private bool MayWithEvaluation(Caller caller, WikiOwner owner, string right) => evaluations.Get(owner.Id) is null
        ? throw ServiceException.NotFound($"Evaluation of ID {owner.Id} does not exist yet.")
        : evaluationAccess.May(caller, owner.Id, right);
}

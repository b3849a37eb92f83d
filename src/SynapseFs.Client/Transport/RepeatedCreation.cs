using SynapseFs.Api;

namespace SynapseFs.Client.Transport;

/// <summary>
/// Creation is repeated after lost answers, so a name may be taken by our own first try (conventions, retry policy). What stands
/// there counts as ours only if it is of the same type, points at the same bytes or target, and was never changed.
/// </summary>
internal sealed class RepeatedCreation(EntityCalls entities, ChildrenCalls children)
{
    public async Task<Entity?> FindAsync(Entity wanted, RequestPriority priority, CancellationToken cancellationToken)
    {
        if (wanted.Name is not { } name)
            return null;
        try
        {
            if (await children.FindAsync(wanted.ParentId, name, priority, cancellationToken) is not { } id)
                return null;
            var found = await entities.GetAsync(id, null, priority, cancellationToken);
            return IsOurs(wanted, found) ? found : null;
        }
        // Hidden, or gone by now: not ours. What is told is that the name was taken.
        catch (SynapseException e) when (e.Failure is SynapseFailure.NotFound or SynapseFailure.Forbidden)
        {
            return null;
        }
    }

    internal static bool IsOurs(Entity wanted, Entity found) =>
        found.ConcreteType == wanted.ConcreteType
        && found.DataFileHandleId == wanted.DataFileHandleId
        && found.LinksTo == wanted.LinksTo
        && found.CreatedBy == found.ModifiedBy
        && found.VersionNumber is null or 1;
}

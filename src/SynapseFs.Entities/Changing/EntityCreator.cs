using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Changing;

/// <summary>
/// Makes entities so that making one again after a lost answer finds the one that was made. Failures of the service are
/// <see cref="SynapseException"/>.
/// </summary>
internal sealed class EntityCreator(SynapseClient client, EntityReader reader, ChildReader children)
{
    private const int Tries = 3;

    /// <summary>
    /// How long the details of something new are believed: they are put together from what is known here, and what is not known
    /// (who may do what with it) is taken for the best. What is refused for all that loses nothing, and asking costs a call a file.
    /// </summary>
    private static readonly TimeSpan NewLifetime = TimeSpan.FromDays(1);

    private static readonly UserEntityPermissions Everything = new()
    {
        CanView = true,
        CanEdit = true,
        CanMove = true,
        CanAddChild = true,
        CanDelete = true,
        CanDownload = true,
    };

    /// <exception cref="SynapseException">Conflict: something else has the name; and all else that the service refuses.</exception>
    public async Task<RemoteChild> CreateAsync(Creation creation, Urgency urgency, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var made = await client.Entities.CreateAsync(
                    creation.Entity, creation.Activity?.Id, urgency.ToPriority(), cancellationToken);
                return await ShowNewAsync(creation, made, urgency, cancellationToken);
            }
            catch (SynapseException exception) when (exception.Status == 409)
            {
                var found = await FindAsync(creation.Entity, urgency, cancellationToken);
                if (found is not null && await creation.IsIt(found, cancellationToken))
                    return await ShowAsync(creation, found, urgency, cancellationToken);
                // What had the name may be gone again by now.
                if (found is not null || attempt == Tries)
                    throw;
            }
        }
    }

    private async Task<EntityBundle?> FindAsync(Entity wanted, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            var id = await client.Children.FindAsync(wanted.ParentId, wanted.Name!, urgency.ToPriority(), cancellationToken);
            return id is null ? null : await reader.GetAsync(SynapseEntityId.Parse(id), urgency, cancellationToken);
        }
        // Hidden from the caller, or gone between the two calls.
        catch (SynapseException exception) when (exception.Failure is SynapseFailure.Forbidden or SynapseFailure.NotFound)
        {
            return null;
        }
    }

    private async Task<RemoteChild> ShowNewAsync(Creation creation, Entity made, Urgency urgency, CancellationToken cancellationToken)
    {
        var bundle = new EntityBundle
        {
            Entity = made,
            EntityType = creation.Kind.Name,
            Permissions = Everything,
            FileHandles = creation.FileHandle is { } handle ? [handle] : null,
            Activity = creation.Activity,
        };
        var child = await ShowAsync(creation, bundle, urgency, cancellationToken);
        return child with { Details = child.Details! with { Lifetime = NewLifetime } };
    }

    private Task<RemoteChild> ShowAsync(Creation creation, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken) =>
        children.ReadAsync(
            SynapseEntityId.Parse(bundle.Entity!.Id!), bundle, creation.Shown, creation.Kind, urgency, cancellationToken);
}

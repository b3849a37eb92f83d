using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Capturing;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Sending;

namespace SynapseFs.Entities.Files;

/// <summary>
/// Makes file entities: first the bytes, then what refers to them. Failures of the service are <see cref="SynapseException"/>.
/// </summary>
internal sealed class FileCreator(EntityCreator creator, ContentSender sender, CapturedActivities activities, OwnId caller)
{
    public async Task<RemoteChild> CreateAsync(
        Entity wanted, string shown, LocalContent content, Urgency urgency, CancellationToken cancellationToken)
    {
        var file = new FileOnItsWay(content, sender);
        Activity? activity = null;
        while (true)
        {
            var handle = await file.GetAsync(wanted.Name!, wanted.ParentId!, urgency, cancellationToken);
            activity ??= await activities.MakeAsync(content, urgency, cancellationToken);
            var creation = new Creation
            {
                Kind = EntityKinds.File,
                Shown = shown,
                Entity = wanted with { DataFileHandleId = handle.Id },
                FileHandle = handle,
                Activity = activity,
                IsIt = (found, token) => IsItAsync(found, file, urgency, token),
            };
            try
            {
                return await creator.CreateAsync(creation, urgency, cancellationToken);
            }
            catch (SynapseException exception) when (file.TryForgetEarlier(exception))
            {
                // What an earlier attempt had sent is no longer there.
            }
        }
    }

    // Ours from an earlier attempt, or at least the same bytes by the same person: then a second version would only repeat them.
    private async ValueTask<bool> IsItAsync(EntityBundle found, FileOnItsWay file, Urgency urgency, CancellationToken cancellationToken)
    {
        if (found.Entity is not { ConcreteType: SynapseTypes.File } entity)
            return false;
        if (file.IsOurs(entity.DataFileHandleId))
            return true;
        return FileRights.DataHandle(found) is { } held
            && Md5Text.Normalize(held.ContentMd5) == file.Content.Md5
            && held.ContentSize == file.Content.Length
            && entity.CreatedBy == await caller.GetAsync(urgency, cancellationToken);
    }
}

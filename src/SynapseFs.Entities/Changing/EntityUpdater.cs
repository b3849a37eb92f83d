using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Capturing;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Files;
using SynapseFs.Entities.Sending;

namespace SynapseFs.Entities.Changing;

/// <summary>
/// Changes entities: name, place and content together in one call. It is read first, so that a change by somebody else is noticed
/// before bytes are sent, and written with the etag read, so that none in between is overwritten.
/// </summary>
internal sealed class EntityUpdater(
    SynapseClient client, EntityReader reader, ContentSender sender, CapturedActivities activities, ChildReader children, EntityNames names)
{
    private const int Tries = 5;

    public Task<RemoteChild> UpdateAsync(RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken) =>
        ChangeAsync(node, update, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{update.Place?.Name ?? node.Name}'", node.RemoteId, update.Place?.Parent));

    private async Task<RemoteChild> ChangeAsync(
        RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.Parse(node.RemoteId);
        var file = update.Content is { } content ? new FileOnItsWay(content, sender) : null;
        Activity? activity = null;
        for (var attempt = 1; ; attempt++)
        {
            var bundle = await reader.GetAsync(id, urgency, cancellationToken);
            var wanted = WantedPlace.Of(bundle.Entity!, node.Kind, update, names);
            if (file is not null && !IsHeld(bundle, file))
            {
                RequireKnown(bundle.Entity!, update, node);
                var handle = await file.GetAsync(wanted.Name!, wanted.ParentId!, urgency, cancellationToken);
                wanted = wanted with { DataFileHandleId = handle.Id };
                activity ??= await activities.MakeAsync(file.Content, urgency, cancellationToken);
            }
            if (wanted == bundle.Entity)
                return await ShowAsync(node, bundle, urgency, cancellationToken);
            try
            {
                var written = await WriteAsync(wanted, file is not null, activity, urgency, cancellationToken);
                return await ShowAsync(node, Written(bundle, written, file?.Handle, activity), urgency, cancellationToken);
            }
            catch (SynapseException exception) when (exception.Failure == SynapseFailure.StaleEtag && attempt < Tries)
            {
                // Changed between reading and writing, perhaps by a try of ours whose answer was lost: reading again tells.
            }
            catch (SynapseException exception) when (file?.TryForgetEarlier(exception) == true)
            {
                // What an earlier attempt had sent is no longer there.
            }
        }
    }

    private async Task<Entity> WriteAsync(
        Entity wanted, bool hasContent, Activity? activity, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Entities.UpdateAsync(wanted, VersionChange.Keep, activity?.Id, urgency.ToPriority(), cancellationToken);
        }
        // A new content gets its version's number for a label, whatever was sent, and some older version may bear just that label.
        catch (SynapseException exception) when (
            hasContent && exception.Failure == SynapseFailure.BadRequest
            && exception.Reason.Contains("label", StringComparison.OrdinalIgnoreCase))
        {
            var label = string.Create(CultureInfo.InvariantCulture, $"{wanted.VersionNumber + 1} {Guid.NewGuid():N}")[..12];
            var labelled = wanted with { VersionLabel = label, VersionComment = null };
            return await client.Entities.UpdateAsync(labelled, VersionChange.New, activity?.Id, urgency.ToPriority(), cancellationToken);
        }
    }

    // The same bytes under another file handle are what is wanted, too, whoever put them there.
    private static bool IsHeld(EntityBundle bundle, FileOnItsWay file) =>
        file.IsOurs(bundle.Entity!.DataFileHandleId)
        || (FileRights.DataHandle(bundle) is { } held
            && Md5Text.Normalize(held.ContentMd5) == file.Content.Md5 && held.ContentSize == file.Content.Length);

    private static void RequireKnown(Entity entity, NodeUpdate update, RemoteNode node)
    {
        var isChanged = update.KnownContent is { } known
            ? entity.DataFileHandleId != known && !update.OwnContents.Contains(entity.DataFileHandleId)
            : !EntityRevision.IsOfVersion(update.KnownRevision, entity);
        if (isChanged)
            throw new ChangeRefusedException(
                ChangeRefusal.ContentChanged, $"'{node.Name}' was given another content in Synapse since it was changed here.");
    }

    private static EntityBundle Written(EntityBundle read, Entity written, FileHandle? handle, Activity? activity) => read with
    {
        Entity = written,
        // A new version begins without one.
        Activity = activity ?? (written.VersionNumber == read.Entity?.VersionNumber ? read.Activity : null),
        FileHandles = handle is not null && handle.Id == written.DataFileHandleId ? [handle] : read.FileHandles,
    };

    private Task<RemoteChild> ShowAsync(RemoteNode node, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken) =>
        children.ReadAsync(
            SynapseEntityId.Parse(node.RemoteId), bundle, names.ToShown(bundle.Entity!.Name ?? ""), node.Kind, urgency, cancellationToken);
}

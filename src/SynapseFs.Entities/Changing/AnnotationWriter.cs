using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Annotations;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Changing;

/// <summary>
/// Writes annotations: read, changed, and written whole with the etag read. Somebody else's change in between is read again, so none is
/// overwritten unseen.
/// </summary>
internal sealed class AnnotationWriter(SynapseClient client, EntityReader reader, ChildReader children)
{
    private const int Tries = 5;

    /// <summary>Some annotations of something that is shown as a file or directory.</summary>
    public Task<RemoteChild> UpdateAsync(RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken) =>
        MergeAsync(node, update, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{node.Name}'", node.RemoteId, Parent: null));

    /// <summary>All annotations of an entity. Failures are <see cref="SynapseException"/>.</summary>
    /// <param name="change">What they are to be, given what they are; null: they are so already. May refuse.</param>
    /// <returns>The entity afterwards.</returns>
    public async Task<EntityBundle> WriteAsync(
        SynapseEntityId id, Func<EntityBundle, IReadOnlyDictionary<string, AnnotationsValue>?> change, Urgency urgency,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var bundle = await reader.GetAsync(id, urgency, cancellationToken);
            if (change(bundle) is not { } wanted)
                return bundle;
            var written = new Api.Annotations { Id = id.Id, Etag = bundle.Entity!.Etag, Values = wanted };
            try
            {
                await client.Annotations.UpdateAsync(id.Id, written, urgency.ToPriority(), cancellationToken);
                // The answer tells no date, and the revision is made of it.
                return await reader.GetAsync(id, urgency, cancellationToken);
            }
            catch (SynapseException exception) when (exception.Failure == SynapseFailure.StaleEtag && attempt < Tries)
            {
                // Changed between reading and writing.
            }
        }
    }

    public static IReadOnlyDictionary<string, AnnotationsValue> Of(EntityBundle bundle) =>
        bundle.Annotations?.Values ?? new Dictionary<string, AnnotationsValue>();

    private async Task<RemoteChild> MergeAsync(RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.Parse(node.RemoteId);
        var bundle = await WriteAsync(
            id, present => AnnotationChanges.Merge(Of(present), update.Xattrs, node.Name), urgency, cancellationToken);
        return await children.ReadAsync(id, bundle, node.Name, node.Kind, urgency, cancellationToken);
    }
}

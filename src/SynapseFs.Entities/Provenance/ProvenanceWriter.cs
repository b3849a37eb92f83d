using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Provenance;

/// <summary>
/// Says of current versions what generated them. Activities are never changed, as others may name the same one: each saying is a new one.
/// Failures are <see cref="SynapseException"/>.
/// </summary>
internal sealed class ProvenanceWriter(SynapseClient client, EntityReader reader)
{
    /// <param name="wanted">Null: nothing is to be said.</param>
    /// <param name="requireKnown">Called before anything is changed.</param>
    /// <returns>The entity afterwards.</returns>
    public async Task<EntityBundle> WriteAsync(
        SynapseEntityId id, Activity? wanted, Action<Activity?> requireKnown, Urgency urgency, CancellationToken cancellationToken)
    {
        var bundle = await reader.GetAsync(id, urgency, cancellationToken);
        if (wanted is not null)
            wanted = await PinnedAsync(wanted, urgency, cancellationToken);
        if (wanted is null ? bundle.Activity is null : IsSame(wanted, bundle.Activity))
            return bundle;
        requireKnown(bundle.Activity);
        if (wanted is null)
        {
            await client.Activities.DetachAsync(id.Id, urgency.ToPriority(), cancellationToken);
        }
        else
        {
            var made = await client.Activities.CreateAsync(wanted, urgency.ToPriority(), cancellationToken);
            await client.Activities.AttachAsync(id.Id, made.Id!, urgency.ToPriority(), cancellationToken);
        }

        // The answers tell neither date nor etag.
        return await reader.GetAsync(id, urgency, cancellationToken);
    }

    private static bool IsSame(Activity wanted, Activity? present) =>
        present is not null && ProvenanceJson.Write(wanted).Md5 == ProvenanceJson.Write(present).Md5;

    // An id alone means what the entity is now; said without a version it would mean something else later.
    private async Task<Activity> PinnedAsync(Activity activity, Urgency urgency, CancellationToken cancellationToken)
    {
        var open = activity.Used!.Select(item => item.Reference).OfType<Reference>()
            .Where(reference => reference.TargetVersionNumber is null).Distinct().ToList();
        if (open.Count == 0)
            return activity;
        var headers = await client.Entities.GetHeadersAsync(open, urgency.ToPriority(), cancellationToken);
        var versions = headers.DistinctBy(header => header.Id).ToDictionary(header => header.Id!, header => header.VersionNumber);
        return activity with
        {
            Used = [.. activity.Used!.Select(item => item.Reference is { TargetVersionNumber: null, TargetId: { } id } reference
                ? item with { Reference = reference with { TargetVersionNumber = versions.GetValueOrDefault(id) } }
                : item)],
        };
    }
}

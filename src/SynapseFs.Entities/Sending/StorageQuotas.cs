using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Sending;

/// <summary>
/// What a project may hold and holds in the storage that new files of a directory go to. Newer services tell it along with that
/// storage; where they do not, the project itself is asked.
/// </summary>
internal sealed class StorageQuotas(SynapseClient client, UploadPlaces places)
{
    /// <summary>The service counts about once a minute itself.</summary>
    private static readonly TimeSpan Belief = TimeSpan.FromMinutes(1);

    /// <returns>Null: nobody knows, or the caller may not know.</returns>
    public async Task<StorageQuota?> FindAsync(RemoteNode directory, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            var place = await places.GetAsync(directory.RemoteId, Belief, urgency, cancellationToken);
            var usage = place.ProjectStorageLocationUsage ?? await FindInProjectAsync(directory, place, urgency, cancellationToken);
            return usage?.SumFileBytes is { } used ? new StorageQuota(usage.MaxAllowedFileBytes, used) : null;
        }
        catch (SynapseException exception) when (
            exception.Failure is SynapseFailure.NotFound or SynapseFailure.Forbidden or SynapseFailure.BadRequest)
        {
            return null;
        }
        catch (SynapseException exception)
        {
            throw SynapseErrors.Translate(exception, directory.RemoteId);
        }
    }

    private async Task<ProjectStorageLocationUsage?> FindInProjectAsync(
        RemoteNode directory, UploadDestination place, Urgency urgency, CancellationToken cancellationToken)
    {
        var project = place.DestinationProjectId ?? (directory.Kind == EntityKinds.Project ? directory.RemoteId : null);
        var usage = project is null ? null : await client.Storage.FindUsageAsync(project, urgency.ToPriority(), cancellationToken);
        return usage?.Locations.FirstOrDefault(location => location.StorageLocationId == (place.StorageLocationId ?? 1));
    }
}

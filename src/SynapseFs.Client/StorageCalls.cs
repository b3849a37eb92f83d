using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>How much projects hold and may hold. All throw <see cref="SynapseException"/>.</summary>
public sealed class StorageCalls
{
    private readonly ApiTransport _transport;

    internal StorageCalls(ApiTransport transport) => _transport = transport;

    /// <summary>
    /// What a project holds at each of its storage locations, a minute or so old; null where nobody knows: services before 2025 do
    /// not tell. Who may not add to the project is Forbidden.
    /// </summary>
    public async Task<ProjectStorageUsage?> FindUsageAsync(string projectId, RequestPriority priority, CancellationToken cancellationToken)
    {
        var call = ApiCall.Get(SynapseService.Repo, "/project/{id}/storage/usage",
            $"/project/{Uri.EscapeDataString(projectId)}/storage/usage", priority);
        try
        {
            return await _transport.SendAsync(call, StorageJson.Default.ProjectStorageUsage, cancellationToken);
        }
        catch (SynapseException e) when (e.Failure == SynapseFailure.NotFound)
        {
            return null;
        }
    }
}

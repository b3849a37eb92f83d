using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>How entities came about. All throw <see cref="SynapseException"/>.</summary>
public sealed class ActivityCalls
{
    private const string Route = "/entity/{id}/generatedBy";

    private readonly ApiTransport _transport;

    internal ActivityCalls(ApiTransport transport) => _transport = transport;

    /// <summary>Makes an activity that has generated nothing yet. One whose answer was lost stays behind, unseen by anybody.</summary>
    public Task<Activity> CreateAsync(Activity activity, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(HttpMethod.Post, SynapseService.Repo, "/activity", "/activity", priority).With(activity, ActivityJson.Default.Activity),
            ActivityJson.Default.Activity, cancellationToken);

    /// <summary>What generated a version; null: nothing that was recorded.</summary>
    /// <param name="version">Null: the current one.</param>
    public async Task<Activity?> FindAsync(string id, long? version, RequestPriority priority, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(
                ApiCall.Get(SynapseService.Repo, Route, EntityPaths.Of(id, version, "/generatedBy"), priority), ActivityJson.Default.Activity,
                cancellationToken);
        }
        catch (SynapseException e) when (
            e.Failure == SynapseFailure.NotFound && e.Reason.Contains("No activity", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Says of the current version, whatever was said before, that the activity generated it.</summary>
    public Task<Activity> AttachAsync(string id, string activityId, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(
                HttpMethod.Put, SynapseService.Repo, Route,
                EntityPaths.Of(id, null, "/generatedBy?generatedBy=" + Uri.EscapeDataString(activityId)), priority),
            ActivityJson.Default.Activity, cancellationToken);

    /// <summary>Says nothing any more of how the current version came about. The activity itself stays.</summary>
    public Task DetachAsync(string id, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(HttpMethod.Delete, SynapseService.Repo, Route, EntityPaths.Of(id, null, "/generatedBy"), priority), cancellationToken);
}

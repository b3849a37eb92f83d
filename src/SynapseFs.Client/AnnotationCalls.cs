using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>An entity's annotations. All throw <see cref="SynapseException"/>.</summary>
public sealed class AnnotationCalls
{
    private const string Route = "/entity/{id}/annotations2";

    private readonly ApiTransport _transport;

    internal AnnotationCalls(ApiTransport transport) => _transport = transport;

    public Task<Annotations> GetAsync(string id, long? version, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiCall.Get(SynapseService.Repo, Route, EntityPaths.Of(id, version, "/annotations2"), priority),
            ApiJson.Default.Annotations, cancellationToken);

    /// <summary>
    /// Replaces all annotations of the current version: a key left out is deleted. Needs the entity's current etag; the answer holds
    /// the new one.
    /// </summary>
    public Task<Annotations> UpdateAsync(string id, Annotations annotations, RequestPriority priority,
        CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(HttpMethod.Put, SynapseService.Repo, Route, EntityPaths.Of(id, null, "/annotations2"), priority)
                .With(annotations with { Id = id }, ApiJson.Default.Annotations),
            ApiJson.Default.Annotations, cancellationToken);
}

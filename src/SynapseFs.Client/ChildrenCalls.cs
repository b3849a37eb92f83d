using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>What lies in a container. All throw <see cref="SynapseException"/>.</summary>
public sealed class ChildrenCalls
{
    private readonly ApiTransport _transport;

    internal ChildrenCalls(ApiTransport transport) => _transport = transport;

    /// <summary>One page of up to 50 headers. Pages are not a snapshot: changes between two of them may skip or repeat an item.</summary>
    public Task<EntityChildrenResponse> GetPageAsync(EntityChildrenRequest request, RequestPriority priority,
        CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Post, SynapseService.Repo, "/entity/children", "/entity/children", priority)
            .With(request, ApiJson.Default.EntityChildrenRequest);
        return _transport.SendAsync(call, ApiJson.Default.EntityChildrenResponse, cancellationToken);
    }

    /// <summary>The id of the child of exactly that name, or null. A null parent means: the project of that name.</summary>
    public async Task<string?> FindAsync(string? parentId, string name, RequestPriority priority, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Post, SynapseService.Repo, "/entity/child", "/entity/child", priority)
            .With(new EntityLookupRequest { ParentId = parentId, EntityName = name }, ApiJson.Default.EntityLookupRequest);
        try
        {
            return (await _transport.SendAsync(call, ApiJson.Default.EntityId, cancellationToken)).Id;
        }
        // The same status says that the parent itself is gone; its words differ.
        catch (SynapseException e) when (
            e.Failure == SynapseFailure.NotFound && e.Reason.StartsWith("Child not found", StringComparison.Ordinal))
        {
            return null;
        }
    }
}

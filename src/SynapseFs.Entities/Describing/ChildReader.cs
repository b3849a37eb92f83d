using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Describing;

/// <summary>Makes a child with all its details from an entity's bundle, whatever kind it turns out to be.</summary>
internal sealed class ChildReader(IReadOnlyDictionary<NodeKind, EntityDescriber> describers)
{
    /// <param name="id">The entity's id, with the version where one is pinned.</param>
    /// <param name="bundle">The entity as the service tells it.</param>
    /// <param name="shown">The name to show.</param>
    /// <param name="kind">The kind of node to make of it.</param>
    public async Task<RemoteChild> ReadAsync(
        SynapseEntityId id, EntityBundle bundle, string shown, NodeKind kind, Urgency urgency, CancellationToken cancellationToken)
    {
        var details = await describers[kind].DescribeAsync(id.ToString(), bundle, urgency, cancellationToken);
        return new RemoteChild
        {
            Name = shown,
            Kind = kind,
            RemoteId = id.ToString(),
            Revision = details.Revision,
            Modified = details.Modified,
            Created = details.Created,
            Details = details,
        };
    }
}

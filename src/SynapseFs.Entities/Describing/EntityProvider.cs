using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Documents;

namespace SynapseFs.Entities.Describing;

/// <summary>A kind whose nodes are entities; their remote id is the entity's, with the version where one is pinned.</summary>
internal abstract class EntityProvider(EntityReader reader, EntityDescriber describer) : NodeProvider
{
    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var bundle = await reader.ReadAsync(SynapseEntityId.Parse(node.RemoteId), urgency, cancellationToken);
        return await describer.DescribeAsync(node.RemoteId, bundle, urgency, cancellationToken);
    }

    public override IReadOnlyList<string> NodesOf(RemoteNode node) => FaceId.NodesOf(SynapseEntityId.Parse(node.RemoteId).Id);
}

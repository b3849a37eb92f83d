using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Links;

/// <summary>A link entity.</summary>
internal sealed class LinkProvider(EntityReader reader, LinkDescriber describer, EntityChanges changes)
    : ChangeableProvider(reader, describer, changes)
{
    public override NodeKind Kind => EntityKinds.Link;

    public override NodeType Type => NodeType.SymbolicLink;

    public override Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        if (!SynapseEntityId.TryParse(node.LinkTo, out var target))
            throw new ChangeRefusedException(
                ChangeRefusal.Impossible, $"'{node.Name}' leads to nothing in Synapse, and a link there can lead nowhere else.");
        var reference = new Reference { TargetId = target.Id, TargetVersionNumber = target.Version };
        var creation = new Creation
        {
            Kind = Kind,
            Shown = node.Name,
            Entity = NewEntity(node, SynapseTypes.Link) with { LinksTo = reference },
            IsIt = (found, _) => ValueTask.FromResult(
                found.Entity?.ConcreteType == SynapseTypes.Link && found.Entity.LinksTo == reference),
        };
        return Changes.Creator.CreateAsync(creation, urgency, cancellationToken).OrRefusedAsync(SubjectOf(node));
    }
}

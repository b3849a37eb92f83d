using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Folders;

/// <summary>A folder. One that stands under the wanted name already is taken for the new one.</summary>
internal sealed class FolderProvider(
    ContainerChildren children, EntityReader reader, EntityDescriber describer, EntityChanges changes)
    : ContainerProvider(children, reader, describer, changes)
{
    public override NodeKind Kind => EntityKinds.Folder;

    public override Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var creation = new Creation
        {
            Kind = Kind,
            Shown = node.Name,
            Entity = NewEntity(node, SynapseTypes.Folder),
            IsIt = (found, _) => ValueTask.FromResult(found.Entity?.ConcreteType == SynapseTypes.Folder),
        };
        return Changes.Creator.CreateAsync(creation, urgency, cancellationToken).OrRefusedAsync(SubjectOf(node));
    }
}

using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Folders;

namespace SynapseFs.Entities.Projects;

/// <summary>
/// A project. All of Synapse's projects share one room for names, so one that stands under the wanted name is taken for the new one
/// only if the person may put something into it.
/// </summary>
internal sealed class ProjectProvider(
    ContainerChildren children, EntityReader reader, EntityDescriber describer, EntityChanges changes, OwnProjects projects)
    : ContainerProvider(children, reader, describer, changes)
{
    public override NodeKind Kind => EntityKinds.Project;

    public override Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken) =>
        MakeAsync(node, urgency, cancellationToken).OrRefusedAsync(SubjectOf(node));

    private async Task<RemoteChild> MakeAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var creation = new Creation
        {
            Kind = Kind,
            Shown = node.Name,
            Entity = NewEntity(node, SynapseTypes.Project) with { ParentId = null },
            IsIt = (found, _) => ValueTask.FromResult(
                found is { Entity.ConcreteType: SynapseTypes.Project, Permissions.CanAddChild: true }),
        };
        var made = await Changes.Creator.CreateAsync(creation, urgency, cancellationToken);
        projects.Add(made.RemoteId);
        return made;
    }
}

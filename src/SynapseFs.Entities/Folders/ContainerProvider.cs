using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Folders;

/// <summary>A directory of entities: a project or a folder.</summary>
internal abstract class ContainerProvider(
    ContainerChildren children, EntityReader reader, EntityDescriber describer, EntityChanges changes)
    : ChangeableProvider(reader, describer, changes)
{
    public override NodeType Type => NodeType.Directory;

    public override Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken) =>
        children.ListAsync(directory, urgency, cancellationToken);

    public override Task<IReadOnlyList<RemoteChild>?> TryListAtOnceAsync(
        RemoteNode directory, Urgency urgency, CancellationToken cancellationToken) =>
        children.TryListAtOnceAsync(directory, urgency, cancellationToken);

    public override Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken) =>
        children.IsUnchangedAsync(directory, known, urgency, cancellationToken);

    public override Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken) =>
        children.FindAsync(directory, name, urgency, cancellationToken);

    public override NodeKind KindOfNew(NodeType type, string name) => type switch
    {
        NodeType.Directory => EntityKinds.Folder,
        NodeType.SymbolicLink => EntityKinds.Link,
        _ => EntityKinds.File,
    };

    public override Task DeleteAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken) =>
        Changes.Deleter.DeleteContainerAsync(node, deletion, urgency, cancellationToken);

    public override Task<StorageQuota?> GetQuotaAsync(RemoteNode directory, Urgency urgency, CancellationToken cancellationToken) =>
        Changes.Quotas.FindAsync(directory, urgency, cancellationToken);
}

using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Documents;
using SynapseFs.Entities.Versions;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>The directory <c>of/NAME</c>: the faces of one entity, its JSON among them. What else is made in it stays here.</summary>
internal sealed class FacesProvider(EntityReader reader, ChildReader children, IReadOnlyList<Face> faces) : HiddenDirectory
{
    public const string EntityJson = "entity.json";

    public override NodeKind Kind => EntityKinds.Faces;

    public override bool KeepsNewHere => true;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.Parse(directory.RemoteId);
        var bundle = await reader.ReadAsync(id, urgency, cancellationToken);
        var shown = new List<RemoteChild>
        {
            await children.ReadAsync(id, bundle, EntityJson, EntityKinds.Document, urgency, cancellationToken),
        };
        foreach (var face in faces)
        {
            var child = await children.ReadAsync(id, bundle, face.FileName, face.Kind, urgency, cancellationToken);
            shown.Add(child with { RemoteId = FaceId.Of(face.Kind, id.Id) });
        }

        if (EntityKinds.ForType(bundle.Entity?.ConcreteType) == EntityKinds.File)
            shown.Add(Child(VersionsProvider.DirectoryName, EntityKinds.Versions, id.Id));
        return shown;
    }

    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        var children = await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);
        return known.Select(child => (child.Name, child.Revision)).ToHashSet()
            .SetEquals(children.Select(child => (child.Name, child.Revision)));
    }

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        if (name is not (EntityJson or VersionsProvider.DirectoryName) && faces.All(face => face.FileName != name))
            return null;
        var children = await ListAsync(directory, ListingHint.WithDetails, urgency, cancellationToken);
        return children.FirstOrDefault(child => child.Name == name);
    }

    public override NodeKind KindOfNew(NodeType type) => type == NodeType.File ? EntityKinds.Scratch : base.KindOfNew(type);
}

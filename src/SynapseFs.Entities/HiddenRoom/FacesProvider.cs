using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Access;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Documents;
using SynapseFs.Entities.Versions;
using SynapseFs.Entities.Wikis;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>The directory <c>of/NAME</c>: the faces of one entity, its JSON among them. What else is made in it stays here.</summary>
internal sealed class FacesProvider(EntityReader reader, ChildReader children, IReadOnlyList<Face> faces, HowToProvider howTo)
    : HiddenDirectory
{
    public const string EntityJson = "entity.json";

    private readonly IReadOnlyList<string> _names =
        [EntityJson, .. faces.Select(face => face.FileName), VersionsProvider.DirectoryName, WikiDescriber.DirectoryName, HowToProvider.FileName];

    public override NodeKind Kind => EntityKinds.Faces;

    public override bool KeepsNewHere => true;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.Parse(directory.RemoteId);
        var bundle = await reader.ReadFacesAsync(id, urgency, cancellationToken);
        var shown = new List<RemoteChild>();
        foreach (var name in _names)
        {
            if (await MakeAsync(id, bundle, name, urgency, cancellationToken) is { } child)
                shown.Add(child);
        }

        return shown;
    }

    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);
        return known.Select(child => (child.Name, child.Revision)).ToHashSet()
            .SetEquals(listed.Select(child => (child.Name, child.Revision)));
    }

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        if (!_names.Contains(name))
            return null;
        var id = SynapseEntityId.Parse(directory.RemoteId);
        var bundle = await reader.ReadFacesAsync(id, urgency, cancellationToken);
        return await MakeAsync(id, bundle, name, urgency, cancellationToken);
    }

    public override NodeKind KindOfNew(NodeType type, string name) =>
        type == NodeType.File ? EntityKinds.Scratch : base.KindOfNew(type, name);

    private async Task<RemoteChild?> MakeAsync(
        SynapseEntityId id, EntityBundle bundle, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case EntityJson:
                return await children.ReadAsync(id, bundle, name, EntityKinds.Document, urgency, cancellationToken);
            case HowToProvider.FileName:
                return await howTo.FindAsync(id, bundle, urgency, cancellationToken);
            case VersionsProvider.DirectoryName:
                return EntityKinds.ForType(bundle.Entity?.ConcreteType) == EntityKinds.File
                    ? Child(name, EntityKinds.Versions, id.Id)
                    : null;
            case WikiDescriber.DirectoryName:
                // A link is a signpost: Synapse shows no page for it that a wiki could stand on.
                return EntityKinds.ForType(bundle.Entity?.ConcreteType) == EntityKinds.Link ? null : WikiDescriber.Root(id.Id);
            default:
                var face = faces.First(face => face.FileName == name);
                var child = await children.ReadAsync(id, bundle, name, face.Kind, urgency, cancellationToken);
                return child with { RemoteId = FaceId.Of(face.Kind, id.Id) };
        }
    }
}

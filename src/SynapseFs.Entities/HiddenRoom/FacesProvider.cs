using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>The directory <c>of/NAME</c>: the faces of one entity. So far its JSON.</summary>
internal sealed class FacesProvider(EntityReader reader, ChildReader children) : HiddenDirectory
{
    public const string EntityJson = "entity.json";

    public override NodeKind Kind => EntityKinds.Faces;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.Parse(directory.RemoteId);
        var bundle = await reader.ReadAsync(id, urgency, cancellationToken);
        return [await children.ReadAsync(id, bundle, EntityJson, EntityKinds.Document, urgency, cancellationToken)];
    }

    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        var children = await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);
        return known.Count == 1 && known.Single().Revision == children[0].Revision;
    }

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken) =>
        name == EntityJson ? (await ListAsync(directory, ListingHint.WithDetails, urgency, cancellationToken))[0] : null;
}

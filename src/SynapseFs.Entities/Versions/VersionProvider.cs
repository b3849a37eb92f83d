using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Documents;
using SynapseFs.Entities.HiddenRoom;

namespace SynapseFs.Entities.Versions;

/// <summary>
/// The directory of one version: the file as it was then, under the name that the entity has now, and how that version came about.
/// </summary>
internal sealed class VersionProvider(EntityReader reader, ChildReader children, EntityNames names, Face provenance) : HiddenDirectory
{
    public override NodeKind Kind => EntityKinds.Version;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.Parse(directory.RemoteId);
        var bundle = await reader.ReadAsync(id, urgency, cancellationToken);
        var shown = names.ToShown(bundle.Entity?.Name ?? "");
        var file = await children.ReadAsync(id, bundle, shown, EntityKinds.FileVersion, urgency, cancellationToken);
        if (shown == provenance.FileName)
            return [file];
        var origin = await children.ReadAsync(id, bundle, provenance.FileName, provenance.Kind, urgency, cancellationToken);
        return [file, origin with { RemoteId = FaceId.Of(provenance.Kind, id.ToString()) }];
    }

    /// <summary>Its content is fixed; its name and whether it may be read are not.</summary>
    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);
        return known.Select(child => (child.Name, child.Revision)).ToHashSet()
            .SetEquals(listed.Select(child => (child.Name, child.Revision)));
    }
}

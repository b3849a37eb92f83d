using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>
/// The directory <c>of</c>: for every name of the directory it belongs to, a directory of that entity's other faces. At the mount's root
/// also for every id, so that what stands in no directory, such as the root itself, has its faces there.
/// </summary>
/// <param name="directories">The providers of directories of entities.</param>
internal sealed class OfProvider(EntityReader reader, IEnumerable<NodeProvider> directories) : HiddenDirectory
{
    private readonly Dictionary<NodeKind, NodeProvider> _directories = directories.ToDictionary(provider => provider.Kind);

    public override NodeKind Kind => EntityKinds.OfRoom;

    public override bool ListsEveryChild => false;

    // What was just made here has its faces as soon as it is sent.
    public override bool RemembersMissing => false;

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        var room = RoomId.Parse(directory.RemoteId);
        if (!_directories.TryGetValue(room.Kind, out var provider))
            return null;
        var child = await provider.FindAsync(room.Directory, name, urgency, cancellationToken);
        var id = child?.RemoteId ?? (room.IsRoot ? await FindByIdAsync(name, urgency, cancellationToken) : null);
        return id is null ? null : Child(name, EntityKinds.Faces, id);
    }

    private async Task<string?> FindByIdAsync(string name, Urgency urgency, CancellationToken cancellationToken)
    {
        if (!SynapseEntityId.TryParse(name, out var id) || id.Version is not null || id.Id != name)
            return null;
        return await reader.FindByIdAsync(id, urgency, cancellationToken) is null ? null : id.Id;
    }
}

using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>The directory <c>of</c>: for every name of the directory it belongs to, a directory of that entity's other faces.</summary>
/// <param name="directories">The providers of directories of entities.</param>
internal sealed class OfProvider(IEnumerable<NodeProvider> directories) : HiddenDirectory
{
    private readonly Dictionary<NodeKind, NodeProvider> _directories = directories.ToDictionary(provider => provider.Kind);

    public override NodeKind Kind => EntityKinds.OfRoom;

    public override bool ListsEveryChild => false;

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        var room = RoomId.Parse(directory.RemoteId);
        if (!_directories.TryGetValue(room.Kind, out var provider))
            return null;
        var child = await provider.FindAsync(room.Directory, name, urgency, cancellationToken);
        return child is null ? null : Child(name, EntityKinds.Faces, child.RemoteId);
    }
}

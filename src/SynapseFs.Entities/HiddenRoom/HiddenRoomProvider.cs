using SynapseFs.Core.Providers;
using SynapseFs.Entities.Finding;
using SynapseFs.Entities.Wikis;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>
/// The directory <c>.synapse</c>: <c>of</c> and <c>find</c> everywhere, <c>wiki</c> in projects, <c>by-id</c> and <c>status.json</c> at the
/// mount's root.
/// </summary>
/// <param name="status">Null: the mount has none to show.</param>
internal sealed class HiddenRoomProvider(StatusProvider? status) : HiddenDirectory
{
    public const string ById = "by-id";
    public const string Of = "of";

    public override NodeKind Kind => EntityKinds.HiddenRoom;

    public override bool AsksRemotely => false;

    protected override IReadOnlyList<RemoteChild> Children(RemoteNode directory)
    {
        var room = RoomId.Parse(directory.RemoteId);
        List<RemoteChild> children = [Child(FindProvider.DirectoryName, EntityKinds.Find, directory.RemoteId)];
        // Faces are those of today.
        if (room.Kind != EntityKinds.PastFolder)
            children.Add(Child(Of, EntityKinds.OfRoom, directory.RemoteId));
        if (room.IsRoot)
            children.Add(Child(ById, EntityKinds.ById, directory.RemoteId));
        if (room.IsRoot && status is not null)
            children.Add(StatusProvider.Child(directory.RemoteId));
        if (room.Kind == EntityKinds.Project)
            children.Add(WikiDescriber.Root(room.DirectoryId));
        return children;
    }
}

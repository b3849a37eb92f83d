using SynapseFs.Core.Providers;
using SynapseFs.Entities.Finding;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>The directory <c>.synapse</c>: <c>of</c> and <c>find</c> everywhere, <c>by-id</c> at the mount's root.</summary>
internal sealed class HiddenRoomProvider : HiddenDirectory
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
        return children;
    }
}

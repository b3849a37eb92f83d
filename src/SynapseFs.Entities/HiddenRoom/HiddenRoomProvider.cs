using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>The directory <c>.synapse</c>: <c>of</c> everywhere, <c>by-id</c> at the mount's root.</summary>
internal sealed class HiddenRoomProvider : HiddenDirectory
{
    public const string ById = "by-id";
    public const string Of = "of";

    public override NodeKind Kind => EntityKinds.HiddenRoom;

    protected override IReadOnlyList<RemoteChild> Children(RemoteNode directory)
    {
        var of = Child(Of, EntityKinds.OfRoom, directory.RemoteId);
        return RoomId.Parse(directory.RemoteId).IsRoot ? [Child(ById, EntityKinds.ById, directory.RemoteId), of] : [of];
    }
}

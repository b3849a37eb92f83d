using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>Makes <c>.synapse</c> reachable in every directory of entities; no listing tells it.</summary>
internal sealed class HiddenRoomContributor : DirectoryContributor
{
    public override RemoteChild? Find(RemoteNode directory, bool isRoot, string name)
    {
        var isOurs = directory.Kind == EntityKinds.Projects || EntityKinds.IsContainer(directory.Kind)
            || directory.Kind == EntityKinds.PastFolder;
        return isOurs && name == EntityNames.HiddenRoom
            ? HiddenDirectory.Child(name, EntityKinds.HiddenRoom, RoomId.Of(directory, isRoot).ToString())
            : null;
    }
}

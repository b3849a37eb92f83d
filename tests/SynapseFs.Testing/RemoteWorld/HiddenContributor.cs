using SynapseFs.Core.Providers;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>Puts the directory ".hidden" into every directory of the world.</summary>
internal sealed class HiddenContributor : DirectoryContributor
{
    public override RemoteChild? Find(RemoteNode directory, bool isRoot, string name) =>
        name == ".hidden" && directory.Kind == World.DirectoryKind
            ? new RemoteChild
            {
                Name = name,
                Kind = World.HiddenKind,
                RemoteId = $"hidden-{directory.RemoteId}",
                Revision = "1",
                Modified = DateTimeOffset.UnixEpoch,
                Created = DateTimeOffset.UnixEpoch,
            }
            : null;
}

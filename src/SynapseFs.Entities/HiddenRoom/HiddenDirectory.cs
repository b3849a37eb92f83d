using SynapseFs.Core.Providers;
using SynapseFs.Entities.Folders;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>A directory that exists only here: it never changes, and knowing about it costs no call.</summary>
internal abstract class HiddenDirectory : NodeProvider
{
    private const string OnlyRevision = "1";

    public override NodeType Type => NodeType.Directory;

    public static RemoteChild Child(string name, NodeKind kind, string remoteId) => new()
    {
        Name = name,
        Kind = kind,
        RemoteId = remoteId,
        Revision = OnlyRevision,
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
        Details = DetailsOf(kind),
    };

    public override Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(Children(directory));

    public override Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken) =>
        // A later version of this program may show more.
        Task.FromResult(known.Select(child => child.Name).ToHashSet().SetEquals(Children(directory).Select(child => child.Name)));

    public override Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(DetailsOf(node.Kind));

    public override NodeKind KindOfNew(NodeType type, string name) =>
        throw new FsException(FsError.ReadOnly, $"{EntityNames.HiddenRoom} shows what there is in other ways; nothing can be made in it.");

    public override string? RemoteIdOf(RemoteNode node) => null;

    /// <summary>What a listing shows; rooms where names are only looked up show nothing.</summary>
    protected virtual IReadOnlyList<RemoteChild> Children(RemoteNode directory) => [];

    private static RemoteDetails DetailsOf(NodeKind kind) => kind == EntityKinds.Faces ? Bare with
    {
        Permissions = ContainerDescriber.Permissions | FilePermissions.UserWrite,
        Rights = NodeRights.AddChildren,
    } : Bare;

    private static RemoteDetails Bare => new()
    {
        Revision = OnlyRevision,
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
        Permissions = ContainerDescriber.Permissions,
    };
}

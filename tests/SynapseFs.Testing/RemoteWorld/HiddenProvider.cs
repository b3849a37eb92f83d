using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>A directory that lists nothing and finds everything in the world by its id.</summary>
internal sealed class HiddenProvider(World world) : NodeProvider
{
    public override NodeKind Kind => World.HiddenKind;

    public override NodeType Type => NodeType.Directory;

    public override bool ListsEveryChild => false;

    public override Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemoteChild>>([]);

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("find", directory.RemoteId, urgency), cancellationToken);
        return world.ById(name) is { } node ? node.ToChild() with { Name = name } : null;
    }

    public override Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(new RemoteDetails
        {
            Revision = "1",
            Modified = DateTimeOffset.UnixEpoch,
            Created = DateTimeOffset.UnixEpoch,
            Permissions = FilePermissions.AllRead | FilePermissions.AllExecute,
        });
}

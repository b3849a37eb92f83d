using SynapseFs.Core.Providers;
using SynapseFs.Store;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>The bytes a file of the world had when it was opened.</summary>
internal sealed class WorldContent(World world, WorldNode node, ContentKey key) : RemoteContent
{
    private readonly byte[] _bytes = world.BytesOf(key);

    public override long? Length => node.HasLength ? _bytes.Length : null;

    public override async Task<Stream> OpenRangeAsync(
        long offset, long? length, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(
            new WorldCall("read", node.Id, urgency) { Offset = offset, Length = length }, cancellationToken);
        return new WorldStream(world, node, _bytes.AsMemory((int)offset, (int)(length ?? _bytes.Length - offset)), offset);
    }

    public override Task PrepareAsync(Urgency urgency, CancellationToken cancellationToken) =>
        world.EnterAsync(new WorldCall("prepare", node.Id, urgency), cancellationToken);
}

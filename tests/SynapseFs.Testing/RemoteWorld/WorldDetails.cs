using System.Globalization;
using SynapseFs.Core.Providers;
using SynapseFs.Store;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>An index of all files of the world; its mark counts how often it was read.</summary>
internal sealed class WorldDetails(World world) : DetailsSource
{
    public override NodeKind Kind => World.FileKind;

    public override DetailsIndex? FindWished(IReadOnlyList<RemoteNode> above) => world.IsIndexWished ? new DetailsIndex("index") : null;

    public override async Task<DetailsIndex?> FindAsync(
        IReadOnlyList<RemoteNode> above, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("find index", string.Join('/', above.Select(node => node.RemoteId)), urgency), cancellationToken);
        return new DetailsIndex("index");
    }

    public override async Task<DetailsMark> ReadAsync(
        DetailsIndex index, string? mark, Action<IReadOnlyList<DescribedNode>> keep, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("read index", index.Name, urgency), cancellationToken);
        foreach (var file in world.AllFiles)
        {
            if (world.Index!(file, file.ToDetails()) is { } details)
                keep([new DescribedNode(file.Id, details with { Depth = DetailsDepth.Outline })]);
        }

        return new DetailsMark((int.Parse(mark ?? "0", CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture), IsWhole: true);
    }
}

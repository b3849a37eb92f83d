using System.Collections.Concurrent;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Views;

/// <summary>Views as the source of many files' details at once.</summary>
internal sealed class ViewSource(ViewFinder finder, ViewReader reader) : DetailsSource
{
    private readonly ConcurrentDictionary<string, FileView> _known = new(StringComparer.Ordinal);

    public override NodeKind Kind => EntityKinds.File;

    public override DetailsIndex? FindWished(IReadOnlyList<RemoteNode> above) => Known(finder.FindWished(above));

    public override async Task<DetailsIndex?> FindAsync(
        IReadOnlyList<RemoteNode> above, Urgency urgency, CancellationToken cancellationToken) =>
        Known(await finder.FindAsync(above, urgency, cancellationToken));

    public override async Task<DetailsMark> ReadAsync(
        DetailsIndex index, string? mark, Action<IReadOnlyList<DescribedNode>> keep, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(_known[index.Name], mark, keep, urgency, cancellationToken);
        }
        catch (FsException failure) when (failure.Error is FsError.NotFound or FsError.AccessDenied or FsError.InvalidArgument)
        {
            // It was deleted, shared otherwise or given other columns since it was found.
            finder.Forget();
            throw new FsException(FsError.NotFound, $"The view {index.Name} can no longer be used: {failure.Message}", failure);
        }
    }

    private DetailsIndex? Known(FileView? view)
    {
        if (view is null)
            return null;
        _known[view.Id] = view;
        return new DetailsIndex(view.Id);
    }
}

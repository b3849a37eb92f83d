using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Fetches what the format of a file says will be read next: the index beside it as soon as the file is opened, its end along with its
/// first read. Nothing is listed for it, and neither open nor read waits for it.
/// </summary>
internal sealed class FormatsAhead(
    MountParts parts, TreeChanges changes, Describer describer, ContentsAhead contents, CancellationToken ended)
{
    // That of a genome read a hundred times over has 10 MiB.
    private const long LargestIndex = 64L << 20;

    private readonly RunningTasks _running = new();

    /// <summary>A program opened this file for reading, and not all of it is here.</summary>
    public void Opened(NodeRow row, OpenFile file)
    {
        if (FileFormats.IsLookedAtFromTheEnd(row.Name))
            file.ExpectEnd();
        if (parts.Options.SiblingsAhead == 0 || parts.Options.Offline || row.IsDetached)
            return;
        foreach (var names in FileFormats.IndexesOf(row.Name))
            _running.Add(Task.Run(() => FetchFirstAsync(row.Parent, names), CancellationToken.None));
    }

    public Task WhenIdleAsync() => _running.WhenIdleAsync();

    private async Task FetchFirstAsync(InodeNumber directory, IReadOnlyList<string> names)
    {
        try
        {
            var index = names.Select(name => changes.Find(directory, name)).FirstOrDefault(row => row is not null);
            if (index is not { IsLocal: false, LocalLength: null } || changes.ProviderOf(index) is not { Type: NodeType.File, IsUnderstood: false })
                return;
            if (!describer.IsDescribed(index))
                index = await describer.AskAsync(index.Inode, Urgency.Ahead, ended);
            if (contents.MayFetch(index, LargestIndex))
                await contents.FetchAsync(index);
        }
        catch (Exception failure) when (failure is FsException or StoreException or OperationCanceledException)
        {
            // Whoever opens it himself hears of it.
            Log.AheadFailed(parts.Log, failure.Message);
        }
    }
}

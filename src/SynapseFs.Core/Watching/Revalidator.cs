using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Watching;

/// <summary>
/// Looks again, unasked, at directories that the kernel holds, so that watchers (inotify) and long-open programs hear of remote
/// changes. Precise freshness is not its task: a look at a name whose lease has ended asks by itself. So it spends little.
/// </summary>
internal sealed class Revalidator(
    MountParts parts, TreeChanges changes, InodeReferences references, NodeTree tree, RemoteCalls calls)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (parts.Options.Offline || parts.Options.RoundCallsPerMinute <= 0)
            return;
        var pause = parts.Options.MetadataTtl > ShortestPause ? parts.Options.MetadataTtl : ShortestPause;
        var allowance = 0.0;
        while (true)
        {
            await Task.Delay(pause, parts.Time, cancellationToken);
            allowance = RoundSchedule.Earn(allowance, pause, parts.Options.RoundCallsPerMinute);
            foreach (var directory in Due((int)allowance))
            {
                allowance--;
                await LookAsync(directory, cancellationToken);
            }
        }
    }

    // Those used last come first; while out of reach one is enough to notice the way back.
    private List<InodeNumber> Due(int most)
    {
        var now = parts.Time.GetTimestamp();
        if (calls.Standing.OfflineSince is not null)
            most = Math.Min(most, 1);
        return [.. changes.States
            .Where(entry => references.Holds(entry.Key) && IsDue(entry.Value, now))
            .OrderByDescending(entry => entry.Value.LastUsed)
            .Take(most)
            .Select(entry => entry.Key)];
    }

    private bool IsDue(DirectoryState state, long now) =>
        state.LastChecked != 0 && RoundSchedule.IsDue(
            parts.Time.GetElapsedTime(state.LastChecked, now), parts.Time.GetElapsedTime(state.LastUsed, now),
            parts.Options.MetadataTtl);

    private async Task LookAsync(InodeNumber inode, CancellationToken cancellationToken)
    {
        try
        {
            if (parts.Cache.Nodes.Get(inode) is { ListedOn: not null, IsDetached: false } directory)
                await tree.RefreshAsync(directory, Urgency.Background, cancellationToken);
        }
        catch (Exception failure) when (failure is FsException or StoreException)
        {
            // Whoever looks there himself hears of it.
            Log.AheadFailed(parts.Log, failure.Message);
        }
    }
}

using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// Keeps account of how much the remote storage still takes, so that a write fails and not, later, its sending. Asked in the background,
/// at most once a minute and only while somebody writes; unknown means no limit.
/// </summary>
internal sealed class QuotaWatch(MountParts parts, TreeChanges changes, RemoteCalls calls, Func<long> waitingBytes, CancellationToken ended)
{
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);

    private readonly RunningTasks _asking = new();
    private StorageQuota? _known;
    private long _left = long.MaxValue;
    private long _askAfter;

    /// <summary>What was last heard; null: no limit, or nobody knows.</summary>
    public StorageQuota? Known => Volatile.Read(ref _known);

    /// <summary>A content is about to grow.</summary>
    /// <exception cref="FsException">OverQuota.</exception>
    public void RequireRoom(long length, long newLength)
    {
        if (newLength <= length)
            return;
        Ask();
        if (Volatile.Read(ref _known)?.Limit is null)
            return;
        if (Interlocked.Add(ref _left, length - newLength) >= 0)
            return;
        Interlocked.Add(ref _left, newLength - length);
        throw new FsException(FsError.OverQuota, "The storage that this project may use is used up: delete something, or ask for more.");
    }

    /// <summary>Asks anew if what is known is old.</summary>
    public void Ask()
    {
        var now = parts.Time.GetTimestamp();
        var after = Volatile.Read(ref _askAfter);
        var next = now + (long)(Believed.TotalSeconds * parts.Time.TimestampFrequency);
        if (parts.Options.Offline || now < after || Interlocked.CompareExchange(ref _askAfter, next, after) != after)
            return;
        _asking.Add(Task.Run(AskAsync, CancellationToken.None));
    }

    public Task WhenIdleAsync() => _asking.WhenIdleAsync();

    private async Task AskAsync()
    {
        try
        {
            var root = changes.Require(InodeNumber.Root);
            var quota = await calls.AskAsync(
                call => changes.ProviderOf(root).GetQuotaAsync(RowMapping.ToNode(root), Urgency.Background, call), ended);
            if (quota?.Limit is { } limit)
                Interlocked.Exchange(ref _left, limit - quota.Used - waitingBytes());
            Volatile.Write(ref _known, quota);
        }
        catch (Exception failure) when (failure is FsException or OperationCanceledException or StoreException)
        {
            Log.AheadFailed(parts.Log, failure.Message);
        }
    }
}

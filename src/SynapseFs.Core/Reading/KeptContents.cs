using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Tells a content's source, if it wants to know, that all of it is on the local disk and has its MD5: one after the other, beside whatever
/// reads, and also after the content was closed.
/// </summary>
internal sealed class KeptContents(MountParts parts, CancellationToken ended) : IAsyncDisposable
{
    private readonly RunningTasks _telling = new();
    private readonly SemaphoreSlim _one = new(1);

    public void Tell(ContentKey key, long length, RemoteContent source)
    {
        if (source.WantsWhole && !ended.IsCancellationRequested)
            _telling.Add(Task.Run(() => TellAsync(key, length, source), CancellationToken.None));
    }

    /// <summary>Waits until nobody is being told, which is soon once the mount ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _telling.WhenIdleAsync();
        _one.Dispose();
    }

    private async Task TellAsync(ContentKey key, long length, RemoteContent source)
    {
        try
        {
            await _one.WaitAsync(ended);
            try
            {
                using var stored = parts.Cache.Contents.Open(key, length);
                await using var whole = new StoredStream(stored);
                await source.KeptAsync(whole, ended);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (Exception failure) when (failure is FsException or StoreException or IOException or OperationCanceledException)
        {
            Log.AheadFailed(parts.Log, failure.Message);
        }
    }
}

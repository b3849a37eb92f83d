using System.Collections.Concurrent;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// What is done with a content of which all is on the local disk and has its MD5: it is sealed, and its source is told if it wants to know.
/// One after the other, beside whatever reads, and also after the content was closed.
/// </summary>
internal sealed class WholeContents(MountParts parts, CancellationToken ended) : IAsyncDisposable
{
    private readonly RunningTasks _running = new();
    private readonly ConcurrentDictionary<ContentKey, bool> _sealing = new();
    private readonly SemaphoreSlim _one = new(1);

    public void Completed(ContentKey key, long length, RemoteContent? source)
    {
        Seal(key, length);
        if (source is { WantsWhole: true })
            Run(key, length, stored => TellAsync(stored, source));
    }

    /// <summary>So that the kernel may read it itself, and reading here needs no checksums: see <see cref="StoredContent.Seal"/>.</summary>
    public void Seal(ContentKey key, long length)
    {
        if (!_sealing.TryAdd(key, true))
            return;
        Run(key, length, stored =>
        {
            // One that cannot be sealed is not read through again and again; what was damaged or written meanwhile is.
            if (stored.Seal(ended))
                _sealing.TryRemove(key, out _);
            return Task.CompletedTask;
        });
    }

    /// <summary>Waits until nothing runs, which is soon once the mount ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _running.WhenIdleAsync();
        _one.Dispose();
    }

    private async Task TellAsync(StoredContent stored, RemoteContent source)
    {
        await using var whole = new StoredStream(stored);
        await source.KeptAsync(whole, ended);
    }

    private void Run(ContentKey key, long length, Func<StoredContent, Task> act)
    {
        if (!ended.IsCancellationRequested)
            _running.Add(Task.Run(() => RunAsync(key, length, act), CancellationToken.None));
    }

    private async Task RunAsync(ContentKey key, long length, Func<StoredContent, Task> act)
    {
        try
        {
            await _one.WaitAsync(ended);
            try
            {
                using var stored = parts.Cache.Contents.Open(key, length);
                await act(stored);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (Exception failure) when (failure is FsException or StoreException or IOException or OperationCanceledException or ArgumentException)
        {
            Log.AheadFailed(parts.Log, failure.Message);
        }
    }
}

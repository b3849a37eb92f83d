using Microsoft.Extensions.Logging;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// What all downloads of a mount pass through: so many at a time (each holds one block in memory, which bounds the memory of
/// reading however large the files), and one table from what can go wrong to what a reader hears.
/// </summary>
internal sealed class FetchDoor(MountParts parts, RemoteCalls calls, Notices notices) : IDisposable
{
    private readonly SemaphoreSlim _room = new(parts.Options.FetchesAtOnce);

    public ILogger Logger => parts.Log;

    /// <summary>Whether a download that nobody waits for may begin: never with the last places.</summary>
    public bool HasRoom => _room.CurrentCount > parts.Options.FetchesAtOnce / 4;

    public async Task PassAsync(Func<CancellationToken, Task> download, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        try
        {
            await download(cancellationToken);
        }
        finally
        {
            _room.Release();
        }
    }

    public Task<Stream> OpenAsync(
        RemoteContent source, long offset, long? length, Urgency urgency, CancellationToken cancellationToken) =>
        source.AsksRemotely
            ? calls.AskAsync(call => source.OpenRangeAsync(offset, length, urgency, call), cancellationToken)
            : source.OpenRangeAsync(offset, length, urgency, cancellationToken);

    /// <summary>Tells a person of a content that could not be served.</summary>
    public void Note(string sentence) => notices.Add(sentence);

    public FsException Translate(Exception failure, ContentKey content)
    {
        var translated = failure switch
        {
            FsException { Error: FsError.NotFound } gone => new FsException(FsError.Stale, gone.Message, gone),
            FsException known => known,
            StoreException store => new FsException(
                store.Failure == StoreFailure.Full ? FsError.NoSpace : FsError.InputOutput, store.Message, store),
            _ => new FsException(FsError.InputOutput, $"Content {content.Id} cannot be read: {failure.GetType().Name}.", failure),
        };
        calls.Failed(translated);
        Log.FetchFailed(parts.Log, content.Id, translated.Error, translated.Message);
        // What a person can do something about; an errno alone does not tell what.
        if (translated.Error is FsError.AccessDenied or FsError.NotSupported or FsError.StorageDown)
            Note(translated.Message);
        return translated;
    }

    public void Dispose() => _room.Dispose();
}

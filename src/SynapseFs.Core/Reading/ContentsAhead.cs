using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Fetches the next small files of a directory whose small files a program opens one after another: their addresses in one call, their bytes
/// side by side. Each address counts as a download at the service, so one file opened brings no sibling along, and what is not described yet
/// is left for later.
/// </summary>
internal sealed class ContentsAhead : IDisposable
{
    private const long LargestFile = 4L << 20;
    private const long MostBytesAtOnce = 64L << 20;

    private readonly MountParts _parts;
    private readonly TreeChanges _changes;
    private readonly OpenContents _contents;
    private readonly ConfirmedContents _confirmed;
    private readonly RemoteCalls _calls;
    private readonly CancellationToken _ended;
    private readonly SemaphoreSlim _room;
    private readonly RunningTasks _running = new();

    public ContentsAhead(
        MountParts parts, TreeChanges changes, OpenContents contents, ConfirmedContents confirmed, RemoteCalls calls, CancellationToken ended)
    {
        _parts = parts;
        _changes = changes;
        _contents = contents;
        _confirmed = confirmed;
        _calls = calls;
        _ended = ended;
        _room = new SemaphoreSlim(Math.Max(1, parts.Options.FetchesAtOnce / 2));
    }

    /// <summary>A program opened this file for reading; <paramref name="wasMissing"/> when not all of it was here.</summary>
    public void Opened(NodeRow row, bool wasMissing)
    {
        if (_parts.Options.SiblingsAhead == 0 || _parts.Options.Offline || row.IsDetached || row.Details is not { Length: <= LargestFile })
            return;
        // Texts are small, few and soon out of date.
        if (_changes.ProviderOf(row).IsUnderstood)
            return;
        var state = _changes.StateOf(row.Parent);
        ContentWindow window;
        IReadOnlyList<InodeNumber> next;
        lock (state.Gate)
        {
            if (state.ContentsAhead is null && (!wasMissing || !TryOpenWindowLocked(row, state)))
                return;
            window = state.ContentsAhead!;
            next = window.Opened(row.Inode, wasMissing);
        }

        if (next.Count > 0)
            _running.Add(Task.Run(() => FetchAsync(state, window, next), CancellationToken.None));
    }

    /// <summary>Whether something of this file is missing that may be had, and it is not longer than so many bytes.</summary>
    public bool MayFetch(NodeRow row, long longest) =>
        row is { IsDetached: false, IsLocal: false, LocalLength: null, Details: { Denied: null, Content: { } key, Length: { } length and > 0 } }
        && length <= longest && _parts.Cache.Contents.CachedBytes(key) < length;

    public Task WhenIdleAsync() => _running.WhenIdleAsync();

    public void Dispose() => _room.Dispose();

    // The second one that is missing makes it worth while to look at the directory.
    private bool TryOpenWindowLocked(NodeRow row, DirectoryState state)
    {
        if (state.LastMissing is not { } before || before == row.Inode
            || _parts.Cache.Nodes.Get(row.Parent) is not { ListedOn: not null } directory)
        {
            state.LastMissing = row.Inode;
            return false;
        }

        var files = _changes.ListedChildren(directory).Where(child => _changes.ProviderOf(child).Type == NodeType.File);
        state.ContentsAhead = new ContentWindow([.. files.Select(child => child.Inode)]);
        state.ContentsAhead.Opened(before, wasMissing: true);
        return true;
    }

    private async Task FetchAsync(DirectoryState state, ContentWindow window, IReadOnlyList<InodeNumber> next)
    {
        try
        {
            var (wanted, left) = Select(next);
            if (left is { } from)
            {
                lock (state.Gate)
                    window.TakeBack(from);
            }

            await Task.WhenAll(wanted.Select(FetchAsync));
        }
        catch (StoreException failure)
        {
            Log.AheadFailed(_parts.Log, failure.Message);
        }
    }

    /// <returns>What can be fetched, and the first that has to be handed out again.</returns>
    private (List<NodeRow> Wanted, InodeNumber? Left) Select(IReadOnlyList<InodeNumber> next)
    {
        var wanted = new List<NodeRow>();
        var bytes = 0L;
        foreach (var inode in next)
        {
            if (_parts.Cache.Nodes.Get(inode) is not { IsDetached: false, IsLocal: false, LocalLength: null } row)
                continue;
            if (row.Details is null)
                return (wanted, inode);
            if (!MayFetch(row, LargestFile))
                continue;
            bytes += row.Details.Length!.Value;
            if (bytes > MostBytesAtOnce)
                return (wanted, inode);
            wanted.Add(row);
        }

        return (wanted, null);
    }

    /// <summary>Fetches all of a file for which <see cref="MayFetch"/> holds. Never fails: whoever opens it himself hears of it.</summary>
    public async Task FetchAsync(NodeRow row)
    {
        try
        {
            var details = RowMapping.ToRemote(row.Details!);
            var source = _changes.ProviderOf(row).OpenContent(RowMapping.ToNode(row), details);
            if (!await PrepareAsync(row, details, source))
                return;
            await _room.WaitAsync(_ended);
            try
            {
                await FetchAsync(row, source);
            }
            finally
            {
                _room.Release();
            }
        }
        catch (Exception failure) when (failure is FsException or StoreException or OperationCanceledException)
        {
            Log.AheadFailed(_parts.Log, failure.Message);
        }
    }

    private async Task FetchAsync(NodeRow row, RemoteContent source)
    {
        var file = _contents.Open(row.Inode, row.Details!.Content!.Value, row.Details.Length!.Value, source);
        try
        {
            await file.Content.FetchAsync(_ended);
        }
        finally
        {
            _contents.Close(file);
        }
    }

    // Their addresses, all at once; what came in bulk is confirmed by the same answer.
    private Task<bool> PrepareAsync(NodeRow row, RemoteDetails details, RemoteContent source)
    {
        var key = row.Details!.Content!.Value;
        return _calls.AskAsync(PrepareAsync, _ended);

        async Task<bool> PrepareAsync(CancellationToken call)
        {
            if (row.Details.Depth == DetailsDepth.Full || _confirmed.Contains(key))
            {
                await source.PrepareAsync(Urgency.Ahead, call);
                return true;
            }

            var isRight = await _changes.ProviderOf(row).ConfirmContentAsync(RowMapping.ToNode(row), details, Urgency.Ahead, call);
            if (isRight)
                _confirmed.Add(key);
            return isRight;
        }
    }
}

using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>The contents in use, one object for each key, kept while a handle has it open. Its lock is taken under no other of reading.</summary>
internal sealed class OpenContents(
    MountParts parts, FetchDoor door, DoubtfulContents doubts, Action<InodeNumber> contentWasWrong, CancellationToken ended) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ContentKey, OpenContent> _current = [];
    private readonly HashSet<OpenContent> _all = [];
    private readonly RunningTasks _closing = new();
    private readonly WholeContents _whole = new(parts, ended);

    public int FileCount
    {
        get
        {
            lock (_lock)
                return _all.Sum(content => content.Files);
        }
    }

    /// <summary>Opens one handle's worth of a content. Costs no call.</summary>
    /// <exception cref="FsException">InputOutput when the local disk fails.</exception>
    public OpenFile Open(InodeNumber inode, ContentKey key, long length, RemoteContent source)
    {
        lock (_lock)
        {
            var content = UseLocked(key, length);
            if (content.WantsSeal)
                _whole.Seal(key, length);
            // Read again, and right.
            if (content.IsWhole)
                doubts.Settle(key);
            var file = new OpenFile(
                inode, content, new ReadAhead(content.BlockSize, content.Length, parts.Options.LargestReadAhead),
                new ReadBack(content.BlockSize, content.Length, parts.Options.LargestReadAhead));
            content.Attach(file, source);
            return file;
        }
    }

    /// <summary>Ends one handle; after the last one its fetches stop, in the background. What waits for its verdict still gets it.</summary>
    public void Close(OpenFile file)
    {
        var content = file.Content;
        content.Detach(file);
        lock (_lock)
        {
            LeaveLocked(content);
        }
    }

    /// <summary>Holds what earlier mounts handed out unchecked against its MD5, one after the other, as far as all of it is still here.</summary>
    public async Task CheckLeftAsync(CancellationToken cancellationToken)
    {
        foreach (var left in doubts.Left)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (parts.Cache.Contents.CachedBytes(left.Key) == left.Length)
                    await CheckAsync(left);
            }
            catch (Exception failure) when (failure is FsException or StoreException)
            {
                Log.AheadFailed(parts.Log, failure.Message);
            }
        }
    }

    /// <summary>Ends everything, open or not, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        var ending = new List<Task>();
        lock (_lock)
        {
            foreach (var content in _all.ToList())
            {
                RemoveLocked(content);
                ending.Add(content.DisposeAsync().AsTask());
            }

            ending.Add(_closing.WhenIdleAsync());
        }

        await Task.WhenAll(ending);
        await _whole.DisposeAsync();
    }

    private async Task CheckAsync(DoubtfulContent left)
    {
        OpenContent content;
        lock (_lock)
        {
            content = UseLocked(left.Key, left.Length);
            content.CheckLeft();
        }

        await content.Verdict;
        // A mount that was killed may have had no time to note that it is right.
        if (content.IsWhole)
            doubts.Settle(left.Key);
        lock (_lock)
            LeaveLocked(content);
    }

    private OpenContent UseLocked(ContentKey key, long length)
    {
        // One that has failed stays with those who have it open; a new opener tries anew.
        if (!_current.TryGetValue(key, out var content) || content.HasFailed)
        {
            _current[key] = content = new OpenContent(
                OpenStored(key, length), door, _whole, doubts, parts.Options, contentWasWrong, ended);
            _all.Add(content);
        }

        content.Files++;
        return content;
    }

    private void LeaveLocked(OpenContent content)
    {
        if (--content.Files == 0)
            _closing.Add(content.Verdict.IsCompleted ? CloseLocked(content) : CloseAfterAsync(content));
    }

    private async Task CloseAfterAsync(OpenContent content)
    {
        await content.Verdict;
        lock (_lock)
        {
            // Opened again meanwhile, or ended with the mount.
            if (content.Files == 0 && _all.Contains(content))
                _closing.Add(CloseLocked(content));
        }
    }

    private Task CloseLocked(OpenContent content)
    {
        RemoveLocked(content);
        return content.DisposeAsync().AsTask();
    }

    private void RemoveLocked(OpenContent content)
    {
        _all.Remove(content);
        if (_current.TryGetValue(content.Key, out var current) && current == content)
            _current.Remove(content.Key);
    }

    private StoredContent OpenStored(ContentKey key, long length)
    {
        try
        {
            return parts.Cache.Contents.Open(key, length);
        }
        catch (Exception failure) when (failure is StoreException or ArgumentException)
        {
            throw new FsException(FsError.InputOutput, failure.Message, failure);
        }
    }
}

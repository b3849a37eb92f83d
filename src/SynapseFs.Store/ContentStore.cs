using Microsoft.Extensions.Logging;
using SynapseFs.Store.Contents;

namespace SynapseFs.Store;

/// <summary>All cached content: which is kept, and what goes when there is too much. Thread-safe.</summary>
public sealed class ContentStore
{
    /// <summary>Last use is written down this coarsely, so that opening a file again and again costs no writes.</summary>
    private const long UseGranularity = 60;

    /// <summary>How much to drop at once when the disk is full: enough for what else on the disk is gasping.</summary>
    private const long RoomToMake = 16L << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<ContentKey, StoredContent> _open = [];
    private readonly StoreOptions _options;
    private readonly ContentIndex _index;
    private readonly ILogger _log;
    private readonly string _directory;
    private readonly DiskSpace _disk;
    private bool _nothingToDrop;
    private long _saidFullOn;
    private bool _isClosed;

    internal ContentStore(string directory, StoreOptions options, ContentIndex index, ILogger log)
    {
        (_options, _index, _log) = (options, index, log);
        _directory = Path.Combine(directory, "content");
        _disk = new DiskSpace(directory);
        _index.Lost = DeleteAllFiles;
        try
        {
            if (_index.IsNew)
                DeleteAllFiles();
            PrivateFiles.CreateDirectory(_directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, _directory);
        }
    }

    /// <summary>Bytes of all cached content, kept up to date without counting.</summary>
    public long TotalBytes => _index.TotalBytes;

    /// <summary>
    /// The content under this key, cached or not yet. All openers share one object, which stays safe from eviction until each has
    /// disposed it once.
    /// </summary>
    /// <exception cref="ArgumentException">It is open with another length.</exception>
    /// <exception cref="StoreException">The index cannot be read.</exception>
    public StoredContent Open(ContentKey key, long length)
    {
        ArgumentNullException.ThrowIfNull(key.Id);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_open.TryGetValue(key, out var content))
                _open.Add(key, content = LoadLocked(key, length));
            if (content.Length != length)
                throw new ArgumentException($"Content {key.Id} is open with {content.Length} bytes, not {length}.", nameof(length));
            content.Uses++;
            return content;
        }
    }

    /// <summary>How many bytes of this content are cached; 0 when none.</summary>
    public long CachedBytes(ContentKey key)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(key, out var content))
                return content.PresentBytes;
        }
        return _index.Find(key)?.CachedBytes ?? 0;
    }

    /// <summary>
    /// Takes a file that holds exactly this content into the cache, by renaming where it lies on the same disk; its MD5 was just
    /// computed, so it counts as verified. The file is gone afterwards, also when the cache did not want it.
    /// </summary>
    /// <remarks>
    /// Waits until the change that let go of the file is synced, so it is called under no lock; where that fails the file stays. Never
    /// fails itself: what is not cached is fetched when somebody wants it.
    /// </remarks>
    public void Adopt(ContentKey key, long length, string path)
    {
        ArgumentNullException.ThrowIfNull(key.Id);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        try
        {
            BeforeAdopting?.Invoke();
        }
        catch (StoreException exception)
        {
            Log.NotAdopted(_log, path, key.Id, exception.Message);
            return;
        }
        try
        {
            using var content = Open(key, length);
            ContentAdoption.Run(content, path);
        }
        catch (Exception exception) when (exception
            is StoreException or IOException or UnauthorizedAccessException or ArgumentException or ObjectDisposedException)
        {
            Log.NotAdopted(_log, path, key.Id, exception.Message);
        }
        DeleteFile(path);
    }

    /// <summary>
    /// Drops least recently used contents that nobody has open until <see cref="StoreOptions.CacheSize"/> is kept. Writes past the size and
    /// closing do so by themselves.
    /// </summary>
    public void Trim()
    {
        lock (_gate)
        {
            if (_isClosed || TotalBytes <= _options.CacheSize || _nothingToDrop)
                return;
            var excess = TotalBytes - _options.CacheSize;
            _nothingToDrop = DropLocked(excess) < excess;
        }
    }

    /// <summary>Makes sure that nothing needs a staged file any more that is to become content, whatever happens to the power.</summary>
    internal Action? BeforeAdopting { get; set; }

    /// <summary>Before the index goes: contents still open serve what they know, and keep nothing new.</summary>
    internal void Close()
    {
        lock (_gate)
            _isClosed = true;
    }

    /// <summary>Frees some of a full disk. False when there is nothing left to drop. Called under the content's lock, or none.</summary>
    internal bool MakeRoom(string reason)
    {
        lock (_gate)
        {
            if (_isClosed)
                return false;
            var now = _index.Now;
            if (now - _saidFullOn >= UseGranularity)
                Log.NotKept(_log, reason);
            _saidFullOn = now;
            return DropLocked(RoomToMake) > 0;
        }
    }

    /// <summary>Before that many bytes are written to a file.</summary>
    /// <exception cref="StoreException">Full: they would take from what the cache leaves free.</exception>
    internal void RequireRoom(int bytes)
    {
        if (_disk.IsShortOf(bytes))
            throw StoreErrors.Full(_directory, null);
    }

    /// <summary>After a block was kept.</summary>
    internal void Kept()
    {
        if (TotalBytes > _options.CacheSize)
            Trim();
    }

    internal void Release(StoredContent content)
    {
        lock (_gate)
        {
            if (content.Uses == 0 || --content.Uses > 0)
                return;
            _open.Remove(content.Key);
            content.Close();
            _nothingToDrop = false;
            if (_isClosed)
                return;
            if (content.Number != 0 && _index.Now - content.LastUsed >= UseGranularity)
                _index.Touch(content.Number);
            _index.Flush();
        }
        Trim();
    }

    private StoredContent LoadLocked(ContentKey key, long length)
    {
        var record = FindLocked(key);
        if (record is not null && (record.Length != length || record.BlockSize <= 0))
        {
            // Whoever was told a wrong length cached nothing worth keeping; without a block size the row is damaged.
            DeleteLocked([record]);
            record = null;
        }
        if (record is null)
        {
            var blockSize = _options.BlockSize;
            var isSmall = length <= Math.Min(_options.SmallContentLimit, blockSize);
            record = new ContentRecord(key, Number: 0, length, blockSize, isSmall, CachedBytes: 0, IsVerified: false, _index.Now);
        }
        var map = new BlockMap((length + record.BlockSize - 1) / record.BlockSize);
        if (record.Number != 0)
            _index.LoadBlocks(record.Number, map);
        if (record.Number != 0 && _index.Now - record.LastUsed >= UseGranularity)
            _index.Touch(record.Number);
        return new StoredContent(this, _index, _directory, _log, new StoredContentState(record, map));
    }

    /// <summary>A damaged index has just been replaced by an empty one, which answers.</summary>
    private ContentRecord? FindLocked(ContentKey key)
    {
        try
        {
            return _index.Find(key);
        }
        catch (StoreException exception) when (exception.Failure == StoreFailure.Damaged)
        {
            return null;
        }
    }

    private long DropLocked(long bytes)
    {
        try
        {
            var victims = _index.Oldest(bytes, _open.ContainsKey);
            if (victims.Count == 0)
                return 0;
            var dropped = victims.Sum(victim => victim.CachedBytes);
            DeleteLocked(victims);
            Log.Evicted(_log, victims.Count, dropped);
            return dropped;
        }
        catch (StoreException exception)
        {
            Log.NotKept(_log, exception.Message);
            return 0;
        }
    }

    /// <summary>
    /// Files first: on a full disk that frees the room which deleting rows needs, and rows without their file are harmless, files without
    /// their row are not: nobody would ever count or delete them.
    /// </summary>
    private void DeleteLocked(List<ContentRecord> contents)
    {
        foreach (var content in contents.Where(content => !content.IsSmall))
            DeleteFile(ContentFile.PathOf(_directory, content.Number));
        _index.Delete(contents);
    }

    private void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.FileNotDeleted(_log, path, exception.Message);
        }
    }

    private void DeleteAllFiles()
    {
        try
        {
            if (Directory.Exists(_directory))
                Directory.Delete(_directory, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.FileNotDeleted(_log, _directory, exception.Message);
        }
    }
}

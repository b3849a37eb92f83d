using System.Buffers;
using System.IO.Hashing;
using Microsoft.Extensions.Logging;
using SynapseFs.Store.Contents;

namespace SynapseFs.Store;

/// <summary>
/// One immutable content in use: which of its blocks are cached, and their bytes. Thread-safe. No block is ever handed out whose
/// checksum does not fit.
/// </summary>
/// <remarks>
/// A checksum guards the way between disk and reader. Whether the bytes were right when they came is another question, which only the
/// MD5 of the whole answers. Once it has (<see cref="MarkVerified"/>), each block's checksum stands for right bytes: a block that is
/// later found damaged is dropped, but its checksum stays, other bytes are refused as <see cref="BlockWriteResult.Mismatch"/>, and the
/// content goes on being verified. Before that, a dropped block leaves nothing behind, and the next fetch may bring other bytes.
/// Eviction forgets all of it.
/// </remarks>
public sealed partial class StoredContent : IDisposable
{
    private const int Attempts = 3;

    private readonly Lock _lock = new();
    private readonly ContentStore _store;
    private readonly ContentIndex _index;
    private readonly string _directory;
    private readonly ILogger _log;
    private readonly ContentFile _file = new();
    private readonly BlockMap _map;
    private ContentRecord _record;
    private volatile bool _isVerified;

    internal StoredContent(ContentStore store, ContentIndex index, string directory, ILogger log, StoredContentState state)
    {
        (_store, _index, _directory, _log) = (store, index, directory, log);
        (_record, _map) = (state.Record, state.Blocks);
        // A checksum lost in a crash would let unverified bytes into a verified content.
        _isVerified = _record.IsVerified && _map.KnownCount == BlockCount;
        if (_record.Number != 0 && !_record.IsSmall)
            _file.Assign(_directory, _record.Number, isNew: false);
    }

    public ContentKey Key => _record.Key;

    /// <summary>Bytes of the whole content.</summary>
    public long Length => _record.Length;

    /// <summary>Bytes of each block but the last.</summary>
    public int BlockSize => _record.BlockSize;

    public long BlockCount => (Length + BlockSize - 1) / BlockSize;

    /// <summary>Whether all bytes together were once found to have the key's MD5.</summary>
    public bool IsVerified => _isVerified;

    /// <summary>Whether all blocks are cached.</summary>
    public bool IsComplete => _map.IsComplete;

    /// <summary>Bytes of all cached blocks.</summary>
    public long PresentBytes
    {
        get
        {
            var present = _map.PresentCount;
            var last = BlockCount - 1;
            return present == 0 ? 0 : present * BlockSize - (_map.IsPresent(last) ? BlockSize - BlockLength(last) : 0);
        }
    }

    /// <summary>How many openers there are; guarded by the store.</summary>
    internal int Uses { get; set; }

    internal long Number => _record.Number;

    internal long LastUsed => _record.LastUsed;

    /// <summary>Bytes of that block: <see cref="BlockSize"/>, or less for the last one.</summary>
    public int BlockLength(long block)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(block, BlockCount);
        return (int)Math.Min(BlockSize, Length - block * BlockSize);
    }

    /// <summary>Whether the block is cached, as far as is known without reading it. False outside the content.</summary>
    public bool IsPresent(long block) => block >= 0 && block < BlockCount && _map.IsPresent(block);

    /// <summary>The XxHash3 of the block as cached, or null when it is not. Equal bytes have equal checksums.</summary>
    public ulong? Checksum(long block) => block >= 0 && block < BlockCount ? _map.Present(block) : null;

    /// <summary>
    /// Copies bytes of one block and returns how many: up to the end of the destination or the block. -1 when the block is not
    /// cached, or no longer: bytes that do not fit the checksum are dropped here. After -1 the destination holds anything.
    /// </summary>
    public int Read(long block, int offsetInBlock, Span<byte> destination)
    {
        var length = BlockLength(block);
        ArgumentOutOfRangeException.ThrowIfNegative(offsetInBlock);
        var count = Math.Min(destination.Length, length - offsetInBlock);
        if (_map.Present(block) is not { } checksum)
            return -1;
        if (count <= 0)
            return 0;
        if (TryRead(block, offsetInBlock, destination[..count], checksum))
            return count;
        return ReadAgainOrDrop(block, offsetInBlock, destination[..count]) ? count : -1;
    }

    /// <summary>Caches one whole block, in place of what was cached for it.</summary>
    /// <exception cref="ArgumentException">The bytes are not the whole block.</exception>
    /// <exception cref="StoreException">The disk fails; a full one is a result.</exception>
    public BlockWriteResult Write(long block, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != BlockLength(block))
            throw new ArgumentException($"Block {block} has {BlockLength(block)} bytes, not {bytes.Length}.", nameof(bytes));
        var checksum = XxHash3.HashToUInt64(bytes);
        lock (_lock)
        {
            if (_isVerified && _map.Known(block) is { } expected && expected != checksum)
            {
                Log.BlockRefused(_log, block, Key.Id);
                return BlockWriteResult.Mismatch;
            }
            if (!TryKeepLocked(block, bytes, checksum))
                return BlockWriteResult.NoSpace;
        }
        _store.Kept();
        return BlockWriteResult.Stored;
    }

    /// <summary>Forgets all blocks and that the content was ever verified.</summary>
    /// <exception cref="StoreException">The index cannot be written; the blocks are forgotten in memory all the same.</exception>
    public void DropAll()
    {
        lock (_lock)
        {
            _isVerified = false;
            _map.Clear();
            if (Number == 0)
                return;
            try
            {
                _file.Clear();
                _index.Reset(Number);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw StoreErrors.ToStoreException(exception, _directory);
            }
        }
    }

    /// <summary>Remembers that all bytes together have the key's MD5.</summary>
    /// <exception cref="InvalidOperationException">A block is missing, or the key has no MD5.</exception>
    public void MarkVerified()
    {
        lock (_lock)
        {
            if (!IsComplete || Key.Md5 is null)
                throw new InvalidOperationException($"Content {Key.Id} is not complete or has no MD5, so it cannot be verified.");
            if (Number != 0)
                _index.SetVerified(Number);
            _isVerified = true;
        }
    }

    /// <summary>Has the index know all that is cached, so that it outlives this process's death.</summary>
    public void SaveIndex()
    {
        lock (_lock)
            _index.Flush();
    }

    /// <summary>Ends one use; the last one lets go of the file and the eviction guard.</summary>
    public void Dispose() => _store.Release(this);

    /// <summary>Whether the content belongs in a file of its own and has none yet.</summary>
    internal bool IsUnfiled => !_record.IsSmall && Number == 0;

    internal void Close() => _file.Dispose();

    /// <summary>
    /// Makes a file with exactly these blocks the content's own, by renaming it. False when the content got a file in the meantime. First
    /// the index: a row without its file is harmless, and a file without its row would never be counted.
    /// </summary>
    /// <exception cref="IOException">The file cannot be renamed; nothing is cached then.</exception>
    /// <exception cref="StoreException">The index cannot be written.</exception>
    internal bool TryMoveIn(string path, ReadOnlySpan<ulong> checksums)
    {
        lock (_lock)
        {
            if (!IsUnfiled)
                return false;
            _record = _record with { Number = _index.Add(_record) };
            _file.Assign(_directory, Number, isNew: false);
            _index.PutAll(_record, checksums);
            try
            {
                _file.TakeOver(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _index.Reset(Number);
                throw;
            }
            for (var block = 0; block < checksums.Length; block++)
                _map.Add(block, checksums[block]);
        }
        _store.Kept();
        return true;
    }

    private bool TryRead(long block, int offsetInBlock, Span<byte> destination, ulong checksum)
    {
        var length = BlockLength(block);
        if (destination.Length == length)
            return TryFill(block, destination) && XxHash3.HashToUInt64(destination) == checksum;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var whole = rented.AsSpan(0, length);
            if (!TryFill(block, whole) || XxHash3.HashToUInt64(whole) != checksum)
                return false;
            whole.Slice(offsetInBlock, destination.Length).CopyTo(destination);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private bool TryFill(long block, Span<byte> whole)
    {
        try
        {
            return _record.IsSmall ? _index.TryReadSmall(Number, whole) : _file.TryRead(block * BlockSize, whole);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreException or ObjectDisposedException)
        {
            Log.BlockUnreadable(_log, block, Key.Id, exception.Message);
            return false;
        }
    }

    /// <summary>A block that is just being replaced looks damaged for a moment; under the lock nobody replaces it.</summary>
    private bool ReadAgainOrDrop(long block, int offsetInBlock, Span<byte> destination)
    {
        lock (_lock)
        {
            if (_map.Present(block) is not { } checksum)
                return false;
            if (TryRead(block, offsetInBlock, destination, checksum))
                return true;
            Log.BlockDropped(_log, block, Key.Id);
            _map.Remove(block, keepExpected: _isVerified);
            _index.Put(new BlockChange(
                Number, block, checksum, _isVerified ? BlockState.Expected : BlockState.Gone, -BlockLength(block)));
            return false;
        }
    }

    private bool TryKeepLocked(long block, ReadOnlySpan<byte> bytes, ulong checksum)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                KeepLocked(block, bytes, checksum);
                return true;
            }
            catch (Exception exception) when (StoreErrors.IsDiskFull(exception) || exception is StoreException { Failure: StoreFailure.Full })
            {
                if (attempt == Attempts || !_store.MakeRoom(exception.Message))
                    return false;
            }
            catch (StoreException exception) when (exception.Failure == StoreFailure.Damaged && attempt < Attempts)
            {
                // The index was just replaced by an empty one, which takes the row.
            }
            catch (ObjectDisposedException)
            {
                // The cache directory was closed first, as happens when a mount ends in haste.
                return false;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw StoreErrors.ToStoreException(exception, _directory);
            }
        }
    }

    private void KeepLocked(long block, ReadOnlySpan<byte> bytes, ulong checksum)
    {
        if (Number == 0)
        {
            _record = _record with { Number = _index.Add(_record) };
            if (!_record.IsSmall)
                _file.Assign(_directory, Number, isNew: true);
        }
        if (_record.IsSmall)
        {
            _store.RequireRoom(bytes.Length);
            _index.PutSmall(_record, checksum, bytes.ToArray());
            _map.Add(block, checksum);
            return;
        }
        if (!_map.IsPresent(block))
            _store.RequireRoom(bytes.Length);
        _file.Write(block * BlockSize, bytes);
        var isNew = _map.Add(block, checksum);
        _index.Put(new BlockChange(Number, block, checksum, BlockState.Present, isNew ? bytes.Length : 0));
    }
}

using Microsoft.Win32.SafeHandles;
using SynapseFs.Store.Staging;

namespace SynapseFs.Store;

/// <summary>One file of the staging area, open: plain sparse bytes by offset. Thread-safe as pread and pwrite are.</summary>
public sealed class StagedFile : IDisposable
{
    private readonly Lock _writing = new();
    private readonly WriteBack _writeBack = new();
    private readonly StagingArea _area;
    private readonly FileStream _file;
    private readonly StagedPlace _place;
    private volatile bool _hasReserved;

    internal StagedFile(StagingArea area, FileStream file, StagedPlace place) => (_area, _file, _place) = (area, file, place);

    public long Number => _place.Number;

    public string Path => _file.Name;

    public SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>Bytes from <paramref name="offset"/> on; fewer only at the file's end.</summary>
    /// <exception cref="StoreException">InputOutput.</exception>
    public int Read(long offset, Span<byte> destination)
    {
        try
        {
            var read = 0;
            while (read < destination.Length)
            {
                var count = RandomAccess.Read(Handle, destination[read..], offset + read);
                if (count == 0)
                    break;
                read += count;
            }
            return read;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, Path);
        }
    }

    /// <summary>Writes all of it. Cached content gives way when the disk is full.</summary>
    /// <exception cref="StoreException">Full, InputOutput; Damaged when the bytes were moved away, as state.db was lost.</exception>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (source.IsEmpty)
            return;
        _area.RequireSound(_place);
        while (!TryWrite(offset, source))
        {
        }
        try
        {
            _writeBack.Wrote(Handle, offset, source.Length);
        }
        catch (IOException exception)
        {
            throw _area.Broken(_place, exception);
        }
    }

    /// <exception cref="StoreException">Full, InputOutput, Damaged.</exception>
    public void SetLength(long length) => Change(() => RandomAccess.SetLength(Handle, length));

    /// <summary>Makes sure that writing the range cannot meet a full disk; does not change what is read, but may extend the file.</summary>
    /// <exception cref="StoreException">Full; InputOutput, Damaged.</exception>
    public void Reserve(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        // What the file has already may lie in the range; if it does not, the call itself finds out.
        var needed = Math.Max(0, length - FileRoom.Used(Path));
        _area.RequireRoomAtAll(needed);
        Change(() =>
        {
            _area.RequireRoom(needed);
            FileRoom.Reserve(Handle, offset, length);
        });
        _hasReserved = true;
    }

    /// <summary>The range reads as zeros afterwards and its room is given back where the disk's filesystem can.</summary>
    /// <exception cref="StoreException">InputOutput, Damaged.</exception>
    public void Punch(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Change(() => FileRoom.Punch(Handle, offset, length));
    }

    /// <summary>Everything written before survives a power failure (fdatasync), and so does the file's name.</summary>
    /// <exception cref="StoreException">Full, InputOutput, Damaged. Then every later call fails too: nobody knows what arrived.</exception>
    public void Sync()
    {
        _area.RequireSound(_place);
        try
        {
            DiskSync.Bytes(Handle);
        }
        catch (IOException exception)
        {
            throw _area.Broken(_place, exception);
        }
        _area.SyncNames(_place);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>False when the disk was full and room was made.</summary>
    private bool TryWrite(long offset, ReadOnlySpan<byte> source)
    {
        try
        {
            // Where room was reserved the rest of the disk is no argument.
            if (!_hasReserved)
                _area.RequireRoom(source.Length);
            lock (_writing)
                RandomAccess.Write(Handle, source, offset);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreException)
        {
            return MakeRoomOrThrow(exception);
        }
    }

    private void Change(Action change)
    {
        _area.RequireSound(_place);
        while (true)
        {
            try
            {
                lock (_writing)
                    change();
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreException)
            {
                MakeRoomOrThrow(exception);
            }
        }
    }

    private bool MakeRoomOrThrow(Exception exception)
    {
        var failure = exception as StoreException ?? StoreErrors.ToStoreException(exception, Path);
        if (failure.Failure != StoreFailure.Full || !_area.MakeRoom())
            throw failure;
        return false;
    }
}

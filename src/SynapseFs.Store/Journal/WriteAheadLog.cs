using Microsoft.Win32.SafeHandles;
using SynapseFs.Store.Staging;

namespace SynapseFs.Store.Journal;

/// <summary>
/// A descriptor of our own on a database's write-ahead log, to sync it while others use the database. It is held open all the time: a
/// descriptor hears of every failed write since it was opened, also of those that SQLite's own was told of. The log carries no locks on
/// Unix (those are on the database itself), so closing it takes none away.
/// </summary>
internal sealed class WriteAheadLog : IDisposable
{
    /// <summary>
    /// Bytes that a log takes before SQLite begins it anew: a thousand pages with their heads, and the change that crosses that. Taken
    /// beforehand, changes can be noted on a disk that is full by now.
    /// </summary>
    private const long Room = 5L << 20;

    private readonly Lock _lock = new();
    private readonly string _path;
    private SafeFileHandle? _handle;
    private long _flushes;

    /// <param name="database">Path of the database, which is open: SQLite makes the log then and keeps it until it is closed.</param>
    public WriteAheadLog(string database)
    {
        _path = database + "-wal";
        Opened();
    }

    public long Flushes => Interlocked.Read(ref _flushes);

    /// <exception cref="StoreException">What was committed may be lost when the power fails.</exception>
    public void Flush()
    {
        try
        {
            DiskSync.Bytes(Opened());
            Interlocked.Increment(ref _flushes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new StoreException(
                StoreErrors.IsDiskFull(exception) ? StoreFailure.Full : StoreFailure.InputOutput,
                $"{_path} could not be written to the disk ({exception.Message}), so changes may be lost when the power fails: "
                + "see to the disk, then unmount and mount again.",
                exception);
        }
    }

    /// <summary>The database has another log now.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            _handle?.Dispose();
            _handle = null;
        }
    }

    public void Dispose() => Renew();

    private SafeFileHandle Opened()
    {
        lock (_lock)
        {
            try
            {
                if (_handle is null)
                {
                    _handle = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                    FileRoom.Hold(_handle, Room);
                }
                return _handle;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw StoreErrors.ToStoreException(exception, _path);
            }
        }
    }
}

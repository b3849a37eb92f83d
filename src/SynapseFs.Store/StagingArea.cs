using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using SynapseFs.Store.Sqlite;
using SynapseFs.Store.Staging;

namespace SynapseFs.Store;

/// <summary>
/// The files that hold the bytes of unfinished changes, in <c>staging/</c>. When the disk is full, cached content gives way first.
/// Thread-safe.
/// </summary>
public sealed class StagingArea
{
    /// <summary>Numbers are taken from the database so many at a time: what a crash leaves unused is never given.</summary>
    private const long NumbersAtOnce = 64;

    private readonly Lock _numbering = new();
    private readonly Lock _naming = new();
    private readonly ConcurrentDictionary<long, StoreException> _broken = new();
    private readonly ConcurrentDictionary<long, bool> _going = new();
    private readonly SqliteFile _state;
    private readonly ContentStore _contents;
    private readonly StagingRescue _rescue;
    private readonly ILogger _log;
    private readonly string _directory;
    private readonly DiskSpace _disk;
    private long _lastGiven;
    private long _lastTaken;
    private int _era;
    private long _created;
    private long _namesSynced = -1;
    private StoreException? _namesFailure;

    internal StagingArea(string cacheDirectory, SqliteFile state, ContentStore contents, StagingRescue rescue, ILogger log)
    {
        (_state, _contents, _rescue, _log) = (state, contents, rescue, log);
        _directory = Path.Combine(cacheDirectory, "staging");
        _disk = DiskSpace.ForChanges(cacheDirectory);
        try
        {
            PrivateFiles.CreateDirectory(_directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, _directory);
        }
        var needed = _state.Transact(this, static (session, area) => area.TakeOverLocked(session));
        foreach (var number in Numbers().Where(number => !needed.Contains(number)))
            Delete(number);
        _state.Rebuilt += RebuiltLocked;
    }

    /// <summary>Bytes of all staged files on disk, without their holes. Looks at every file.</summary>
    public long TotalBytes => Numbers().Sum(number => FileRoom.Used(PathOf(number)));

    /// <summary>A new, empty file under a number never used before.</summary>
    /// <exception cref="StoreException">Full, NotWritable, InputOutput.</exception>
    public StagedFile Create()
    {
        var number = TakeNumber();
        while (true)
        {
            try
            {
                var era = Volatile.Read(ref _era);
                var file = PrivateFiles.Open(PathOf(number), FileMode.CreateNew, FileShare.ReadWrite | FileShare.Delete);
                return new StagedFile(this, file, new StagedPlace(number, era, Interlocked.Increment(ref _created)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (!StoreErrors.IsDiskFull(exception) || !MakeRoom())
                    throw StoreErrors.ToStoreException(exception, PathOf(number));
            }
        }
    }

    /// <exception cref="StoreException">InputOutput when it is not there.</exception>
    public StagedFile Open(long number)
    {
        var path = PathOf(number);
        try
        {
            var place = new StagedPlace(number, Volatile.Read(ref _era), Interlocked.Read(ref _created));
            return new StagedFile(this, PrivateFiles.Open(path, FileMode.Open, FileShare.ReadWrite | FileShare.Delete), place);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StoreException(StoreFailure.InputOutput, $"{path}, which holds changed bytes, is missing.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, path);
        }
    }

    /// <summary>
    /// Deletes the file; one that is still open stays readable for who has it. It leaves the disk when every change applied before is
    /// synced: otherwise a power failure could bring back an entry without its bytes.
    /// </summary>
    public void Delete(long number)
    {
        _going.TryAdd(number, true);
        if (Journal is null)
            DeleteNow(number);
        else
            Journal.AfterSync(() => DeleteNow(number));
    }

    /// <summary>Numbers of all files there are, without deleted ones.</summary>
    /// <exception cref="StoreException">The directory cannot be read.</exception>
    public IReadOnlyList<long> Numbers()
    {
        var numbers = new List<long>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(_directory))
            {
                if (long.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && !_going.ContainsKey(number))
                    numbers.Add(number);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, _directory);
        }
        return numbers;
    }

    /// <summary>Set when the area is ready: deleted files wait for it from then on.</summary>
    internal JournalTable? Journal { get; set; }

    /// <summary>Called under no lock. Deleted files go first, then cached content.</summary>
    internal bool MakeRoom()
    {
        var going = _going.Count;
        if (going > 0 && Journal is not null)
        {
            Journal.Sync();
            if (_going.Count < going)
                return true;
        }
        return _contents.MakeRoom($"there is no room for {_directory}");
    }

    /// <exception cref="StoreException">Full: so many bytes would take from the rest that state.db needs.</exception>
    internal void RequireRoom(long bytes)
    {
        if (_disk.IsShortOf(bytes))
            throw StoreErrors.Full(_directory, null);
    }

    /// <exception cref="StoreException">Full: not even with all of the cache dropped, which is then left alone.</exception>
    internal void RequireRoomAtAll(long bytes)
    {
        if (_disk.IsShortOf(bytes - _contents.TotalBytes))
            throw StoreErrors.Full(_directory, null);
    }

    /// <exception cref="StoreException">What is written there now would be lost, or was before.</exception>
    internal void RequireSound(StagedPlace place)
    {
        if (place.Era != Volatile.Read(ref _era))
        {
            throw new StoreException(
                StoreFailure.Damaged,
                $"{PathOf(place.Number)} was moved aside, as state.db was damaged: what is written now would be lost.");
        }
        if (!_broken.IsEmpty && _broken.TryGetValue(place.Number, out var failure))
            throw new StoreException(failure.Failure, failure.Message, failure);
    }

    /// <summary>Remembers that bytes of the file did not reach the disk; the system forgets it, and the next sync would succeed.</summary>
    internal StoreException Broken(StagedPlace place, IOException exception) =>
        _broken.GetOrAdd(place.Number, StoreErrors.ToStoreException(exception, PathOf(place.Number)));

    /// <summary>Makes the file's name survive a power failure. Files made at the same time share the work.</summary>
    /// <exception cref="StoreException">It may not, and later ones neither.</exception>
    internal void SyncNames(StagedPlace place)
    {
        lock (_naming)
        {
            if (_namesFailure is not null)
                throw new StoreException(_namesFailure.Failure, _namesFailure.Message, _namesFailure);
            if (_namesSynced >= place.Creations)
                return;
            var created = Interlocked.Read(ref _created);
            try
            {
                DiskSync.Names(_directory);
            }
            catch (IOException exception)
            {
                throw _namesFailure = StoreErrors.ToStoreException(exception, _directory);
            }
            _namesSynced = created;
        }
    }

    private string PathOf(long number) => Path.Combine(_directory, number.ToString(CultureInfo.InvariantCulture));

    private void DeleteNow(long number)
    {
        var path = PathOf(number);
        try
        {
            File.Delete(path);
            _broken.TryRemove(number, out _);
            _going.TryRemove(number, out _);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No row names it, so the next start tries again.
            Log.FileNotDeleted(_log, path, exception.Message);
        }
    }

    private long TakeNumber()
    {
        lock (_numbering)
        {
            if (_lastTaken == Interlocked.Read(ref _lastGiven))
            {
                Interlocked.Exchange(ref _lastGiven, _state.Transact((Area: this, _lastTaken), static (session, of) =>
                {
                    // Missing when what another database had staged could not be moved aside yet.
                    if (session.Number(StagingSql.LastNumber) is null)
                        of.Area.TakeOverLocked(session);
                    return session.Number(StagingSql.GiveNumbers, of._lastTaken, NumbersAtOnce) ?? 0;
                }));
            }
            return ++_lastTaken;
        }
    }

    /// <summary>
    /// Returns the numbers that staged contents need. A database that never had this area knows nothing of what lies in it; that it has
    /// it now is a row, so that a crash on the way leaves the question open.
    /// </summary>
    private HashSet<long> TakeOverLocked(SqliteSession session)
    {
        var last = Math.Max(Interlocked.Read(ref _lastGiven), Numbers().DefaultIfEmpty().Max());
        var needed = new HashSet<long>();
        if (session.Number(StagingSql.LastNumber) is { } given)
        {
            using var reader = session.Query(StagingSql.Needed);
            while (reader.Read())
                needed.Add(reader.GetInt64(0));
            // A power failure may have taken back that numbers were given, but no file or row that was synced.
            last = Math.Max(last, Math.Max(given, needed.DefaultIfEmpty().Max()));
        }
        else
        {
            _rescue.Run(_directory);
            session.Execute(StagingSql.Begin, last);
        }
        _lastTaken = last;
        Interlocked.Exchange(ref _lastGiven, last);
        return needed;
    }

    private void RebuiltLocked(SqliteSession session)
    {
        Interlocked.Increment(ref _era);
        try
        {
            TakeOverLocked(session);
        }
        catch (StoreException exception)
        {
            _rescue.Tell($"The bytes of unsent changes could not be moved aside and are still in {_directory}: {exception.Message}");
        }
    }
}

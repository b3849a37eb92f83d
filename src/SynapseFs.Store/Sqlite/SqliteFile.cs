using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SynapseFs.Store.Sqlite;

/// <summary>
/// One database file: one connection under one lock (a leaf: nothing else is locked while it is held), errors translated, and a damaged
/// file set aside and replaced by an empty one, at start or at any later moment.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteLayout _layout;
    private readonly RepairNotes _repairs;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private SqliteSession? _session;
    private bool _isDisposed;

    public SqliteFile(string directory, SqliteLayout layout, RepairNotes repairs, TimeProvider time, ILogger log)
    {
        (_layout, _repairs, _time, _log) = (layout, repairs, time, log);
        Path = System.IO.Path.Combine(directory, layout.Name + ".db");
        _session = OpenOrReplace();
    }

    public string Path { get; }

    /// <summary>Whether the database was empty, or had to be emptied, when this object was made.</summary>
    public bool IsNew => Run(0, static (session, _) => session.IsNew);

    /// <summary>Runs after a damaged file was replaced while in use, under the lock, on the empty database.</summary>
    public Action<SqliteSession>? Rebuilt { get; set; }

    /// <summary>Asked, under no lock, when the disk is full: true when there is room now and trying again makes sense.</summary>
    public Func<bool>? MakeRoom { get; set; }

    /// <summary>Runs <paramref name="body"/> under the lock; reads, and single statements. A full disk may make it run twice.</summary>
    /// <exception cref="StoreException">Anything that SQLite reports.</exception>
    public T Run<TArgument, T>(TArgument argument, Func<SqliteSession, TArgument, T> body)
        where TArgument : allows ref struct
    {
        try
        {
            return RunOnce(argument, body);
        }
        catch (StoreException exception) when (exception.Failure == StoreFailure.Full && MakeRoom is not null)
        {
            // Not in the filter: that would still run under the lock.
            if (!MakeRoom())
                throw;
        }
        return RunOnce(argument, body);
    }

    /// <summary>Runs <paramref name="body"/> under the lock in one transaction: all of it happens, or nothing.</summary>
    /// <exception cref="StoreException">Anything that SQLite reports.</exception>
    public T Transact<TArgument, T>(TArgument argument, Func<SqliteSession, TArgument, T> body) =>
        Run((argument, body), static (session, call) =>
        {
            session.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = call.body(session, call.argument);
                session.Execute("COMMIT");
                return result;
            }
            catch
            {
                RollBack(session);
                throw;
            }
        });

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _session?.Dispose();
            _session = null;
        }
    }

    /// <summary>SQLite has rolled back by itself after some failures; asking again is then refused, which is fine.</summary>
    private static void RollBack(SqliteSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
        }
    }

    private T RunOnce<TArgument, T>(TArgument argument, Func<SqliteSession, TArgument, T> body)
        where TArgument : allows ref struct
    {
        lock (_lock)
        {
            var session = OpenLocked();
            try
            {
                return body(session, argument);
            }
            catch (Exception exception) when (exception is SqliteException || SqliteErrors.IsDamage(exception))
            {
                throw FailedLocked(exception);
            }
        }
    }

    private SqliteSession OpenLocked()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_session is null)
        {
            // Replacing a damaged file failed the last time, for want of room perhaps.
            _session = OpenOrReplace();
            Rebuilt?.Invoke(_session);
        }
        return _session;
    }

    private SqliteSession OpenOrReplace()
    {
        try
        {
            return OpenAndProbe();
        }
        catch (Exception exception) when (SqliteErrors.IsDamage(exception))
        {
            return Replace(exception);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.ToStoreException(exception, Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, Path);
        }
    }

    private SqliteSession OpenAndProbe()
    {
        var session = SqliteSession.Open(Path, _layout);
        try
        {
            _layout.Probe(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private StoreException FailedLocked(Exception exception)
    {
        if (!SqliteErrors.IsDamage(exception))
            return SqliteErrors.ToStoreException((SqliteException)exception, Path);
        _session?.Dispose();
        _session = null;
        _session = Replace(exception);
        var failure = new StoreException(StoreFailure.Damaged, _repairs.Notes[^1], exception);
        Rebuilt?.Invoke(_session);
        return failure;
    }

    private SqliteSession Replace(Exception reason)
    {
        var name = System.IO.Path.GetFileName(Path);
        string aside;
        try
        {
            aside = SetAside();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, Path);
        }
        var session = OpenAndProbe();
        var sentence = $"{name} was damaged ({reason.Message.TrimEnd('.')}): set aside as {System.IO.Path.GetFileName(aside)}, rebuilt.";
        _repairs.Add(sentence);
        Log.Repaired(_log, sentence);
        return session;
    }

    private string SetAside()
    {
        var stamp = _time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var aside = $"{Path}.damaged-{stamp}";
        if (_layout.IsExpendable)
            DeleteSetAside();
        for (var again = 2; File.Exists(aside); again++)
            aside = $"{Path}.damaged-{stamp}-{again}";
        File.Move(Path, aside);
        foreach (var companion in (ReadOnlySpan<string>)["-wal", "-shm"])
        {
            if (File.Exists(Path + companion))
                File.Move(Path + companion, aside + companion);
        }
        return aside;
    }

    private void DeleteSetAside()
    {
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        foreach (var old in Directory.GetFiles(directory, System.IO.Path.GetFileName(Path) + ".damaged-*"))
            File.Delete(old);
    }
}

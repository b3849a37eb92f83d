using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SynapseFs.Store.Sqlite;

namespace SynapseFs.Store.Contents;

/// <summary>
/// What blocks.db knows: contents, their blocks' checksums, and the bytes of small contents. Knows no files and no policy.
/// Nothing is counted or scanned at start; the sum of all bytes is a row that triggers keep.
/// </summary>
internal sealed class ContentIndex : IDisposable
{
    /// <summary>
    /// NORMAL: when the power fails some blocks are forgotten, or remembered though their bytes never reached the disk, which their
    /// checksums tell. OFF would save only the sync at each checkpoint and could cost the whole cache, as a broken index does.
    /// </summary>
    private const string Synchronous = "NORMAL";

    /// <summary>So that others get at the database in between.</summary>
    private const int BlocksAtOnce = 4096;

    private readonly SqliteFile _file;
    private readonly IndexQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long _savedBytes;
    private long _lastNumber;

    public ContentIndex(SqliteFile file, TimeProvider time, ILogger log)
    {
        (_file, _time, _log) = (file, time, log);
        _file.Rebuilt += KeepNumbers;
        IsNew = _file.IsNew;
        _queue = new IndexQueue(time, Save);
        (_savedBytes, _lastNumber) = _file.Run(0, static (session, _) =>
            (session.Number(ContentSql.Total) ?? 0, session.Number(ContentSql.LastNumber) ?? 0));
    }

    internal static SqliteLayout Layout { get; } = new("blocks", Synchronous, 4 * 1024, Probe) { IsExpendable = true };

    /// <summary>Whether nothing is remembered from before, so that no file can belong to anything.</summary>
    public bool IsNew { get; }

    public long TotalBytes => Interlocked.Read(ref _savedBytes) + _queue.UnsavedBytes;

    public long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Runs when a damaged index was replaced while in use: no file belongs to anything any more.</summary>
    public Action? Lost { get; set; }

    public ContentRecord? Find(ContentKey key) => _file.Run(key, static (session, key) =>
    {
        using var reader = session.Query(ContentSql.ByKey, key.Id, key.Md5 ?? "");
        return reader.Read() ? ReadRecord(reader) : null;
    });

    public void LoadBlocks(long content, BlockMap map) => _file.Run((content, map), static (session, of) =>
    {
        using var reader = session.Query(ContentSql.Blocks, of.content);
        while (reader.Read())
        {
            var (block, checksum) = (reader.GetInt64(0), (ulong)reader.GetInt64(1));
            // A damaged row that SQLite takes for a sound one: the block counts as never fetched.
            if (!of.map.Covers(block))
                continue;
            if (reader.GetInt64(2) != 0)
                of.map.Add(block, checksum);
            else
                of.map.Expect(block, checksum);
        }
        return 0;
    });

    /// <summary>Adds the content's row and returns its number.</summary>
    public long Add(ContentRecord record)
    {
        var number = _file.Run((record, Now), static (session, of) => session.Number(
            ContentSql.Add, of.record.Key.Id, of.record.Key.Md5 ?? "", of.record.Length, of.record.BlockSize, of.record.IsSmall ? 1 : 0, of.Now))
            ?? 0;
        Interlocked.Exchange(ref _lastNumber, number);
        return number;
    }

    /// <summary>Keeps the one block of a small content, at once: the bytes are here, so there is nothing to defer.</summary>
    public void PutSmall(ContentRecord record, ulong checksum, byte[] bytes)
    {
        // That the block was dropped before may still wait in line, and must not come after.
        _queue.Flush();
        Change((record, checksum, bytes, Now), static (session, of) =>
        {
            var record = of.record;
            session.Execute(
                ContentSql.AddAgain, record.Key.Id, record.Key.Md5 ?? "", record.Length, record.BlockSize, 1, of.Now, record.Number);
            session.Execute(ContentSql.PutSmall, record.Number, of.bytes);
            session.Execute(ContentSql.PutBlock, record.Number, 0, (long)of.checksum, 1);
            session.Execute(ContentSql.SetBytes, record.Number, (long)of.bytes.Length, of.Now);
        });
    }

    /// <summary>Whether the small content's bytes are there and exactly as many as asked for.</summary>
    public bool TryReadSmall(long content, Span<byte> destination) => _file.Run(new SmallRead(content, destination), static (session, read) =>
    {
        try
        {
            using var blob = new SqliteBlob(session.Connection, "small", "bytes", read.Content, readOnly: true);
            return blob.Length == read.Destination.Length && blob.Read(read.Destination) == read.Destination.Length;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            // That is how SQLite says that there is no such row.
            return false;
        }
    });

    public void Put(BlockChange change) => _queue.Add(change);

    /// <summary>Notes all blocks of a content at once, at once: unlike news that is written behind this must not get lost.</summary>
    public void PutAll(ContentRecord record, ReadOnlySpan<ulong> checksums)
    {
        _queue.Flush();
        for (var first = 0; first < checksums.Length; first += BlocksAtOnce)
        {
            var batch = new IndexBatch();
            for (var block = first; block < Math.Min(first + BlocksAtOnce, checksums.Length); block++)
            {
                var length = (int)Math.Min(record.BlockSize, record.Length - (long)block * record.BlockSize);
                batch.Blocks.Add(new BlockChange(record.Number, block, checksums[block], BlockState.Present, length));
            }
            Change((batch, Now), static (session, of) => SaveLocked(session, of.batch, of.Now));
        }
    }

    public void Touch(long content) => _queue.Touch(content, Now);

    public void Flush() => _queue.Flush();

    public void SetVerified(long content)
    {
        _queue.Flush();
        Change(content, static (session, content) => session.Execute(ContentSql.SetVerified, content));
    }

    /// <summary>Forgets all blocks of a content, but not the content.</summary>
    public void Reset(long content)
    {
        _queue.Flush();
        Change(content, static (session, content) =>
        {
            session.Execute(ContentSql.DeleteBlocks, content);
            session.Execute(ContentSql.DeleteSmall, content);
            session.Execute(ContentSql.Reset, content);
        });
    }

    /// <summary>Contents not in use, least recently used first, until they sum up to as many bytes as wanted.</summary>
    public List<ContentRecord> Oldest(long bytes, Func<ContentKey, bool> isInUse) =>
        _file.Run((bytes, isInUse), static (session, of) =>
        {
            var found = new List<ContentRecord>();
            using var reader = session.Query(ContentSql.OldestFirst);
            for (var wanted = of.bytes; wanted > 0 && reader.Read();)
            {
                var record = ReadRecord(reader);
                if (of.isInUse(record.Key))
                    continue;
                found.Add(record);
                wanted -= record.CachedBytes;
            }
            return found;
        });

    public void Delete(IReadOnlyList<ContentRecord> contents) => Change(contents, static (session, contents) =>
    {
        foreach (var content in contents)
        {
            session.Execute(ContentSql.DeleteBlocks, content.Number);
            session.Execute(ContentSql.DeleteSmall, content.Number);
            session.Execute(ContentSql.DeleteContent, content.Number);
        }
    });

    /// <summary>Saves what is not yet saved; the file is its owner's to close.</summary>
    public void Dispose() => _queue.Dispose();

    private static void Probe(SqliteSession session)
    {
        foreach (var probe in ContentSql.Probes)
            session.Number(probe);
        if (session.Number(ContentSql.Total) is null or < 0)
            throw new DamagedDatabaseException("the sum of its bytes is missing");
    }

    private static ContentRecord ReadRecord(SqliteDataReader reader) => new(
        new ContentKey(reader.GetString(0), reader.GetString(1) is { Length: > 0 } md5 ? md5 : null),
        Number: reader.GetInt64(2),
        Length: reader.GetInt64(3),
        BlockSize: reader.GetInt32(4),
        IsSmall: reader.GetInt64(5) != 0,
        CachedBytes: reader.GetInt64(6),
        IsVerified: reader.GetInt64(7) != 0,
        LastUsed: reader.GetInt64(8));

    private static void SaveLocked(SqliteSession session, IndexBatch batch, long now)
    {
        foreach (var (content, at) in batch.Used)
            session.Execute(ContentSql.SetUsed, content, at);
        foreach (var changes in batch.Blocks.GroupBy(change => change.Content))
        {
            // No row: the content was lost with a damaged database, and its blocks mean nothing to the new one.
            if (session.Execute(ContentSql.AddBytes, changes.Key, (long)changes.Sum(change => change.ByteChange), now) == 0)
                continue;
            foreach (var change in changes)
            {
                if (change.State == BlockState.Gone)
                    session.Execute(ContentSql.DeleteBlock, change.Content, change.Block);
                else
                    session.Execute(
                        ContentSql.PutBlock, change.Content, change.Block, (long)change.Checksum, change.State == BlockState.Present ? 1 : 0);
            }
        }
    }

    /// <summary>One transaction, after which the sum is read anew.</summary>
    private void Change<TArgument>(TArgument argument, Action<SqliteSession, TArgument> body)
    {
        var total = _file.Transact((argument, body), static (session, of) =>
        {
            of.body(session, of.argument);
            return session.Number(ContentSql.Total) ?? 0;
        });
        Interlocked.Exchange(ref _savedBytes, total);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Losing index rows costs a second fetch, never a reader's answer.")]
    private void Save(IndexBatch batch)
    {
        try
        {
            Change((batch, Now), static (session, of) => SaveLocked(session, of.batch, of.Now));
        }
        catch (Exception exception)
        {
            Log.IndexNotSaved(_log, batch.Blocks.Count, exception.Message);
        }
    }

    /// <summary>Numbers of contents in use, whose files may still be open, must not come to name others.</summary>
    private void KeepNumbers(SqliteSession session)
    {
        session.Execute(ContentSql.ForgetLastNumber);
        session.Execute(ContentSql.SetLastNumber, Interlocked.Read(ref _lastNumber));
        Interlocked.Exchange(ref _savedBytes, 0);
        Lost?.Invoke();
    }

    private readonly ref struct SmallRead(long content, Span<byte> destination)
    {
        public long Content { get; } = content;

        public Span<byte> Destination { get; } = destination;
    }
}

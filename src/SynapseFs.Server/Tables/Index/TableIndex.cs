using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables.Index;

/// <summary>
/// The index database: what queries read. All of it is derived from the world, so it is thrown away when it is damaged, of another
/// world or of another build, and whoever asks for a table first makes sure by its <see cref="Mark"/> that it is up to date.
/// One connection writes, under a lock of its own; each query reads on a connection of its own (WAL), beside the writer.
/// </summary>
internal sealed class TableIndex : IDisposable
{
    /// <summary>Raised whenever tables of the index look different from before.</summary>
    private const int Layout = 1;

    /// <summary>Longer than any honest query over tables of an embedded server takes.</summary>
    private static readonly TimeSpan LongestQuery = TimeSpan.FromMinutes(1);

    private const int StepsBetweenLooks = 50_000;
    private const int Interrupted = 9;

    private readonly Lock _lock = new();
    private volatile bool _isEnding;
    private readonly string _path;
    private readonly string _world;
    private readonly ConcurrentDictionary<TableKey, IndexMark> _marks = [];
    private SqliteConnection _writer;

    private TableIndex(string path, string world, SqliteConnection writer)
    {
        (_path, _world, _writer) = (path, world, writer);
        LoadMarksLocked();
    }

    /// <summary>Given every connection before a query uses it: SQL functions and collations are registered here.</summary>
    public Action<SqliteConnection> Prepare { get; set; } = _ => { };

    /// <param name="path">The file; made when missing.</param>
    /// <param name="world">What tells this world from any other.</param>
    public static TableIndex Open(string path, string world) => new(path, world, OpenWriter(path, world));

    /// <summary>How far the table is; null: it is not in the index.</summary>
    public IndexMark? Mark(TableKey key)
    {
        if (!File.Exists(_path))
        {
            Reset();
        }

        return _marks.TryGetValue(key, out var mark) ? mark : null;
    }

    /// <summary>Makes the table anew of all its rows; queries see either the old one or the new one.</summary>
    public void Replace(TableKey key, IReadOnlyList<ColumnModel> columns, bool isView, IEnumerable<IndexRow> rows, IndexMark mark) =>
        Write(key, mark, () =>
        {
            var table = IndexNames.Table(key);
            Run($"DROP TABLE IF EXISTS {table}");
            var names = string.Concat(columns.Select(column => $", {IndexNames.Column(column)}"));
            var ofView = isView ? $", {IndexNames.RowEtag} TEXT, {IndexNames.RowBenefactor} INTEGER" : "";
            Run($"CREATE TABLE {table} ({IndexNames.RowId} INTEGER PRIMARY KEY, {IndexNames.RowVersion} INTEGER{ofView}{names})");
            Insert(table, columns, isView, rows);
        });

    /// <summary>Brings a table that is there up to date.</summary>
    public void Apply(
        TableKey key, IReadOnlyList<ColumnModel> columns, bool isView, IEnumerable<IndexRow> upserts, IEnumerable<long> deletes,
        IndexMark mark) =>
        Write(key, mark, () =>
        {
            var table = IndexNames.Table(key);
            using var delete = Command($"DELETE FROM {table} WHERE {IndexNames.RowId} = @0", 1);
            foreach (var row in deletes)
            {
                delete.Parameters[0].Value = row;
                delete.ExecuteNonQuery();
            }

            Insert(table, columns, isView, upserts);
        });

    /// <summary>
    /// Makes the table anew of what a query over other tables of the index yields: for each row its columns and then its benefactors.
    /// The rows are numbered from 1. Returns the benefactors that occur.
    /// </summary>
    public IReadOnlyList<long> ReplaceByQuery(
        TableKey key, IReadOnlyList<ColumnModel> columns, IReadOnlyList<string> benefactors, string query,
        IReadOnlyList<object?> parameters,
        IndexMark mark)
    {
        var occurring = new HashSet<long>();
        Write(key, mark, () =>
        {
            var table = IndexNames.Table(key);
            Run($"DROP TABLE IF EXISTS {table}");
            var names = string.Concat(columns.Select(IndexNames.Column).Concat(benefactors).Select(name => $", {name}"));
            Run($"CREATE TABLE {table} ({IndexNames.RowId} INTEGER PRIMARY KEY, {IndexNames.RowVersion} INTEGER{names})");
            var width = columns.Count + benefactors.Count;
            var places = string.Concat(Enumerable.Range(0, width).Select(place => $", @{place}"));
            using var insert = Command($"INSERT INTO {table} VALUES (NULL, 0{places})", width);
            using var reader = OpenReader();
            using var select = reader.CreateCommand();
#pragma warning disable CA2100 // The translator's text: names of tables and columns are made of numbers; values come as parameters.
            select.CommandText = query;
#pragma warning restore CA2100
            for (var i = 0; i < parameters.Count; i++)
            {
                select.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), parameters[i] ?? DBNull.Value);
            }

            BoundWork(reader);
            using var row = select.ExecuteReader();
            while (row.Read())
            {
                for (var i = 0; i < width; i++)
                {
                    insert.Parameters[i].Value = row.GetValue(i);
                }

                for (var i = columns.Count; i < width; i++)
                {
                    occurring.Add(row.GetInt64(i));
                }

                insert.ExecuteNonQuery();
            }
        });
        return [.. occurring];
    }

    public void Drop(TableKey key) => Write(key, null, () => Run($"DROP TABLE IF EXISTS {IndexNames.Table(key)}"));

    /// <summary>A connection for one query; the caller disposes it. It cannot write.</summary>
    public SqliteConnection OpenReader()
    {
        var reader = new SqliteConnection(Text(_path, SqliteOpenMode.ReadOnly));
        try
        {
            reader.Open();
            Prepare(reader);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Begins anew with an empty index.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _marks.Clear();
            _writer.Dispose();
            Delete(_path);
            _writer = OpenWriter(_path, _world);
        }
    }

    /// <summary>Stops what is being made of a query: the server ends.</summary>
    public void EndQueries() => _isEnding = true;

    public void Dispose()
    {
        lock (_lock)
        {
            _writer.Dispose();
        }
    }

    // A join can grow without bound, and while its rows are written no other table is.
    private void BoundWork(SqliteConnection reader)
    {
        var end = Environment.TickCount64 + (long)LongestQuery.TotalMilliseconds;
        SQLitePCL.raw.sqlite3_progress_handler(
            reader.Handle, StepsBetweenLooks, _ => _isEnding || Environment.TickCount64 > end ? 1 : 0, null);
    }

    private void Write(TableKey key, IndexMark? mark, Action work)
    {
        lock (_lock)
        {
            try
            {
                WriteLocked(key, mark, work);
            }
            catch (SqliteException stopped) when (stopped.SqliteErrorCode == Interrupted)
            {
                throw _isEnding
                    ? new OperationCanceledException("The server ends.", stopped)
                    : ServiceException.BadRequest("The query takes too much work.");
            }
            catch (SqliteException broken) when (IsDamage(broken))
            {
                // Its tables are made again when they are asked for.
                Reset();
                throw;
            }
        }
    }

    private void WriteLocked(TableKey key, IndexMark? mark, Action work)
    {
        using var transaction = _writer.BeginTransaction();
        work();
        var name = key.ToString();
        if (mark is null)
        {
            Run("DELETE FROM marks WHERE name = @0", name);
        }
        else
        {
            Run(
                "INSERT OR REPLACE INTO marks (name, id, version, number, token, columns, changed_on) VALUES (@0, @1, @2, @3, @4, @5, @6)",
                name, key.Id, key.Version, mark.Number, mark.Token, mark.Columns, mark.ChangedOn);
        }

        transaction.Commit();
        if (mark is null)
        {
            _marks.TryRemove(key, out _);
        }
        else
        {
            _marks[key] = mark;
        }
    }

    private void Insert(string table, IReadOnlyList<ColumnModel> columns, bool isView, IEnumerable<IndexRow> rows)
    {
        var first = isView ? 4 : 2;
        var places = string.Join(", ", Enumerable.Range(0, first + columns.Count).Select(place => $"@{place}"));
        using var insert = Command($"INSERT OR REPLACE INTO {table} VALUES ({places})", first + columns.Count);
        foreach (var row in rows)
        {
            var parameters = insert.Parameters;
            parameters[0].Value = row.RowId;
            parameters[1].Value = row.RowVersion;
            if (isView)
            {
                parameters[2].Value = row.Etag ?? (object)DBNull.Value;
                parameters[3].Value = row.Benefactor ?? (object)DBNull.Value;
            }

            for (var i = 0; i < columns.Count; i++)
            {
                parameters[first + i].Value = IndexCells.Value(columns[i].ColumnType, row.Cells[i]) ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }
    }

    private void Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        var command = _writer.CreateCommand();
#pragma warning disable CA2100 // Names of tables and columns are made of numbers; values come as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"@{i}") });
        }

        return command;
    }

    private void LoadMarksLocked()
    {
        using var command = Command("SELECT id, version, number, token, columns, changed_on FROM marks", 0);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var key = new TableKey(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1));
            _marks[key] = new IndexMark(row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetInt64(5));
        }
    }

    private static SqliteConnection OpenWriter(string path, string world)
    {
        if (File.Exists(path) && TryOpen(path, world) is { } sound)
        {
            return sound;
        }

        Delete(path);
        return TryOpen(path, world) ?? throw new ServerException($"{path} cannot be written.");
    }

    private static SqliteConnection? TryOpen(string path, string world)
    {
        var connection = new SqliteConnection(Text(path, SqliteOpenMode.ReadWriteCreate));
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // Not synced: what a crash of the machine leaves is checked here and made again.
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA synchronous = OFF";
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA quick_check(1)";
            if (command.ExecuteScalar() is "ok" && IsOurs(command, world))
            {
                return connection;
            }
        }
        catch (SqliteException)
        {
            // Whatever it is, it is no index.
        }

        connection.Dispose();
        return null;
    }

    // An empty file becomes ours; one of another world or layout is refused.
    private static bool IsOurs(SqliteCommand command, string world)
    {
        command.CommandText =
            "CREATE TABLE IF NOT EXISTS about (world TEXT NOT NULL, layout INTEGER NOT NULL);"
            + "CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, id INTEGER NOT NULL, version INTEGER, number INTEGER NOT NULL, "
            + "token TEXT NOT NULL, columns TEXT NOT NULL, changed_on INTEGER NOT NULL);"
            + "INSERT INTO about (world, layout) SELECT @world, @layout WHERE NOT EXISTS (SELECT 1 FROM about);"
            + "SELECT count(*) FROM about WHERE world = @world AND layout = @layout";
        command.Parameters.AddWithValue("@world", world);
        command.Parameters.AddWithValue("@layout", Layout);
        return command.ExecuteScalar() is 1L;
    }

    private static void Delete(string path)
    {
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
        {
            File.Delete(file);
        }
    }

    private static string Text(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode }.ToString();

    private static bool IsDamage(SqliteException broken) => broken.SqliteErrorCode is 11 or 26;
}

using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.World;

/// <summary>
/// The one SQLite connection, its prepared statements and its transactions. Everything under one lock: calls are short, and a
/// transaction seen half-way by another request would be a wrong answer. Parameters are named @0, @1 … in the order given.
/// </summary>
internal sealed class Database : IDisposable
{
    private static readonly string[] Steps =
    [
        "001.sql", "002.sql", "003.sql", "004.sql", "005.sql", "006.sql", "007.sql", "008.sql", "009.sql", "010.sql", "011.sql", "012.sql",
    ];

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly List<Action> _afterCommit = [];
    private int _depth;

    private Database(SqliteConnection connection) => _connection = connection;

    public static Database Open(string path)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true }.ToString();
        var database = new Database(new SqliteConnection(text));
        try
        {
            database._connection.Open();
            // WAL with NORMAL: a committed transaction survives the process's death, which is what an acknowledgement promises.
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = NORMAL");
            database.Execute("PRAGMA cache_size = -65536");
            database.Migrate();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs the work in a transaction: all of it is written, or, when it throws, nothing.</summary>
    public T Transact<T>(Func<T> work)
    {
        lock (_lock)
        {
            if (_depth > 0)
            {
                return work();
            }

            Execute("BEGIN IMMEDIATE");
            _depth++;
            try
            {
                var result = work();
                Execute("COMMIT");
                _afterCommit.ForEach(action => action());
                return result;
            }
            catch when (IsInTransaction)
            {
                Execute("ROLLBACK");
                throw;
            }
            finally
            {
                _afterCommit.Clear();
                _depth--;
            }
        }
    }

    public void Transact(Action work) =>
        Transact(() =>
        {
            work();
            return true;
        });

    /// <summary>Has something done once the transaction under way is written: files may only go when no row names them.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Returns how many rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        lock (_lock)
        {
            return Prepare(sql, values).ExecuteNonQuery();
        }
    }

    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        lock (_lock)
        {
            using var reader = Prepare(sql, values).ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(map(reader));
            }

            return rows;
        }
    }

    public T? First<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values) where T : class
    {
        lock (_lock)
        {
            using var reader = Prepare(sql, values).ExecuteReader();
            return reader.Read() ? map(reader) : null;
        }
    }

    /// <summary>The single number that the statement yields; null for no row or NULL.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values)
    {
        lock (_lock)
        {
            return Prepare(sql, values).ExecuteScalar() is long number ? number : null;
        }
    }

    /// <summary>The next number of a named series that begins at <paramref name="first"/>.</summary>
    public long Next(string series, long first) =>
        Number(
            "INSERT INTO counters (name, last) VALUES (@0, @1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last",
            series, first) ?? throw new InvalidOperationException($"The series {series} yielded nothing.");

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var command in _commands.Values)
            {
                command.Dispose();
            }

            _commands.Clear();
            _connection.Dispose();
        }
    }

    private bool IsInTransaction => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this project; values come as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"@{i}") });
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private void Migrate()
    {
        var version = Number("PRAGMA user_version") ?? 0;
        if (version > Steps.Length)
        {
            throw new ServerException("The data directory was written by a newer synapsefs; use that one, or another directory.");
        }

        for (var step = (int)version; step < Steps.Length; step++)
        {
            var sql = $"BEGIN;\n{ReadStep(Steps[step])}\nPRAGMA user_version = {step + 1};\nCOMMIT;";
            using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is an embedded file of this project.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    private static string ReadStep(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The schema step {name} is not part of the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

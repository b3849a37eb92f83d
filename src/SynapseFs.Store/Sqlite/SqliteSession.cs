using Microsoft.Data.Sqlite;

namespace SynapseFs.Store.Sqlite;

/// <summary>One open connection with its prepared statements. Not thread-safe: <see cref="SqliteFile"/> holds the lock.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = [];

    private SqliteSession(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>Whether the database was empty when it was opened.</summary>
    public bool IsNew { get; private set; }

    /// <summary>The prepared statement of this text.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
                _statements.Add(sql, statement = new Statement(Connection, sql));
            return statement;
        }
    }

    public static SqliteSession Open(string path, SqliteLayout layout)
    {
        CreatePrivately(path);
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            // Nobody else may use the file, so there is nobody worth waiting for.
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Prepare(layout);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => this[sql].Execute(values);

    public long? Number(string sql, params ReadOnlySpan<object?> values) => this[sql].Number(values);

    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => this[sql].Query(values);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        Connection.Dispose();
    }

    /// <summary>SQLite gives the write-ahead log the mode of the database, so that is made with the right one.</summary>
    private static void CreatePrivately(string path)
    {
        if (!File.Exists(path))
            PrivateFiles.Open(path, FileMode.CreateNew, FileShare.None).Dispose();
    }

    private void Prepare(SqliteLayout layout)
    {
        // Exclusive: the write-ahead log then needs no shared memory, which network home directories cannot give.
        Script("PRAGMA locking_mode = EXCLUSIVE");
        Script("PRAGMA journal_mode = WAL");
        Script($"PRAGMA synchronous = {layout.Synchronous}");
        Script($"PRAGMA cache_size = -{layout.CacheKibibytes}");
        Script("PRAGMA temp_store = MEMORY");
        IsNew = SchemaSteps.Apply(this, layout.Name);
    }

    /// <summary>Runs statements that are not worth keeping.</summary>
    internal void Script(string sql)
    {
        using var statement = new Statement(Connection, sql);
        statement.Execute();
    }
}

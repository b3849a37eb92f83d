using Microsoft.Data.Sqlite;

namespace SynapseFs.Store.Sqlite;

/// <summary>One prepared SQL statement, used again and again. Its parameters are $1, $2, …; used only under the database's lock.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement's text is a constant of this project; values go in as parameters.
        _command.CommandText = sql;
#pragma warning restore CA2100
    }

    /// <summary>Runs it and returns how many rows it changed.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row as a number, or null when there is no row or no value.</summary>
    public long? Number(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is long number ? number : null;
    }

    /// <summary>The rows; the reader is to be disposed before this statement is used again.</summary>
    public SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        var parameters = _command.Parameters;
        for (var i = parameters.Count; i < values.Length; i++)
            parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
        for (var i = 0; i < values.Length; i++)
            parameters[i].Value = values[i] ?? DBNull.Value;
    }
}

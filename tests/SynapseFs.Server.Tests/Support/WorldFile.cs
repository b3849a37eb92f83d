using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.Tests.Support;

/// <summary>The database of a data directory, reached past the server.</summary>
internal static class WorldFile
{
    /// <summary>Runs constant statements and returns the first one's number, if it yields one.</summary>
    public static long? Run(string dataDirectory, string sql)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, "world.db"), Pooling = false }.ToString();
        using var connection = new SqliteConnection(text);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() as long?;
    }
}

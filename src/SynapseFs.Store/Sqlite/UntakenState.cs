using Microsoft.Data.Sqlite;

namespace SynapseFs.Store.Sqlite;

/// <summary>A look into state.db without taking its directory: for people, while no mount works on it.</summary>
internal static class UntakenState
{
    /// <summary>Null: it cannot be read, as it is damaged, of another version, or somebody else's.</summary>
    public static T? Read<T>(string cacheDirectory, string sql, Func<SqliteDataReader, T?> read) where T : class
    {
        var path = Path.Combine(cacheDirectory, "state.db");
        if (!File.Exists(path))
            return null;
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
                DefaultTimeout = 1,
            }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            return read(reader);
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}

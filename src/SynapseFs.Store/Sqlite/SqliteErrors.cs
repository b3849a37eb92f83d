using Microsoft.Data.Sqlite;

namespace SynapseFs.Store.Sqlite;

/// <summary>The one table from SQLite's result codes to ours.</summary>
internal static class SqliteErrors
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    public static bool IsDamage(Exception exception) =>
        exception is DamagedDatabaseException or SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    public static StoreException ToStoreException(SqliteException exception, string path) => exception.SqliteErrorCode switch
    {
        Busy or Locked => new StoreException(
            StoreFailure.Busy, $"{path} is open in another program: close that, or use another directory with --cache-dir.", exception),
        ReadOnly or CannotOpen or Permission => new StoreException(
            StoreFailure.NotWritable, $"{path} cannot be opened for writing: correct its permissions, or use --cache-dir.", exception),
        Full => StoreErrors.Full(path, exception),
        Constraint => new StoreException(
            StoreFailure.NameTaken, $"{path} refused a row: its name or number is taken ({exception.Message}).", exception),
        _ => new StoreException(StoreFailure.InputOutput, $"{path} failed: {exception.Message}", exception),
    };
}

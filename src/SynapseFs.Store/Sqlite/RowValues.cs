using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SynapseFs.Store.Sqlite;

/// <summary>
/// The row at which a reader stands, one native call a value. The reader's own methods check what they are asked by five or six, and listing
/// a directory is reading its rows.
/// </summary>
internal readonly ref struct RowValues(SqliteDataReader reader)
{
    private readonly sqlite3_stmt _statement = reader.Handle ?? throw new InvalidOperationException("The reader is closed.");

    /// <summary>0 where there is none.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? OptionalNumber(int column) => Number(column) is var number && (number != 0 || !IsNull(column)) ? number : null;

    /// <exception cref="DamagedDatabaseException">There is none.</exception>
    public string Text(int column) =>
        OptionalText(column) ?? throw new DamagedDatabaseException("a row lacks a text that every row has");

    public string? OptionalText(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>The text as it is stored, good until the reader goes on; empty where there is none.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>UTC ticks.</summary>
    public DateTimeOffset Time(int column) => new(Number(column), TimeSpan.Zero);

    public DateTimeOffset? OptionalTime(int column) =>
        OptionalNumber(column) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;
}

using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Rows;

/// <summary>
/// Reads a table out of the world at one moment, on a connection of its own: millions of rows may pass without holding up the
/// requests that change the world meanwhile.
/// </summary>
internal sealed class TableSnapshotReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _moment;
    private readonly TableKey _key;

    public TableSnapshotReader(string databasePath, TableKey key)
    {
        _key = key;
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = databasePath,
            Pooling = false,
            Mode = SqliteOpenMode.ReadOnly,
        }.ToString();
        _connection = new SqliteConnection(text);
        _connection.Open();
        _moment = _connection.BeginTransaction(deferred: true);
        Columns = ReadColumns();
        LastChange = ReadLastChange();
    }

    public IReadOnlyList<ColumnModel> Columns { get; }

    /// <summary>The last change that is in the table, or in the snapshot.</summary>
    public TableChange LastChange { get; }

    public IndexMark Mark => new(
        LastChange.Number, LastChange.Etag, TableIndexer.Signature(Columns), LastChange.ChangedOn);

    /// <summary>Whether everything after the mark is known row by row.</summary>
    public bool CanFollow(IndexMark mark)
    {
        if (_key.Version is not null || mark.Columns != TableIndexer.Signature(Columns))
        {
            return false;
        }

        using var command = Command(
            "SELECT (SELECT count(*) FROM table_changes WHERE table_id = @0 AND number = @1 AND etag = @2) = 1 "
            + "AND NOT EXISTS (SELECT 1 FROM table_changes WHERE table_id = @0 AND number > @1 AND kind = 'COLUMN')",
            _key.Id, mark.Number, mark.Token);
        return command.ExecuteScalar() is 1L;
    }

    /// <summary>All rows, by id.</summary>
    public IEnumerable<IndexRow> Rows() => _key.Version is { } version
        ? Read("SELECT row_id, version, cells FROM snapshot_rows WHERE table_id = @0 AND snapshot = @1", _key.Id, version)
        : Read("SELECT row_id, version, cells FROM table_rows WHERE table_id = @0 AND cells IS NOT NULL", _key.Id);

    /// <summary>Rows that changes after the number left behind.</summary>
    public IEnumerable<IndexRow> RowsSince(long number) => Read(
        "SELECT row_id, version, cells FROM table_rows WHERE table_id = @0 AND version > @1 AND cells IS NOT NULL", _key.Id, number);

    /// <summary>Ids of rows that changes after the number deleted.</summary>
    public IEnumerable<long> DeletedSince(long number)
    {
        using var command = Command(
            "SELECT row_id FROM table_rows WHERE table_id = @0 AND version > @1 AND cells IS NULL", _key.Id, number);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            yield return row.GetInt64(0);
        }
    }

    public void Dispose()
    {
        _moment.Dispose();
        _connection.Dispose();
    }

    private IEnumerable<IndexRow> Read(string sql, params object[] values)
    {
        var places = Columns.Select((column, place) => (column.Id, place))
            .ToDictionary(pair => pair.Id!, pair => pair.place, StringComparer.Ordinal);
        using var command = Command(sql, values);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            yield return new IndexRow(
                row.GetInt64(0), row.GetInt64(1), CellsJson.Read(row.GetFieldValue<byte[]>(2), places));
        }
    }

    private List<ColumnModel> ReadColumns()
    {
        using var fields = Command(
            "SELECT v.fields FROM nodes n JOIN versions v ON v.node_id = n.id AND v.number = coalesce(@1, n.current_version) "
            + "WHERE n.id = @0",
            _key.Id, _key.Version ?? (object)DBNull.Value);
        if (fields.ExecuteScalar() is not string text)
        {
            return [];
        }

        var ids = ColumnModels.Ids(
            JsonSerializer.Deserialize(text, WorldJson.Default.Fields)!.GetValueOrDefault(ColumnModels.IdsField));
        using var columns = Command(
            "SELECT c.id, c.document FROM json_each(@0) e JOIN columns c ON c.id = CAST(e.value AS INTEGER) ORDER BY e.key",
            ColumnModels.IdsJson(ids));
        using var row = columns.ExecuteReader();
        var read = new List<ColumnModel>();
        while (row.Read())
        {
            read.Add(ColumnModels.Map(row));
        }

        return read;
    }

    private TableChange ReadLastChange()
    {
        using var command = Command(
            "SELECT number, kind, etag, last_row, changed_on FROM table_changes WHERE table_id = @0 AND number <= coalesce(@1, number) "
            + "ORDER BY number DESC LIMIT 1",
            _key.Id, _key.Version is null ? DBNull.Value : SnapshotChange());
        using var row = command.ExecuteReader();
        return row.Read() ? TableLog.Map(row) : TableChange.None;
    }

    private long SnapshotChange()
    {
        using var command = Command(
            "SELECT change FROM table_snapshots WHERE table_id = @0 AND version = @1", _key.Id, _key.Version!.Value);
        return command.ExecuteScalar() is long number ? number : -1L;
    }

    private SqliteCommand Command(string sql, params object[] values)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _moment;
#pragma warning disable CA2100 // Every text is a constant of this class; values come as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@{i}"), values[i]);
        }

        return command;
    }
}

using Microsoft.Data.Sqlite;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Rows;

/// <summary>
/// The changes of each table in their order: numbers and row ids come from here. Numbers begin at 0 with the first schema change, which
/// takes row id 0 for itself, so that data begin at row 1 of version 1, as in Synapse. Source: TableRowTruthDAOImpl.
/// </summary>
internal sealed class TableLog(Database database, TimeProvider time)
{
    private const string Columns = "number, kind, etag, last_row, changed_on";

    public TableChange Last(long tableId) => database.First(
        $"SELECT {Columns} FROM table_changes WHERE table_id = @0 ORDER BY number DESC LIMIT 1", Map, tableId) ?? TableChange.None;

    public bool HasRowChange(long tableId) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM table_changes WHERE table_id = @0 AND kind = 'ROW')", tableId) == 1;

    /// <summary>The number of the change with the etag; null when it is none of this table's.</summary>
    public long? Find(long tableId, string etag) =>
        database.Number("SELECT number FROM table_changes WHERE table_id = @0 AND etag = @1", tableId, etag);

    /// <summary>Notes the next change, which takes <paramref name="rows"/> new row ids: those after the former change's last.</summary>
    public TableChange Add(long tableId, string kind, long rows, Caller caller)
    {
        var last = Last(tableId);
        var change = new TableChange(
            last.Number + 1, kind, Stamp.NewEtag(), last.LastRow + rows, time.GetUtcNow().ToUnixTimeMilliseconds());
        database.Execute(
            "INSERT INTO table_changes (table_id, number, kind, etag, last_row, changed_by, changed_on) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6)",
            tableId, change.Number, change.Kind, change.Etag, change.LastRow, caller.Id, change.ChangedOn);
        return change;
    }

    public static TableChange Map(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4));
}

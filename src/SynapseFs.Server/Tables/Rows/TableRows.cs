using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Rows;

/// <summary>The rows of all table entities: the truth that the index is made of.</summary>
internal sealed class TableRows(Database database)
{
    /// <summary>The texts by column id; null: there is no such row.</summary>
    public Dictionary<string, string>? Cells(long tableId, long rowId) => database.First(
        "SELECT cells FROM table_rows WHERE table_id = @0 AND row_id = @1 AND cells IS NOT NULL",
        row => CellsJson.Read(row.GetFieldValue<byte[]>(0)), tableId, rowId);

    /// <summary>The change that touched the row last, also one that deleted it.</summary>
    public long? Version(long tableId, long rowId) =>
        database.Number("SELECT version FROM table_rows WHERE table_id = @0 AND row_id = @1", tableId, rowId);

    public void Put(long tableId, long rowId, long version, Dictionary<string, string> cells) => database.Execute(
        "INSERT INTO table_rows (table_id, row_id, version, cells) VALUES (@0, @1, @2, @3) "
        + "ON CONFLICT (table_id, row_id) DO UPDATE SET version = excluded.version, cells = excluded.cells",
        tableId, rowId, version, CellsJson.Write(cells));

    public void Delete(long tableId, long rowId, long version) => database.Execute(
        "UPDATE table_rows SET version = @2, cells = NULL WHERE table_id = @0 AND row_id = @1", tableId, rowId, version);

    /// <summary>
    /// Changes the cells of every row, a thousand at a time, and leaves the rows' versions as they are: a change of the schema is none of
    /// the rows.
    /// </summary>
    public void ChangeAll(long tableId, Action<Dictionary<string, string>> change)
    {
        var last = -1L;
        while (true)
        {
            var page = database.Query(
                "SELECT row_id, cells FROM table_rows WHERE table_id = @0 AND row_id > @1 AND cells IS NOT NULL ORDER BY row_id LIMIT 1000",
                row => (Id: row.GetInt64(0), Cells: CellsJson.Read(row.GetFieldValue<byte[]>(1))), tableId, last);
            if (page.Count == 0)
            {
                return;
            }

            foreach (var (id, cells) in page)
            {
                change(cells);
                database.Execute(
                    "UPDATE table_rows SET cells = @2 WHERE table_id = @0 AND row_id = @1", tableId, id, CellsJson.Write(cells));
            }

            last = page[^1].Id;
        }
    }

    /// <summary>Freezes the rows as they are for a snapshot.</summary>
    public void Freeze(long tableId, long snapshot, long change)
    {
        database.Execute("INSERT INTO table_snapshots (table_id, version, change) VALUES (@0, @1, @2)", tableId, snapshot, change);
        database.Execute(
            "INSERT INTO snapshot_rows (table_id, snapshot, row_id, version, cells) "
            + "SELECT table_id, @1, row_id, version, cells FROM table_rows WHERE table_id = @0 AND cells IS NOT NULL",
            tableId, snapshot);
    }

    public void AddFile(long tableId, long fileHandleId) => database.Execute(
        "INSERT OR IGNORE INTO table_files (table_id, file_handle_id) VALUES (@0, @1)", tableId, fileHandleId);

    public bool HasFile(long tableId, long fileHandleId) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM table_files WHERE table_id = @0 AND file_handle_id = @1)", tableId, fileHandleId) == 1;
}

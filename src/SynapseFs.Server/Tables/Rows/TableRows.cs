using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Rows;

/// <summary>The rows of all table entities: the truth that the index is made of.</summary>
internal sealed class TableRows(Database database)
{
    // As text: SQLite takes a blob for JSON of its own binary form.
    private const string Json = "CAST(cells AS TEXT)";

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

    /// <summary>Takes a column's cells out of every row.</summary>
    public void Remove(long tableId, string columnId) => database.Execute(
        $"UPDATE table_rows SET cells = CAST(json_remove({Json}, @1) AS BLOB) WHERE table_id = @0 AND instr({Json}, @2) > 0",
        tableId, PathOf(columnId), NameOf(columnId));

    /// <summary>Gives every row this cell.</summary>
    public void Fill(long tableId, string columnId, string text) => database.Execute(
        $"UPDATE table_rows SET cells = CAST(json_set({Json}, @1, @2) AS BLOB) WHERE table_id = @0 AND cells IS NOT NULL",
        tableId, PathOf(columnId), text);

    /// <summary>
    /// Puts a column's cells under another column's id. As text, which is many times as fast as through JSON: a quote, the id and
    /// <c>":</c> stand nowhere but at the name, because a quote within a cell's text has a backslash before it.
    /// </summary>
    public void Rename(long tableId, string columnId, string newId) => database.Execute(
        $"UPDATE table_rows SET cells = CAST(replace({Json}, @1, @2) AS BLOB) WHERE table_id = @0 AND instr({Json}, @1) > 0",
        tableId, NameOf(columnId), NameOf(newId));

    /// <summary>Whether this holds of all texts in a column.</summary>
    public bool All(long tableId, string columnId, Func<string, bool> holds)
    {
        var all = true;
        database.Query(
            $"SELECT json_extract({Json}, @1) FROM table_rows WHERE table_id = @0 AND instr({Json}, @2) > 0",
            row => all = all && holds(row.GetString(0)), tableId, PathOf(columnId), NameOf(columnId));
        return all;
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

    // As it stands in the JSON, which has no white space.
    private static string NameOf(string columnId) => $"\"{columnId}\":";

    private static string PathOf(string columnId) => $"$.\"{columnId}\"";
}

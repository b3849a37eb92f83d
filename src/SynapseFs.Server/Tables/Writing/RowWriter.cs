using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>
/// Writes rows to a table within a transaction, in batches of about 5 MiB, each a change of its own with a number and an etag.
/// Source: TableEntityManagerImpl.appendRowsAsStream.
/// </summary>
internal sealed class RowWriter(TableLog log, TableRows rows, FileHandles fileHandles)
{
    private const long MaxBatch = 5_242_880;
    private const int MaxChanges = 45_000;
    private const int RowWeight = 64;
    private const int CellWeight = 112;

    /// <summary>Writes all rows; returns what was written.</summary>
    public WrittenRows Write(Caller caller, long tableId, RowChange change)
    {
        // A table without rows until now has none that an id could mean: every row is a new one (PLFM-3155).
        var isFresh = !log.HasRowChange(tableId);
        var written = new WrittenRows { Etag = change.Etag };
        var batch = new List<SparseRow>();
        var weight = 0L;
        foreach (var row in change.Rows)
        {
            batch.Add(isFresh ? row with { RowId = null, Version = null } : row);
            weight += RowWeight + row.Cells.Sum(cell => CellWeight + (4L * (cell.Text?.Length ?? 0)));
            if (weight >= MaxBatch)
            {
                WriteBatch(caller, tableId, change, batch, written);
                batch.Clear();
                weight = 0;
            }
        }

        if (batch.Count > 0)
        {
            WriteBatch(caller, tableId, change, batch, written);
        }

        return written;
    }

    private void WriteBatch(Caller caller, long tableId, RowChange change, List<SparseRow> batch, WrittenRows written)
    {
        RequireFiles(caller, tableId, change.Columns, batch);
        var known = log.Last(tableId);
        if (known.Number + 1 > MaxChanges)
        {
            throw ServiceException.BadRequest("Maximum table size exceeded.");
        }

        var added = batch.Count(row => row.IsNew);
        if (added < batch.Count)
        {
            CheckConflicts(tableId, change, batch, written.Etag);
        }

        var made = log.Add(tableId, TableChange.Row, added, caller);
        var next = known.LastRow + 1;
        foreach (var row in batch)
        {
            var id = row.IsNew ? next++ : row.RowId!.Value;
            if (id > (row.IsNew ? made.LastRow : known.LastRow))
            {
                throw ServiceException.BadRequest($"Cannot update row: {id} because it does not exist.");
            }

            WriteRow(tableId, change.Columns, row, id, made.Number);
            if (change.WantsReferences)
            {
                written.References.Add(new RowReference { RowId = id, VersionNumber = made.Number });
            }
        }

        written.Count += batch.Count;
        written.Etag = made.Etag;
    }

    private void WriteRow(long tableId, IReadOnlyList<ColumnModel> columns, SparseRow row, long id, long version)
    {
        if (row.IsDelete)
        {
            if (!row.IsNew)
            {
                rows.Delete(tableId, id, version);
            }

            return;
        }

        var cells = row.IsNew ? null : rows.Cells(tableId, id);
        if (cells is null)
        {
            // New, or deleted before: columns that are not named get their defaults.
            cells = columns.Where(column => column.DefaultValue is not null)
                .ToDictionary(column => column.Id!, column => column.DefaultValue!, StringComparer.Ordinal);
        }

        foreach (var (place, text) in row.Cells)
        {
            if (text is null)
            {
                cells.Remove(columns[place].Id!);
            }
            else
            {
                cells[columns[place].Id!] = text;
            }
        }

        rows.Put(tableId, id, version, cells);
    }

    /// <summary>Refuses rows that others changed since they were read; rows of partial sets and deletions are not asked.</summary>
    private void CheckConflicts(long tableId, RowChange change, List<SparseRow> batch, string? etag)
    {
        var versions = new Dictionary<long, long?>();
        foreach (var row in batch.Where(row => !row.IsNew && !row.IsDelete))
        {
            if (!versions.TryAdd(row.RowId!.Value, row.Version))
            {
                throw ServiceException.BadRequest($"The row id {row.RowId} is included more than once in the rowset");
            }
        }

        if (change.IsPartial)
        {
            return;
        }

        // One fresh version in the set covers the stale ones: the newest counts for all.
        var since = -1L;
        foreach (var version in versions.Values)
        {
            since = Math.Max(since, version ?? throw ServiceException.BadRequest("Row version number cannot be null"));
        }

        if (etag is not null)
        {
            var known = log.Find(tableId, etag) ?? throw ServiceException.BadRequest($"Invalid etag: {etag}");
            since = Math.Max(since, known);
        }

        foreach (var id in versions.Keys)
        {
            if (rows.Version(tableId, id) > since)
            {
                throw ServiceException.Stale(
                    $"Row id: {id} has been changed since last read.  Please get the latest value for this row and then attempt to "
                    + "update it again.");
            }
        }
    }

    // A cell may hold the caller's own files, and those that the table has already.
    private void RequireFiles(Caller caller, long tableId, IReadOnlyList<ColumnModel> columns, List<SparseRow> batch)
    {
        if (columns.All(column => column.ColumnType != ColumnTypes.FileHandleId))
        {
            return;
        }

        var files = batch.SelectMany(row => row.Cells)
            .Where(cell => cell.Text is not null && columns[cell.Place].ColumnType == ColumnTypes.FileHandleId)
            .Select(cell => Rules.EntityIds.ParseNumber(cell.Text, "fileHandleId"))
            .Distinct();
        var foreign = new List<long>();
        foreach (var file in files)
        {
            if (fileHandles.Get(file)?.CreatedBy == caller.Id)
            {
                rows.AddFile(tableId, file);
            }
            else if (!rows.HasFile(tableId, file))
            {
                foreign.Add(file);
            }
        }

        if (foreign.Count > 0)
        {
            throw ServiceException.Forbidden($"Cannot access files: [{string.Join(", ", foreign)}]");
        }
    }
}

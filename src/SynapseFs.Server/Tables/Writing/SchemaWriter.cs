using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>Changes the schema of a table within a transaction: the change is noted and the cells of all rows follow it.</summary>
internal sealed class SchemaWriter(TableLog log, TableRows rows)
{
    /// <summary>The schema itself stands with the entity and is written there by the caller.</summary>
    public void Write(Caller caller, long tableId, SchemaChange change)
    {
        if (change.IsNothing)
        {
            return;
        }

        // It takes a row id, as in Synapse.
        log.Add(tableId, TableChange.Column, rows: 1, caller);
        var steps = change.Steps.Where(step => step.Old is not null || step.New?.DefaultValue is not null).ToList();
        if (steps.Any(step => step.Old is { } old && steps.Any(other => other.New?.Id == old.Id)))
        {
            // Columns may swap: row by row, all cells are taken before any is put.
            rows.ChangeAll(tableId, cells => Change(cells, steps));
            return;
        }

        foreach (var step in steps)
        {
            Write(tableId, step);
        }
    }

    // Everybody waits meanwhile, so what is the same for all rows is left to the database: several times as fast as row by row.
    private void Write(long tableId, ColumnStep step)
    {
        switch (step)
        {
            case { Old.Id: { } old, New: null }:
                rows.Remove(tableId, old);
                break;
            case { Old: null, New: { Id: { } added, DefaultValue: { } text } }:
                rows.Fill(tableId, added, text);
                break;
            case { Old: { Id: { } id } before, New: { Id: { } next } after }:
                if (rows.All(tableId, id, cell => CellConversion.Convert(before, after, cell) == cell))
                {
                    rows.Rename(tableId, id, next);
                }
                else
                {
                    rows.ChangeAll(tableId, cells => Change(cells, [step]));
                }

                break;
        }
    }

    private static void Change(Dictionary<string, string> cells, List<ColumnStep> steps)
    {
        // All are taken before any is put: columns may swap.
        var taken = steps.Select(step => step.Old is { Id: { } id } && cells.Remove(id, out var text) ? text : null).ToList();
        foreach (var (step, text) in steps.Zip(taken))
        {
            var written = step switch
            {
                { Old: { } old, New: { } next } => text is null ? null : CellConversion.Convert(old, next, text),
                { New: { } added } => added.DefaultValue,
                _ => null,
            };
            if (written is not null)
            {
                cells[step.New!.Id!] = written;
            }
        }
    }
}

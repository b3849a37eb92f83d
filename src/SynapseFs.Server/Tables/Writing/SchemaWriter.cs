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
        if (steps.Count > 0)
        {
            rows.ChangeAll(tableId, cells => Change(cells, steps));
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

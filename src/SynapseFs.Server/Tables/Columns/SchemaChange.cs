using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables.Columns;

/// <summary>A column before and after; null before: added, null after: removed.</summary>
internal sealed record ColumnStep(ColumnModel? Old, ColumnModel? New);

/// <summary>
/// From one schema to another, and what becomes of each column. Source: ColumnModelManagerImpl.calculateNewSchemaIdsAndValidate.
/// </summary>
internal sealed record SchemaChange(IReadOnlyList<ColumnModel> Before, IReadOnlyList<ColumnModel> After, IReadOnlyList<ColumnStep> Steps)
{
    public bool IsNothing => Before.Select(column => column.Id).SequenceEqual(After.Select(column => column.Id));

    /// <summary>To the schema given, by removals and additions only: what is not named loses its data.</summary>
    public static SchemaChange Replacing(IReadOnlyList<ColumnModel> before, IReadOnlyList<ColumnModel> after)
    {
        ColumnRules.CheckSchema(after);
        var removed = before.Where(column => after.All(other => other.Id != column.Id)).Select(column => new ColumnStep(column, null));
        var added = after.Where(column => before.All(other => other.Id != column.Id)).Select(column => new ColumnStep(null, column));
        return new SchemaChange(before, after, [.. removed, .. added]);
    }

    /// <summary>The ids that changes asked for lead to, in their order.</summary>
    public static IReadOnlyList<string> NewIds(
        IEnumerable<string> oldIds, IReadOnlyList<ColumnChange> changes, IReadOnlyList<string>? ordered, string tableId)
    {
        var ids = oldIds.ToList();
        foreach (var change in changes)
        {
            switch (change)
            {
                case { OldColumnId: { } old, NewColumnId: { } next }:
                    var place = ids.IndexOf(old);
                    if (place < 0)
                    {
                        throw ServiceException.BadRequest(
                            $"Cannot update column: {old} since it is not currently a column of table: {tableId}");
                    }

                    ids[place] = next;
                    break;
                case { OldColumnId: { } old }:
                    ids.Remove(old);
                    break;
                case { NewColumnId: { } next }:
                    ids.Add(next);
                    break;
                default:
                    throw ServiceException.BadRequest("A ColumnChange must have an oldColumnId or a newColumnId.");
            }
        }

        if (ordered is null)
        {
            return ids;
        }

        return ordered.ToHashSet().SetEquals(ids)
            ? ordered
            : throw ServiceException.BadRequest(
                "The provided ordered column IDs does not match resulting columns in the table schema.");
    }

    /// <summary>What changes asked for do to the table's schema; <paramref name="after"/> are the models of <see cref="NewIds"/>.</summary>
    public static SchemaChange Of(
        IReadOnlyList<ColumnModel> before, IReadOnlyList<ColumnModel> after, IReadOnlyList<ColumnChange> changes)
    {
        ColumnRules.CheckSchema(after);
        var known = before.Concat(after).DistinctBy(column => column.Id).ToDictionary(column => column.Id!, StringComparer.Ordinal);
        var steps = changes
            .Select(change => new ColumnStep(Model(change.OldColumnId), Model(change.NewColumnId)))
            .Where(step => step.Old?.Id != step.New?.Id)
            .ToList();
        foreach (var step in steps)
        {
            CheckConversion(step);
        }

        return new SchemaChange(before, after, steps);

        ColumnModel? Model(string? id) => id is null ? null : known.GetValueOrDefault(id);
    }

    private static void CheckConversion(ColumnStep step)
    {
        if (step is not { Old.ColumnType: { } from, New.ColumnType: { } to } || from == to)
        {
            return;
        }

        if (from == ColumnTypes.FileHandleId || to == ColumnTypes.FileHandleId)
        {
            throw ServiceException.BadRequest($"A {from} column cannot be changed to {to}");
        }

        if (from == ColumnTypes.String && to == ColumnTypes.StringList && step.Old.MaximumSize > step.New.MaximumSize)
        {
            throw ServiceException.BadRequest(
                "Cannot convert to a STRING_LIST column with a smaller maximum size string length than original");
        }

        switch (ColumnTypes.IsList(from), ColumnTypes.IsList(to))
        {
            case (true, false):
                throw ServiceException.BadRequest("Cannot perform schema change from _LIST type to non-_LIST type");
            case (false, true) when ColumnTypes.Element(to) != from:
                throw ServiceException.BadRequest("Cannot convert to a TYPE_LIST that does not match the original TYPE");
            case (true, true):
                throw ServiceException.BadRequest("Cannot change a _LIST to a different type of _LIST");
        }

        if (from == ColumnTypes.Json || to == ColumnTypes.Json)
        {
            throw ServiceException.BadRequest("Cannot change from/to a JSON column type");
        }
    }
}

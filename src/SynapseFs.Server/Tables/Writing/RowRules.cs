using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>Rows as clients send them to checked rows of a schema. Source: TableModelUtils, SparseChangeSet.</summary>
internal static class RowRules
{
    /// <summary>Bytes that one request may bring.</summary>
    private const long MaxRequest = 2_097_152;

    /// <summary>The row with its cells in their normal form; a null becomes the column's default.</summary>
    /// <param name="row">As it came.</param>
    /// <param name="columns">The schema.</param>
    /// <param name="number">Where the row stands in its set, for the refusal.</param>
    public static SparseRow Normalize(SparseRow row, IReadOnlyList<ColumnModel> columns, long number) => row with
    {
        Cells = [.. row.Cells.Select(cell => cell with { Text = Normalize(cell, columns[cell.Place], number) })],
    };

    /// <summary>The rows of a RowSet.</summary>
    public static IEnumerable<SparseRow> Full(AppendableRowSet set, IReadOnlyList<ColumnModel> columns)
    {
        var rows = RequireRows(set);
        RequireSize(rows.Count * columns.Sum(ColumnTypes.Width));
        var headers = set.Headers ?? throw ServiceException.BadRequest("RowSet.headers is required.");
        var places = columns.Select(column => headers.ToList().FindIndex(header => header?.Id == column.Id)).ToArray();
        foreach (var row in rows)
        {
            var values = Items(row, "RowSet");
            var cells = new List<SparseCell>();
            for (var i = 0; i < columns.Count && values.Count > 0; i++)
            {
                if (places[i] >= 0 && places[i] < values.Count)
                {
                    cells.Add(new SparseCell(i, Text(values[places[i]])));
                }
            }

            yield return new SparseRow(row.RowId, row.VersionNumber, cells) { Etag = row.Etag };
        }
    }

    /// <summary>The rows of a PartialRowSet. One with an empty list of values is passed over; one without is to be deleted.</summary>
    public static IEnumerable<SparseRow> Partial(AppendableRowSet set, IReadOnlyList<ColumnModel> columns)
    {
        var rows = RequireRows(set).Select(row => (Row: row, Cells: Pairs(row, columns))).ToList();
        RequireSize(rows.Sum(row => row.Cells?.Sum(cell => Weight(cell, columns)) ?? 0));
        return rows
            .Where(row => row.Cells is not { Count: 0 })
            .Select(row => new SparseRow(row.Row.RowId, row.Row.VersionNumber, row.Cells ?? []) { Etag = row.Row.Etag });
    }

    private static string? Normalize(SparseCell cell, ColumnModel column, long row)
    {
        var text = cell.Text is { Length: 0 } && !ColumnTypes.IsText(column.ColumnType) ? null : cell.Text;
        if (text is null)
        {
            return column.DefaultValue;
        }

        try
        {
            return CellText.Normalize(column, text);
        }
        catch (ServiceException refused)
        {
            throw ServiceException.BadRequest(
                $"Value at [{row},{cell.Place}] was not a valid {column.ColumnType}. {refused.Message}");
        }
    }

    private static IReadOnlyList<AppendableRow> RequireRows(AppendableRowSet set)
    {
        var rows = set.Rows ?? throw ServiceException.BadRequest("rows is required.");
        return rows.All(row => row is not null) ? rows : throw ServiceException.BadRequest("A row cannot be null.");
    }

    private static List<SparseCell>? Pairs(AppendableRow row, IReadOnlyList<ColumnModel> columns)
    {
        if (row.Values is not { ValueKind: not JsonValueKind.Null } values)
        {
            return null;
        }

        var cells = new List<SparseCell>();
        if (values.ValueKind == JsonValueKind.Object)
        {
            // The form of old clients: an object of column id to value.
            cells.AddRange(values.EnumerateObject().Select(pair => new SparseCell(Place(pair.Name, row, columns), Text(pair.Value))));
            return cells;
        }

        foreach (var pair in Items(row, "PartialRowSet"))
        {
            if (pair.ValueKind != JsonValueKind.Object || !pair.TryGetProperty("key", out var key))
            {
                throw ServiceException.BadRequest("PartialRow.values must be pairs of key and value.");
            }

            cells.Add(new SparseCell(
                Place(Text(key), row, columns), pair.TryGetProperty("value", out var value) ? Text(value) : null));
        }

        return cells;
    }

    private static int Place(string? key, AppendableRow row, IReadOnlyList<ColumnModel> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Id == key)
            {
                return i;
            }
        }

        throw ServiceException.BadRequest(
            $"PartialRow.value.key: '{key}' is not a valid column ID for row ID: "
                + $"{row.RowId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}");
    }

    private static List<JsonElement> Items(AppendableRow row, string what) => row.Values switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.Array } values => [.. values.EnumerateArray()],
        _ => throw ServiceException.BadRequest($"The values of a row of a {what} must be a list."),
    };

    // Clients send numbers, flags and lists as such; a cell is text.
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static long Weight(SparseCell cell, IReadOnlyList<ColumnModel> columns) =>
        4L * (columns[cell.Place].Id!.Length + (cell.Text?.Length ?? 0));

    private static void RequireSize(long bytes)
    {
        if (bytes > MaxRequest)
        {
            throw ServiceException.BadRequest(
                $"Request exceeds the maximum number of bytes per request.  Maximum : {MaxRequest} bytes");
        }
    }
}

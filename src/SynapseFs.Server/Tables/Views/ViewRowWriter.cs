using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Writing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// Writes a row of a view: the annotations of the object behind it, each row for itself, whatever becomes of the others. Source:
/// TableViewManagerImpl.updateRowInView, TableViewUpdateRequestManager.processRow.
/// </summary>
internal sealed class ViewRowWriter(SynapseWorld world)
{
    private const string Etag = "etag";

    /// <summary>Within a transaction. What is refused is told, not thrown, and leaves nothing behind.</summary>
    public EntityUpdateResult Write(Caller caller, ViewDefinition view, IReadOnlyList<ColumnModel> columns, SparseRow row)
    {
        var result = new EntityUpdateResult { EntityId = row.RowId is { } id ? EntityIds.Text(id) : null };
        try
        {
            Apply(caller, view, columns, row);
            return result;
        }
        catch (ServiceException refused)
        {
            return refused.Error switch
            {
                ServiceError.NotFound => result with { FailureCode = "NOT_FOUND" },
                ServiceError.StaleEtag => result with { FailureCode = "CONCURRENT_UPDATE" },
                ServiceError.Forbidden => result with { FailureCode = "UNAUTHORIZED" },
                ServiceError.BadRequest => result with { FailureCode = "ILLEGAL_ARGUMENT", FailureMessage = refused.Message },
                _ => result with { FailureCode = "UNKNOWN", FailureMessage = refused.Message },
            };
        }
    }

    private void Apply(Caller caller, ViewDefinition view, IReadOnlyList<ColumnModel> columns, SparseRow row)
    {
        var id = row.RowId ?? throw ServiceException.BadRequest("row.rowId is required.");
        if (row.Cells.Count == 0)
        {
            return;
        }

        var etag = row.Etag ?? EtagCell(columns, row);
        var changes = row.Cells
            .Where(cell => !ViewColumns.IsField(view.Kind, columns[cell.Place])
                && !ViewColumns.IsStatusField(view.Kind, columns[cell.Place].Name))
            .Select(cell => (Column: columns[cell.Place], cell.Text)).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        if (view.Kind == ViewDefinition.SubmissionView)
        {
            var status = world.SubmissionStatuses.Get(caller, id);
            var known = status.SubmissionAnnotations?.Values ?? new Dictionary<string, AnnotationsValue>();
            world.SubmissionStatuses.Update(caller, EntityShape.Text(id), status with
            {
                Etag = etag,
                SubmissionAnnotations = new Annotations { Id = EntityShape.Text(id), Etag = etag, Values = Changed(known, changes) },
            });
        }
        else
        {
            var known = world.Annotations.Get(caller, id);
            world.Annotations.Replace(caller, id, known with { Etag = etag, Values = Changed(known.Values!, changes) });
        }
    }

    private static string EtagCell(IReadOnlyList<ColumnModel> columns, SparseRow row)
    {
        var place = columns.ToList().FindIndex(column => column.Name == Etag);
        if (place < 0)
        {
            throw ServiceException.BadRequest("The view schema must include 'etag' column.");
        }

        return row.Cells.FirstOrDefault(cell => cell.Place == place && cell.Text is not null).Text
            ?? throw ServiceException.BadRequest("The 'etag' must be included to update an Entity's annotations.");
    }

    private static Dictionary<string, AnnotationsValue> Changed(
        IReadOnlyDictionary<string, AnnotationsValue> known, List<(ColumnModel Column, string? Text)> changes)
    {
        var values = new Dictionary<string, AnnotationsValue>(known, StringComparer.Ordinal);
        foreach (var (column, text) in changes)
        {
            var isNothing = text is null || (text.Length == 0 && !ColumnTypes.IsText(column.ColumnType));
            if (isNothing)
            {
                values.Remove(column.Name!);
            }
            else
            {
                values[column.Name!] = new AnnotationsValue { Type = TypeOf(column), Value = Values(column, text!) };
            }
        }

        return values;
    }

    private static string TypeOf(ColumnModel column) => ColumnTypes.Element(column.ColumnType) switch
    {
        ColumnTypes.Date => "TIMESTAMP_MS",
        ColumnTypes.Double => "DOUBLE",
        ColumnTypes.Integer => "LONG",
        // Source: translateColumnTypeToAnnotationType, which forgets BOOLEAN_LIST.
        ColumnTypes.Boolean when column.ColumnType == ColumnTypes.Boolean => "BOOLEAN",
        _ => "STRING",
    };

    private static IReadOnlyList<string> Values(ColumnModel column, string text)
    {
        if (!ColumnTypes.IsList(column.ColumnType))
        {
            // A date may be written out, as in a table's cell.
            return [column.ColumnType == ColumnTypes.Date && CellText.Date(text) is { } date ? EntityShape.Text(date) : text];
        }

        try
        {
            using var list = JsonDocument.Parse(text);
            return list.RootElement.ValueKind == JsonValueKind.Array
                ? [.. list.RootElement.EnumerateArray().Select(Item)]
                : throw NoList(text);
        }
        catch (JsonException)
        {
            throw NoList(text);
        }
    }

    private static string Item(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Null => throw ServiceException.BadRequest("null value is not allowed"),
        JsonValueKind.String => item.GetString()!,
        _ => item.GetRawText(),
    };

    private static ServiceException NoList(string text) =>
        ServiceException.BadRequest($"Value is not correctly formatted as a JSON Array: {text}");
}

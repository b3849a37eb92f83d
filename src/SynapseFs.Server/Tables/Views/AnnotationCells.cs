using System.Globalization;
using System.Text;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// Annotations as cells: the column's type decides, not the annotation's. What does not read as that type is null; what has no room in
/// the column fails the view. Source: SQLUtils.writeAnnotationDtoToPreparedStatement and translateColumnTypeToAnnotationValueName.
/// </summary>
internal static class AnnotationCells
{
    public static string? Text(ColumnModel column, AnnotationsValue? annotation)
    {
        if (annotation?.Value is not { Count: > 0 } values)
        {
            return null;
        }

        if (ColumnTypes.IsList(column.ColumnType))
        {
            return List(column, values);
        }

        return column.ColumnType switch
        {
            ColumnTypes.Integer or ColumnTypes.Date or ColumnTypes.UserId or ColumnTypes.SubmissionId or ColumnTypes.EvaluationId
                or ColumnTypes.FileHandleId => Numbers(values)?[0],
            ColumnTypes.EntityId => Numbers(values) is { } ids ? $"syn{ids[0]}" : null,
            ColumnTypes.Double => values.All(IsReal) ? values[0].Trim() : null,
            ColumnTypes.Boolean => Flags(values)?[0],
            _ => InRoom(column, values[0]),
        };
    }

    private static string? List(ColumnModel column, IReadOnlyList<string> values)
    {
        var longest = column.MaximumListLength ?? ColumnTypes.MaxListLength;
        if (values.Count > longest)
        {
            throw ServiceException.BadRequest($"maximumListLength for ColumnModel \"{column.Name}\" must be at least: {values.Count}");
        }

        return column.ColumnType switch
        {
            ColumnTypes.StringList => Texts(values.Select(text => InRoom(column, text))),
            ColumnTypes.BooleanList => Flags(values) is { } flags ? $"[{string.Join(',', flags)}]" : null,
            ColumnTypes.EntityIdList => Numbers(values) is { } ids ? Texts(ids.Select(id => $"syn{id}")) : null,
            _ => Numbers(values) is { } numbers ? $"[{string.Join(',', numbers)}]" : null,
        };
    }

    private static string InRoom(ColumnModel column, string text) =>
        !ColumnTypes.HasMaximumSize(column.ColumnType) || text.Length <= (column.MaximumSize ?? ColumnTypes.DefaultString)
            ? text
            : throw ServiceException.BadRequest(
                $"The size of the column '{column.Name}' is too small.  The column size needs to be at least {text.Length} characters.");

    private static string Texts(IEnumerable<string> texts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // One that is no number spoils them all.
    private static IReadOnlyList<string>? Numbers(IReadOnlyList<string> values)
    {
        var numbers = values.Select(Number).ToArray();
        return numbers.All(number => number is not null)
            ? [.. numbers.Select(number => (number ?? 0).ToString(CultureInfo.InvariantCulture))]
            : null;
    }

    private static long? Number(string text)
    {
        var bare = text.Trim();
        var digits = bare.StartsWith("syn", StringComparison.OrdinalIgnoreCase) ? bare[3..] : bare;
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return bare.Length >= 10 && DateTimeOffset.TryParse(
            bare, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date.ToUnixTimeMilliseconds()
            : null;
    }

    private static bool IsReal(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static IReadOnlyList<string>? Flags(IReadOnlyList<string> values) =>
        values.All(value => bool.TryParse(value, out _)) ? [.. values.Select(value => bool.Parse(value) ? "true" : "false")] : null;
}

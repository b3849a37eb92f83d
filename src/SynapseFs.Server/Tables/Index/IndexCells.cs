using System.Globalization;
using System.Text;
using System.Text.Json;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Index;

/// <summary>
/// Cell texts to the values that stand in the index, as <see cref="IndexNames"/> tells. What does not fit its type is null.
/// </summary>
internal static class IndexCells
{
    public static object? Value(string? columnType, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return columnType switch
        {
            ColumnTypes.Integer or ColumnTypes.Date or ColumnTypes.FileHandleId or ColumnTypes.UserId or ColumnTypes.SubmissionId
                or ColumnTypes.EvaluationId or ColumnTypes.EntityId => Number(text),
            ColumnTypes.Boolean => bool.TryParse(text, out var flag) ? (flag ? 1L : 0L) : null,
            ColumnTypes.Double => Real(text),
            ColumnTypes.EntityIdList => EntityIds(text),
            _ => text,
        };
    }

    private static long? Number(string text)
    {
        var digits = text.StartsWith("syn", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(3) : text;
        var dot = digits.IndexOf('.');
        return long.TryParse(dot < 0 ? digits : digits[..dot], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private static object? Real(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return double.IsNaN(number) ? "NaN" : number;
    }

    // Numbers inside, as for single ids: ["syn5"] is [5].
    private static string? EntityIds(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        var ids = new List<string>();
        try
        {
            while (reader.Read())
            {
                var id = reader.TokenType switch
                {
                    JsonTokenType.String => Number(reader.GetString()!),
                    JsonTokenType.Number => Number(Encoding.UTF8.GetString(reader.ValueSpan)),
                    _ => null,
                };
                if (id is { } number)
                {
                    ids.Add(number.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return $"[{string.Join(',', ids)}]";
    }
}

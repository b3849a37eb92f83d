using System.Globalization;
using System.Text;
using System.Text.Json;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>Values of the index as cells of an answer: texts or null, whatever the type.</summary>
internal static class CellValues
{
    public static string? Text(object? value, string? type)
    {
        switch (value)
        {
            case null or DBNull:
                return null;
            case long number:
                return type switch
                {
                    ColumnTypes.Boolean => number != 0 ? "true" : "false",
                    ColumnTypes.EntityId => string.Create(CultureInfo.InvariantCulture, $"syn{number}"),
                    _ => number.ToString(CultureInfo.InvariantCulture),
                };
            case double real:
                return type == ColumnTypes.EntityId ? "syn" + Real(real) : Real(real);
            case byte[] bytes:
                return Encoding.UTF8.GetString(bytes);
            default:
                return type == "ENTITYID_LIST" ? EntityIds((string)value) : (string)value;
        }
    }

    /// <summary>A double as MySQL prints it: the shortest text that reads back, with an exponent only where it would be long.</summary>
    public static string Real(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        var size = Math.Abs(value);
        if (size is 0 or (>= 1e-15 and < 1e15))
        {
            return value.ToString("0.#################################", CultureInfo.InvariantCulture) is var plain
                && double.Parse(plain, CultureInfo.InvariantCulture).Equals(value)
                ? plain
                : Shortest(value);
        }

        return Shortest(value);
    }

    private static string Shortest(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal)
            .Replace("E-0", "e-", StringComparison.Ordinal).Replace('E', 'e');

    // [5] in the index is ["syn5"] outside.
    private static string EntityIds(string list)
    {
        try
        {
            using var document = JsonDocument.Parse(list);
            var ids = document.RootElement.EnumerateArray()
                .Select(id => id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText())
                .Select(id => id.StartsWith("syn", StringComparison.OrdinalIgnoreCase) ? $"\"{id}\"" : $"\"syn{id}\"");
            return $"[{string.Join(',', ids)}]";
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            return list;
        }
    }
}

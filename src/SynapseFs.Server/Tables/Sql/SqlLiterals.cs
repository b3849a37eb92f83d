using System.Globalization;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>Literals as the index holds values of a column's type; what does not fit stays as it was written, and equals nothing.</summary>
internal static class SqlLiterals
{
    public static object Value(string? type, string text, bool isNumber)
    {
        switch (type)
        {
            case ColumnTypes.Boolean:
                return bool.TryParse(text, out var flag) ? (flag ? 1L : 0L) : Number(text) ?? text;
            case ColumnTypes.Date:
                return (object?)CellText.Date(text) ?? text;
            case ColumnTypes.EntityId:
                return EntityNumber(text) ?? (object)text;
            case null or ColumnTypes.Json:
                return isNumber ? Number(text) ?? text : text;
            default:
                return ColumnTypes.IsComparedAsText(type) ? text : Number(text) ?? text;
        }
    }

    /// <summary>A whole number, a fraction, or null.</summary>
    public static object? Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? real : null;
    }

    private static long? EntityNumber(string text)
    {
        var id = text.Trim();
        if (id.StartsWith("syn", StringComparison.OrdinalIgnoreCase))
        {
            id = id[3..];
        }

        var dot = id.IndexOf('.');
        return long.TryParse(dot < 0 ? id : id[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

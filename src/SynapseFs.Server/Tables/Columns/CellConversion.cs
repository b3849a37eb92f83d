using System.Globalization;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Columns;

/// <summary>
/// What becomes of a cell when its column becomes another one. What does not fit refuses the whole change, as MySQL's strict mode does:
/// no value is lost in silence.
/// </summary>
internal static class CellConversion
{
    public static string? Convert(ColumnModel from, ColumnModel to, string text)
    {
        var open = to with { EnumValues = null };
        try
        {
            if (ColumnTypes.IsList(to.ColumnType) && !ColumnTypes.IsList(from.ColumnType))
            {
                return CellText.Normalize(open, $"[{JsonSerializer.Serialize(text, WorldJson.Default.String)}]");
            }

            return CellText.Normalize(open, Reword(from.ColumnType, to.ColumnType, text));
        }
        catch (ServiceException refused)
        {
            throw ServiceException.BadRequest($"The column '{from.Name}' cannot be changed to {to.ColumnType}: {refused.Message}");
        }
    }

    // The stored form of one type as the other type reads it.
    private static string Reword(string? from, string? to, string text)
    {
        if (to == ColumnTypes.Boolean && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var flag))
        {
            return flag == 0 ? "false" : "true";
        }

        if (to is not (ColumnTypes.Integer or ColumnTypes.Date or ColumnTypes.Double or ColumnTypes.UserId or ColumnTypes.SubmissionId
            or ColumnTypes.EvaluationId))
        {
            return text;
        }

        return from switch
        {
            ColumnTypes.Boolean => text == "true" ? "1" : "0",
            ColumnTypes.EntityId => text[3..],
            ColumnTypes.Double when to != ColumnTypes.Double
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && Math.Abs(number) < long.MaxValue =>
                ((long)Math.Round(number, MidpointRounding.AwayFromZero)).ToString(CultureInfo.InvariantCulture),
            _ => text.Trim(),
        };
    }
}

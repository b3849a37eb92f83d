using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.Tables.Columns;

/// <summary>
/// Cell texts as they come in to their normal form by type: dates to milliseconds, ids with "syn" and without version, lists to compact
/// JSON. Source: TableModelUtils.validateValue and the value parsers.
/// </summary>
internal static partial class CellText
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;

    /// <summary>The normal form; null: the text says nothing (an empty list). Refuses with the reason, without the place.</summary>
    public static string? Normalize(ColumnModel column, string text)
    {
        var type = column.ColumnType;
        if (ColumnTypes.IsList(type))
        {
            return List(column, text);
        }

        switch (type)
        {
            case ColumnTypes.String:
                RequireLength(text, column.MaximumSize ?? ColumnTypes.DefaultString, "String");
                return InEnum(column, text);
            case ColumnTypes.Link:
                RequireLength(text, column.MaximumSize ?? ColumnTypes.DefaultString, "Link");
                return InEnum(column, text);
            case ColumnTypes.MediumText:
                RequireCharacters(text, ColumnTypes.MaxMediumText);
                return InEnum(column, text);
            case ColumnTypes.LargeText:
                RequireCharacters(text, ColumnTypes.MaxLargeText);
                return InEnum(column, text);
            case ColumnTypes.Json:
                var json = ObjectOrArray(text);
                RequireCharacters(json, ColumnTypes.MaxLargeText);
                return InEnum(column, json);
            default:
                return Scalar(type, text);
        }
    }

    /// <summary>Unix milliseconds of a number, an ISO-8601 text or <c>yy-M-d[ H:m[:s[.SSS]]]</c>, UTC unless a zone is named.</summary>
    public static long? Date(string text)
    {
        if (long.TryParse(text, Whole, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds;
        }

        var match = DatePattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        // Two digits are the year of this time, as Joda reads them.
        var year = Part(match, 1) is var written && match.Groups[1].Length == 2 ? 2000 + written : written;
        var (month, day, hour, minute, second) = (Part(match, 2), Part(match, 3), Part(match, 4), Part(match, 5), Part(match, 6));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var fraction = match.Groups[7].Value;
        var thousandths = fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(3, '0').AsSpan(0, 3), CultureInfo.InvariantCulture);
        var time = new DateTimeOffset(year, month, day, hour, minute, second, thousandths, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return time - (Zone(match.Groups[8].Value) * 60_000L);
    }

    private static string Scalar(string? type, string text)
    {
        switch (type)
        {
            case ColumnTypes.Boolean:
                return text.Equals("true", StringComparison.OrdinalIgnoreCase) ? "true"
                    : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? "false"
                    : throw ServiceException.BadRequest($"Not a boolean: {text}");
            case ColumnTypes.Date:
                return Date(text)?.ToString(CultureInfo.InvariantCulture)
                    ?? throw ServiceException.BadRequest($"Invalid format: \"{text}\" is malformed");
            case ColumnTypes.Double:
                return Double(text);
            case ColumnTypes.EntityId:
                return EntityId(text);
            default:
                return long.TryParse(text, Whole, CultureInfo.InvariantCulture, out var number)
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : throw ServiceException.BadRequest($"For input string: \"{text}\"");
        }
    }

    private static string Double(string text)
    {
        switch (text.Trim().ToUpperInvariant())
        {
            case "NAN":
                return "NaN";
            case "INF" or "+INF" or "INFINITY" or "+INFINITY" or "∞":
                return "Infinity";
            case "-INF" or "-INFINITY" or "-∞":
                return "-Infinity";
            default:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number.ToString("R", CultureInfo.InvariantCulture).Replace("∞", "Infinity", StringComparison.Ordinal)
                    : throw ServiceException.BadRequest($"For input string: \"{text}\"");
        }
    }

    private static string EntityId(string text)
    {
        var trimmed = text.Trim();
        var dot = trimmed.IndexOf('.');
        return EntityIds.Text(EntityIds.Parse(dot < 0 ? trimmed : trimmed[..dot]));
    }

    private static string? List(ColumnModel column, string text)
    {
        using var document = ParseArray(text);
        var count = document.RootElement.GetArrayLength();
        if (count == 0)
        {
            return null;
        }

        if (count > ColumnTypes.MaxListLength)
        {
            throw ServiceException.BadRequest($"value can not exceed {ColumnTypes.MaxListLength} elements in list: {text}");
        }

        if (count > (column.MaximumListLength ?? ColumnTypes.MaxListLength))
        {
            throw ServiceException.BadRequest(
                $"Exceeds the maximum number of list elements defined in the ColumnModel ({column.MaximumListLength}): \"{text}\"");
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = PlainText }))
        {
            writer.WriteStartArray();
            foreach (var element in document.RootElement.EnumerateArray())
            {
                WriteElement(writer, column, element);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static System.Text.Encodings.Web.JavaScriptEncoder PlainText =>
        System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static void WriteElement(Utf8JsonWriter writer, ColumnModel column, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            throw ServiceException.BadRequest("null value is not allowed");
        }

        var text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
        var type = ColumnTypes.Element(column.ColumnType);
        switch (type)
        {
            case ColumnTypes.String:
                RequireLength(text, column.MaximumSize ?? ColumnTypes.DefaultString, "String");
                writer.WriteStringValue(InEnum(column, text));
                break;
            case ColumnTypes.EntityId:
                writer.WriteStringValue(EntityId(text));
                break;
            default:
                writer.WriteRawValue(Scalar(type, text));
                break;
        }
    }

    private static JsonDocument ParseArray(string text)
    {
        var document = Parse(text) ?? (LooseJson.Strict(text) is { } strict ? Parse(strict) : null);
        if (document?.RootElement.ValueKind == JsonValueKind.Array)
        {
            return document;
        }

        document?.Dispose();
        throw ServiceException.BadRequest($"Not a JSON Array: {text}");
    }

    private static string ObjectOrArray(string text)
    {
        using var document = Parse(text);
        return document is { RootElement.ValueKind: JsonValueKind.Object or JsonValueKind.Array }
            ? text
            : LooseJson.Strict(text) ?? throw ServiceException.BadRequest($"Invalid JSON object or array: {text}");
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void RequireLength(string text, long most, string what)
    {
        if (text.Length > most)
        {
            throw ServiceException.BadRequest($"{what} '{text}' exceeds the maximum length of {most} characters.");
        }
    }

    private static void RequireCharacters(string text, int most)
    {
        if (text.Length > most)
        {
            throw ServiceException.BadRequest($"Exceeds the maximum number of characters: {most}");
        }
    }

    private static string InEnum(ColumnModel column, string text)
    {
        if (column.EnumValues is not { } allowed || allowed.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        throw ServiceException.BadRequest(
            allowed.Count > 10
                ? $"'{text}' is not a valid value for this column. See column definition for valid values."
                : $"'{text}' is not a valid value for this column. Valid values are: {string.Join(", ", allowed)}.");
    }

    private static int Part(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    // Minutes east of Greenwich.
    private static int Zone(string text)
    {
        if (text.Length < 5)
        {
            return 0;
        }

        var minutes = (int.Parse(text.AsSpan(1, 2), CultureInfo.InvariantCulture) * 60)
            + int.Parse(text.AsSpan(text.Length - 2), CultureInfo.InvariantCulture);
        return text[0] == '-' ? -minutes : minutes;
    }

    [GeneratedRegex(
        @"^([0-9]{1,4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,]([0-9]{1,9}))?)?)?"
        + @"(Z|[+-][0-9]{2}:?[0-9]{2})?$")]
    private static partial Regex DatePattern();
}

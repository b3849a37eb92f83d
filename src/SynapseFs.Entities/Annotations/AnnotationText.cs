using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SynapseFs.Api;

namespace SynapseFs.Entities.Annotations;

/// <summary>
/// An annotation as the text of an extended attribute: one value is its plain text, several are a JSON array whose elements keep
/// their type, none is <c>[]</c>. Moments are written in ISO-8601. Pure.
/// </summary>
internal static class AnnotationText
{
    // Text for people's eyes and for jq, never for a browser: letters of any script stay letters.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Format(AnnotationsValue annotation)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        var values = annotation.Value ?? [];
        // A text that looks like an array would be taken for one.
        return values.Count == 1 && !IsArray(values[0]) ? FormatOne(annotation.Type, values[0]) : FormatMany(annotation.Type, values);
    }

    /// <summary>As JSON: one value itself, several an array.</summary>
    public static void Write(Utf8JsonWriter writer, AnnotationsValue annotation)
    {
        var values = annotation.Value ?? [];
        if (values.Count == 1)
            WriteElement(writer, annotation.Type, values[0]);
        else
            WriteArray(writer, annotation.Type, values);
    }

    /// <summary>Whether a text is a JSON array.</summary>
    public static bool IsArray(string text)
    {
        if (!text.StartsWith('['))
            return false;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string FormatOne(string? type, string value) => type switch
    {
        AnnotationTypes.Timestamp => FormatMoment(value),
        AnnotationTypes.Boolean => FormatBoolean(value),
        _ => value,
    };

    private static string FormatMany(string? type, IReadOnlyList<string> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Json))
            WriteArray(writer, type, values);

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteArray(Utf8JsonWriter writer, string? type, IReadOnlyList<string> values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
            WriteElement(writer, type, value);
        writer.WriteEndArray();
    }

    private static void WriteElement(Utf8JsonWriter writer, string? type, string value)
    {
        if (type == AnnotationTypes.Long && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            writer.WriteNumberValue(number);
        else if (type == AnnotationTypes.Double && IsJsonNumber(value))
            writer.WriteRawValue(value);
        else if (type == AnnotationTypes.Boolean && bool.TryParse(value, out var truth))
            writer.WriteBooleanValue(truth);
        else
            writer.WriteStringValue(FormatOne(type, value));
    }

    // The service also stores NaN, infinities and Java's forms ("1d", ".5"), which JSON does not know; these stay text.
    private static bool IsJsonNumber(string value)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value));
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string FormatBoolean(string value) =>
        bool.TryParse(value, out var truth) ? (truth ? "true" : "false") : value;

    private static string FormatMoment(string value)
    {
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return value;
        }

        return SynapseDateConverter.Text(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }
}

using System.Globalization;
using System.Text.Json;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>JSON as people and their editors write it. Pure.</summary>
internal static class JsonText
{
    /// <param name="nothing">How nothing at all is written, for whoever left it out.</param>
    /// <exception cref="FsException">InvalidArgument, in words for a person.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text, string nothing)
    {
        try
        {
            return JsonDocument.Parse(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text);
        }
        catch (JsonException failure)
        {
            throw new FsException(
                FsError.InvalidArgument, text.Length == 0 ? $"It is empty; {nothing}." : $"It is no JSON{Where(failure)}.", failure);
        }
    }

    // Counted from 1, as editors do; the runtime's own sentence speaks of its parser.
    private static string Where(JsonException failure) => failure is { LineNumber: { } line, BytePositionInLine: { } column }
        ? string.Create(CultureInfo.InvariantCulture, $": it goes wrong at line {line + 1}, column {column + 1}")
        : string.Empty;

    /// <summary>As <see cref="Parse"/>, and an object.</summary>
    public static JsonDocument ParseObject(ReadOnlyMemory<byte> text, string nothing)
    {
        var json = Parse(text, nothing);
        if (json.RootElement.ValueKind == JsonValueKind.Object)
            return json;
        json.Dispose();
        throw new FsException(FsError.InvalidArgument, "It has to be one JSON object, { \"key\": value, … }.");
    }

    /// <summary>The properties of an object, each of which may stand there once.</summary>
    /// <exception cref="FsException">InvalidArgument, while they are gone through.</exception>
    public static IEnumerable<JsonProperty> Properties(JsonElement element)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            yield return seen.Add(property.Name)
                ? property
                : throw new FsException(FsError.InvalidArgument, $"The key '{property.Name}' stands there twice.");
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Api;

namespace SynapseFs.Server.Endpoints;

/// <summary>An entity and its annotations in one flat object, as GET /entity/{id}/json shows them.</summary>
internal static class FlatJson
{
    public static JsonObject Of(Entity entity, Annotations annotations)
    {
        var flat = JsonSerializer.SerializeToNode(entity, ApiJson.Default.Entity)!.AsObject();
        foreach (var (key, value) in annotations.Values ?? new Dictionary<string, AnnotationsValue>())
        {
            // An entity's own property wins over an annotation of its name.
            if (!flat.ContainsKey(key))
            {
                flat[key] = Node(value);
            }
        }

        return flat;
    }

    private static JsonNode? Node(AnnotationsValue value)
    {
        var texts = value.Value ?? [];
        return texts.Count switch
        {
            0 => JsonValue.Create(""),
            1 => Node(value.Type, texts[0]),
            _ => new JsonArray([.. texts.Select(text => Node(value.Type, text))]),
        };
    }

    private static JsonValue? Node(string? type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            "LONG" when long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) => JsonValue.Create(number),
            "DOUBLE" when double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) =>
                JsonValue.Create(number),
            "BOOLEAN" when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
            "TIMESTAMP_MS" when long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var time) => Time(time, text),
            _ => JsonValue.Create(text),
        };
    }

    private static JsonValue? Time(long milliseconds, string text)
    {
        var isDate = milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        return JsonValue.Create(isDate ? SynapseDateConverter.Text(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)) : text);
    }
}

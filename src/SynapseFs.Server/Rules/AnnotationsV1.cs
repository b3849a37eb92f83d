using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>
/// Annotations as the first API writes them: a map for each type, numbers and times bare. Booleans are texts there. Source:
/// AnnotationsV2Translator.
/// </summary>
internal static class AnnotationsV1
{
    private static readonly (string Map, string Type)[] Maps =
    [
        ("stringAnnotations", "STRING"), ("doubleAnnotations", "DOUBLE"), ("longAnnotations", "LONG"), ("dateAnnotations", "TIMESTAMP_MS"),
    ];

    public static JsonObject Of(Annotations annotations)
    {
        var written = new JsonObject { ["id"] = annotations.Id, ["etag"] = annotations.Etag };
        foreach (var (map, type) in Maps)
        {
            var values = new JsonObject();
            foreach (var (key, value) in annotations.Values ?? new Dictionary<string, AnnotationsValue>())
            {
                if (value.Type == type || (type == "STRING" && value.Type == "BOOLEAN"))
                {
                    values[key] = new JsonArray([.. (value.Value ?? []).Select(text => Node(type, text))]);
                }
            }

            written[map] = values;
        }

        written["blobAnnotations"] = new JsonObject();
        return written;
    }

    /// <summary>A map that is missing is empty; of a key in several maps the last counts.</summary>
    public static Annotations Read(JsonObject sent)
    {
        var values = new Dictionary<string, AnnotationsValue>(StringComparer.Ordinal);
        foreach (var (map, type) in Maps)
        {
            if (sent[map] is not { } node)
            {
                continue;
            }

            foreach (var (key, list) in node as JsonObject ?? throw ServiceException.BadRequest($"{map} must be an object"))
            {
                var texts = list switch
                {
                    null => [],
                    JsonArray array => array.OfType<JsonNode>().Select(item => Text(map, item)).ToArray(),
                    _ => throw ServiceException.BadRequest($"The value of {key} in {map} must be a list"),
                };
                values[key] = new AnnotationsValue { Type = type, Value = texts };
            }
        }

        return new Annotations { Id = TextOrNull(sent["id"]), Etag = TextOrNull(sent["etag"]), Values = values };
    }

    private static JsonValue? Node(string type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            "LONG" or "TIMESTAMP_MS" when long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) =>
                JsonValue.Create(number),
            "DOUBLE" when double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) =>
                JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static string Text(string map, JsonNode node) =>
        TextOrNull(node) ?? throw ServiceException.BadRequest($"{map} must hold lists of plain values");

    private static string? TextOrNull(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => null,
    };
}

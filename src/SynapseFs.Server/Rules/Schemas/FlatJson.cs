using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Api;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>An entity and its annotations in one flat object. Source: AnnotationsTranslatorImpl.writeToJsonObject.</summary>
internal static class FlatJson
{
    /// <param name="lists">Keys whose single value is written as a list, because the bound schema says array.</param>
    public static JsonObject Of(Entity entity, IReadOnlyDictionary<string, AnnotationsValue> annotations, IReadOnlySet<string> lists)
    {
        var flat = JsonSerializer.SerializeToNode(entity, ApiJson.Default.Entity)!.AsObject();
        foreach (var (key, value) in annotations)
        {
            // An entity's own property wins over an annotation of its name.
            if (!flat.ContainsKey(key))
            {
                flat[key] = Node(value, lists.Contains(key));
            }
        }

        return flat;
    }

    /// <summary>The properties that a validation schema calls arrays, wherever in it.</summary>
    public static IReadOnlySet<string> ListsOf(JsonObject? schema)
    {
        var lists = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, said) in schema is null ? [] : SchemaText.All(schema).SelectMany(Properties))
        {
            var type = said is JsonObject property && SchemaText.Ref(property) is { } name ? Resolve(schema!, name) : said as JsonObject;
            if (type?["type"] is JsonValue word && word.TryGetValue<string>(out var text) && text == "array")
            {
                lists.Add(key);
            }
            else
            {
                lists.Remove(key);
            }
        }

        return lists;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonObject schema) =>
        schema["properties"] is JsonObject properties ? properties : [];

    private static JsonObject? Resolve(JsonObject schema, string name) =>
        name.StartsWith(SchemaText.DefinitionRef, StringComparison.Ordinal)
            ? schema["definitions"]?[name[SchemaText.DefinitionRef.Length..]] as JsonObject
            : null;

    private static JsonNode? Node(AnnotationsValue value, bool isList)
    {
        var texts = value.Value ?? [];
        return texts.Count switch
        {
            0 => JsonValue.Create(""),
            1 when !isList => Node(value.Type, texts[0]),
            _ => new JsonArray([.. texts.Select(text => Node(value.Type, text))]),
        };
    }

    private static JsonNode? Node(string? type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            "LONG" when long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) => JsonValue.Create(number),
            // Parsed, not created: the digits after the point say that it is no integer.
            "DOUBLE" when double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) =>
                JsonNode.Parse(JavaNumbers.Text(number)),
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

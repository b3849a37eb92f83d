using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>
/// Reads a schema as Synapse's own record of it does: known keywords are kept, others dropped, wrong types refused. Type lists and
/// <c>true</c> and <c>false</c> as schemas are taken too: the official client's schemas of 2026 hold them.
/// </summary>
internal static class SchemaText
{
    public const string LocalRef = "#/";
    public const string DefinitionRef = "#/definitions/";

    /// <summary>Nesting of JSON; what wraps a schema in answers must fit below the reader's 64.</summary>
    private const int MaxDepth = 48;
    private const int MaxValueDepth = 8;

    private static readonly string[] Types = ["array", "boolean", "integer", "null", "number", "object", "string"];

    public static JsonObject Read(JsonElement schema) => Schema(schema, "schema", depth: 0);

    /// <summary>The schema and every schema in it.</summary>
    public static IEnumerable<JsonObject> All(JsonObject schema)
    {
        yield return schema;
        foreach (var inner in schema.SelectMany(Inner).SelectMany(All))
        {
            yield return inner;
        }
    }

    public static string? Ref(JsonObject schema) => (string?)schema["$ref"];

    private static IEnumerable<JsonObject> Inner(KeyValuePair<string, JsonNode?> pair) => pair.Key switch
    {
        "items" or "not" or "if" or "then" or "else" or "contains" or "additionalProperties" => Objects([pair.Value]),
        "allOf" or "anyOf" or "oneOf" => Objects(pair.Value!.AsArray()),
        "properties" or "definitions" => Objects(pair.Value!.AsObject().Select(inner => inner.Value)),
        _ => [],
    };

    private static IEnumerable<JsonObject> Objects(IEnumerable<JsonNode?> nodes) => nodes.OfType<JsonObject>();

    private static JsonObject Schema(JsonElement schema, string where, int depth)
    {
        Require(schema.ValueKind == JsonValueKind.Object, where, "an object");
        Require(depth < MaxDepth, where, "nested less deeply");
        var read = new JsonObject();
        foreach (var property in schema.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null))
        {
            if (Keyword(property.Name, property.Value, depth) is { } value)
            {
                read[property.Name] = value;
            }
        }

        return read;
    }

    private static JsonNode? Keyword(string name, JsonElement value, int depth)
    {
        switch (name)
        {
            case "$schema" or "$id" or "$ref" or "title" or "description" or "format" or "source" or "pattern":
                Require(value.ValueKind == JsonValueKind.String, name, "a string");
                return JsonValue.Create(value);
            case "type":
                return TypeOf(value);
            case "items" or "not" or "if" or "then" or "else" or "contains" or "additionalProperties":
                return SchemaOrFlag(value, name, depth);
            case "allOf" or "anyOf" or "oneOf":
                Require(value.ValueKind == JsonValueKind.Array, name, "an array");
                return new JsonArray([.. value.EnumerateArray().Select(inner => SchemaOrFlag(inner, name, depth + 1))]);
            case "properties" or "definitions":
                return Map(value, name, depth);
            case "enum":
                Require(value.ValueKind == JsonValueKind.Array, name, "an array");
                Require(DepthOf(value) <= MaxValueDepth, name, "nested less deeply");
                return JsonArray.Create(value);
            case "const" or "default":
                Require(DepthOf(value) <= MaxValueDepth, name, "nested less deeply");
                return Any(value);
            case "required":
                Require(
                    value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String),
                    name, "an array of strings");
                return JsonArray.Create(value);
            case "minLength" or "maxLength" or "minItems" or "maxItems":
                Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _), name, "an integer");
                return JsonValue.Create(value);
            case "minimum" or "maximum":
                Require(value.ValueKind == JsonValueKind.Number, name, "a number");
                return JsonValue.Create(value);
            case "uniqueItems":
                Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, name, "a boolean");
                return JsonValue.Create(value);
            default:
                return null;
        }
    }

    private static JsonNode SchemaOrFlag(JsonElement value, string name, int depth) => value.ValueKind switch
    {
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => Schema(value, name, depth + 1),
    };

    private static JsonObject Map(JsonElement value, string name, int depth)
    {
        Require(value.ValueKind == JsonValueKind.Object, name, "an object");
        var map = new JsonObject();
        foreach (var property in value.EnumerateObject())
        {
            map[property.Name] = SchemaOrFlag(property.Value, name, depth + 1);
        }

        return map;
    }

    private static JsonNode TypeOf(JsonElement value)
    {
        var names = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1);
        Require(
            names.All(name => name.ValueKind == JsonValueKind.String && Types.Contains(name.GetString())), "type",
            $"one of: {string.Join(", ", Types)}");
        return Any(value)!;
    }

    private static JsonNode? Any(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    private static int DepthOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(property => DepthOf(property.Value)).DefaultIfEmpty(0).Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(DepthOf).DefaultIfEmpty(0).Max(),
        _ => 0,
    };

    private static void Require(bool isRight, string name, string wanted)
    {
        if (!isRight)
        {
            throw ServiceException.BadRequest($"The value of '{name}' in a JSON schema must be {wanted}");
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SynapseFs.Api;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>What each type's keywords demand, in the words of the everit library.</summary>
internal sealed class SchemaChecks
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, Regex?> _patterns = new(StringComparer.Ordinal);

    public static IReadOnlyList<(string Type, string[] Keywords)> Keywords { get; } =
    [
        ("array", ["items", "minItems", "maxItems", "uniqueItems", "contains"]),
        ("object", ["properties", "required", "additionalProperties"]),
        ("number", ["minimum", "maximum"]),
        ("string", ["minLength", "maxLength", "pattern", "format"]),
    ];

    public static bool IsOfType(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => IsInteger(value),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };

    public static string JavaType(string type) => type switch
    {
        "string" => "String",
        "integer" => "Integer",
        "number" => "Number",
        "array" => "JSONArray",
        "object" => "JSONObject",
        "boolean" => "Boolean",
        _ => "null",
    };

    public static string JavaTypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "String",
        JsonValueKind.Number => IsInteger(value) ? "Long" : "Double",
        JsonValueKind.Array => "JSONArray",
        JsonValueKind.Object => "JSONObject",
        JsonValueKind.True or JsonValueKind.False => "Boolean",
        _ => "Null",
    };

    public static IReadOnlyList<SchemaViolation> Enum(JsonElement allowed, JsonElement value, SchemaPlace place) =>
        allowed.EnumerateArray().Any(one => Equal(one, value))
            ? []
            : [place.Violation("enum", $"{Shown(value)} is not a valid enum value")];

    /// <summary>Alike as JSON: numbers by value, objects whatever their order.</summary>
    public static bool Equal(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Number && other.ValueKind == JsonValueKind.Number
            ? one.GetRawText() == other.GetRawText() || one.GetDouble().Equals(other.GetDouble())
            : JsonElement.DeepEquals(one, other);

    public IReadOnlyList<SchemaViolation> Text(JsonElement schema, JsonElement value, SchemaPlace place)
    {
        var violations = new List<SchemaViolation>();
        var text = value.GetString()!;
        var length = text.EnumerateRunes().Count();
        if (Limit(schema, "minLength") is { } least && length < least)
        {
            violations.Add(place.Violation("minLength", $"expected minLength: {least}, actual: {length}"));
        }

        if (Limit(schema, "maxLength") is { } most && length > most)
        {
            violations.Add(place.Violation("maxLength", $"expected maxLength: {most}, actual: {length}"));
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !IsMatch(pattern.GetString()!, text))
        {
            violations.Add(place.Violation("pattern", $"string [{text}] does not match pattern {pattern.GetString()}"));
        }

        if (schema.TryGetProperty("format", out var format) && SchemaFormats.Refusal(format.GetString()!, text) is { } reason)
        {
            violations.Add(place.Violation("format", reason));
        }

        return violations;
    }

    public static IReadOnlyList<SchemaViolation> Number(JsonElement schema, JsonElement value, SchemaPlace place)
    {
        var violations = new List<SchemaViolation>();
        if (schema.TryGetProperty("minimum", out var least) && value.GetDouble() < least.GetDouble())
        {
            violations.Add(place.Violation("minimum", $"{Shown(value)} is not greater or equal to {Shown(least)}"));
        }

        if (schema.TryGetProperty("maximum", out var most) && value.GetDouble() > most.GetDouble())
        {
            violations.Add(place.Violation("maximum", $"{Shown(value)} is not less or equal to {Shown(most)}"));
        }

        return violations;
    }

    public static IReadOnlyList<SchemaViolation> Array(SchemaValidator validator, JsonElement schema, JsonElement value, SchemaPlace place)
    {
        var violations = new List<SchemaViolation>();
        var items = value.EnumerateArray().ToList();
        if (Limit(schema, "minItems") is { } least && items.Count < least)
        {
            violations.Add(place.Violation("minItems", $"expected minimum item count: {least}, found: {items.Count}"));
        }

        if (Limit(schema, "maxItems") is { } most && items.Count > most)
        {
            violations.Add(place.Violation("maxItems", $"expected maximum item count: {most}, found: {items.Count}"));
        }

        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True
            && items.Where((item, i) => items.Take(i).Any(earlier => Equal(earlier, item))).Any())
        {
            violations.Add(place.Violation("uniqueItems", "array items are not unique"));
        }

        if (schema.TryGetProperty("items", out var each))
        {
            violations.AddRange(items
                .Select((item, i) => (item, place.Inner(i.ToString(CultureInfo.InvariantCulture), "items")))
                .Select(pair => validator.Validate(each, pair.item, pair.Item2.Pointer, pair.Item2.Location))
                .OfType<SchemaViolation>());
        }

        if (schema.TryGetProperty("contains", out var contained)
            && !items.Any(item => validator.Validate(contained, item, place.Pointer, place.Location + "/contains") is null))
        {
            violations.Add(place.Violation("contains", "expected at least one array item to match 'contains' schema"));
        }

        return violations;
    }

    public static IReadOnlyList<SchemaViolation> Object(SchemaValidator validator, JsonElement schema, JsonElement value, SchemaPlace place)
    {
        var violations = new List<SchemaViolation>();
        if (schema.TryGetProperty("required", out var required))
        {
            violations.AddRange(required.EnumerateArray()
                .Select(name => name.GetString()!)
                .Where(name => !value.TryGetProperty(name, out _))
                .Select(name => place.Violation("required", $"required key [{name}] not found")));
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties);
        if (schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind != JsonValueKind.True)
        {
            foreach (var extra in value.EnumerateObject().Where(extra => !hasProperties || !properties.TryGetProperty(extra.Name, out _)))
            {
                var inner = place.Inner(extra.Name, "additionalProperties");
                var wrong = additional.ValueKind == JsonValueKind.False
                    ? place.Violation("additionalProperties", $"extraneous key [{extra.Name}] is not permitted")
                    : validator.Validate(additional, extra.Value, inner.Pointer, inner.Location);
                violations.AddRange(wrong is null ? [] : [wrong]);
            }
        }

        foreach (var property in hasProperties ? properties.EnumerateObject() : default)
        {
            var inner = place.Inner(property.Name, "properties/" + SchemaPlace.Escape(property.Name));
            if (value.TryGetProperty(property.Name, out var of)
                && validator.Validate(property.Value, of, inner.Pointer, inner.Location) is { } wrong)
            {
                violations.Add(wrong);
            }
        }

        return violations;
    }

    private static string Shown(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static long? Limit(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var limit) ? limit.GetInt64() : null;

    private static bool IsInteger(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    // A pattern that .NET cannot read matches nothing, and one that takes too long neither.
    private bool IsMatch(string pattern, string text)
    {
        if (!_patterns.TryGetValue(pattern, out var regex))
        {
            regex = Compile(pattern);
            _patterns.Add(pattern, regex);
        }

        try
        {
            return regex?.IsMatch(text) == true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternTime);
        }
        catch (NotSupportedException)
        {
            // Look-around and back references need the other engine, which the time limit keeps in bounds.
        }
        catch (ArgumentException)
        {
            return null;
        }

        return new Regex(pattern, RegexOptions.CultureInvariant, PatternTime);
    }
}

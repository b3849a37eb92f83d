using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Api;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>
/// Annotations that a schema gives to what is valid under it: constants and defaults of keys that are missing, also those of a
/// condition's branch that holds. Source: DerivedAnnotationVisitorImpl.
/// </summary>
internal sealed class DerivedAnnotations
{
    private const int MaxSteps = 2_000;

    private readonly SchemaValidator _validator;
    private readonly JsonObject _instance;
    private readonly HashSet<string> _present;
    private readonly Dictionary<string, AnnotationsValue> _found = new(StringComparer.Ordinal);
    private int _steps;

    private DerivedAnnotations(JsonElement schema, JsonElement instance)
    {
        _validator = new SchemaValidator(schema);
        _instance = JsonObject.Create(instance)!;
        _present = [.. instance.EnumerateObject().Select(property => property.Name)];
    }

    /// <summary>Empty when the instance, with the defaults filled in, is not valid.</summary>
    public static IReadOnlyDictionary<string, AnnotationsValue> Of(JsonElement schema, JsonElement instance)
    {
        var derived = new DerivedAnnotations(schema, instance);
        derived.AddProperties(schema);
        derived.FollowConditions(schema);
        var filled = new SchemaValidator(schema).Validate(derived.Filled());
        return filled is null ? derived._found : new Dictionary<string, AnnotationsValue>();
    }

    private JsonElement Filled() => JsonElement.Parse(_instance.ToJsonString());

    private void AddProperties(JsonElement schema)
    {
        foreach (var part in PartsOf(schema).ToList())
        {
            foreach (var property in part.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
            {
                if (!_present.Contains(property.Name))
                {
                    AddValues(property.Name, property.Value);
                }
            }
        }
    }

    private void AddValues(string key, JsonElement schema)
    {
        foreach (var part in PartsOf(schema).ToList())
        {
            if (part.TryGetProperty("default", out var otherwise) && !_instance.ContainsKey(key))
            {
                _instance[key] = JsonNode.Parse(otherwise.GetRawText());
            }

            if ((part.TryGetProperty("const", out var value) || part.TryGetProperty("default", out value))
                && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object))
            {
                var guessed = GuessedAnnotations.Value(key, value);
                _found[key] = _found.TryGetValue(key, out var known) ? Merge(known, guessed) : guessed;
            }
        }
    }

    private void FollowConditions(JsonElement schema)
    {
        foreach (var part in PartsOf(schema).ToList())
        {
            if (part.TryGetProperty("if", out var condition)
                && part.TryGetProperty(_validator.Matches(condition, Filled()) ? "then" : "else", out var branch))
            {
                AddProperties(branch);
                FollowConditions(branch);
            }
        }
    }

    /// <summary>The schema, what it refers to and what it combines: all that speaks of the same value.</summary>
    private IEnumerable<JsonElement> PartsOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || ++_steps > MaxSteps)
        {
            return [];
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return _validator.Resolve(reference.GetString()!) is { } named && named.GetRawText() != schema.GetRawText()
                ? PartsOf(named)
                : [];
        }

        var combined = ((string[])["allOf", "anyOf", "oneOf"])
            .SelectMany(keyword => schema.TryGetProperty(keyword, out var list) ? list.EnumerateArray().ToList() : [])
            .Concat(schema.TryGetProperty("contains", out var contained) ? [contained] : []);
        return combined.SelectMany(PartsOf).Prepend(schema);
    }

    private static AnnotationsValue Merge(AnnotationsValue known, AnnotationsValue more) => new()
    {
        Type = known.Type == more.Type ? known.Type : "STRING",
        Value = [.. (known.Value ?? []).Concat(more.Value ?? []).Distinct(StringComparer.Ordinal)],
    };
}

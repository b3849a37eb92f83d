using System.Globalization;
using System.Text.Json;
using SynapseFs.Api;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>
/// Validates against draft-07 as far as Synapse knows it, with the words and the nesting of the everit library that Synapse uses:
/// a schema with several kinds of keywords is an implied allOf of its parts. One instance validates one instance.
/// </summary>
internal sealed class SchemaValidator(JsonElement root)
{
    // A few kilobytes of references to references can ask for more steps than there are atoms.
    private const int MaxSteps = 100_000;
    private const int MaxDepth = 200;
    private const string TooMuch = "The schema takes too many steps to validate.";

    private readonly SchemaChecks _checks = new();
    private int _steps;
    private int _depth;

    public SchemaViolation? Validate(JsonElement instance) => Validate(root, instance, "#", "#");

    /// <summary>Whether the value satisfies a schema that stands in the root.</summary>
    public bool Matches(JsonElement schema, JsonElement value) => Validate(schema, value, "#", "#") is null;

    /// <summary>The schema that a reference names; null: it names nothing here.</summary>
    public JsonElement? Resolve(string reference)
    {
        if (reference == "#")
        {
            return root;
        }

        if (!reference.StartsWith(SchemaText.LocalRef, StringComparison.Ordinal))
        {
            return null;
        }

        var here = root;
        foreach (var step in reference[SchemaText.LocalRef.Length..].Split('/'))
        {
            var name = Uri.UnescapeDataString(step)
                .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(name, out here))
            {
                return null;
            }
        }

        return here;
    }

    public SchemaViolation? Validate(JsonElement schema, JsonElement value, string pointer, string location)
    {
        if (++_steps > MaxSteps || _depth > MaxDepth)
        {
            return new SchemaViolation { PointerToViolation = pointer, Message = TooMuch, SchemaLocation = location };
        }

        _depth++;
        try
        {
            return Wrap([.. Violations(schema, value, pointer, location)], pointer, location);
        }
        finally
        {
            _depth--;
        }
    }

    public static IReadOnlyList<string> Messages(SchemaViolation violation) =>
        violation.CausingExceptions.Count == 0
            ? [$"{violation.PointerToViolation}: {violation.Message}"]
            : [.. violation.CausingExceptions.OrderBy(cause => cause.CausingExceptions.Count > 0).SelectMany(Messages)];

    private IEnumerable<SchemaViolation> Violations(JsonElement schema, JsonElement value, string pointer, string location)
    {
        if (schema.ValueKind == JsonValueKind.False)
        {
            return
            [
                new SchemaViolation
                {
                    Keyword = "false",
                    PointerToViolation = pointer,
                    Message = "false schema always fails",
                    SchemaLocation = location,
                },
            ];
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Resolve(reference.GetString()!) is { } named && Validate(named, value, pointer, reference.GetString()!) is { } wrong
                ? [wrong]
                : [];
        }

        var parts = PartsOf(schema, value, pointer, location).ToList();
        return parts.Count == 1 ? parts[0]() : Combined("allOf", parts, pointer, location);
    }

    // Each part is evaluated on its own and yields what is wrong with it.
    private IEnumerable<Func<IReadOnlyList<SchemaViolation>>> PartsOf(
        JsonElement schema, JsonElement value, string pointer, string location)
    {
        foreach (var keyword in (string[])["allOf", "anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(keyword, out var list))
            {
                var inner = list.EnumerateArray().Select<JsonElement, Func<IReadOnlyList<SchemaViolation>>>(
                    (sub, i) => () => One(
                        Validate(sub, value, pointer, $"{location}/{keyword}/{i.ToString(CultureInfo.InvariantCulture)}")));
                yield return () => Combined(keyword, [.. inner], pointer, location);
            }
        }

        if (schema.TryGetProperty("enum", out var allowed))
        {
            yield return () => SchemaChecks.Enum(allowed, value, new SchemaPlace(pointer, location));
        }

        if (schema.TryGetProperty("not", out var not))
        {
            yield return () => Validate(not, value, pointer, location + "/not") is null
                ? [new SchemaPlace(pointer, location).Violation("not", $"subject must not be valid against schema {not.GetRawText()}")]
                : [];
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            yield return () => SchemaChecks.Equal(constant, value) ? [] : [new SchemaPlace(pointer, location).Violation("const", "")];
        }

        if (schema.TryGetProperty("if", out var condition))
        {
            yield return () => Conditional(schema, condition, value, pointer, location);
        }

        foreach (var part in TypedParts(schema))
        {
            yield return () => Typed(part, schema, value, pointer, location);
        }
    }

    private static IReadOnlyList<SchemaViolation> Combined(
        string criterion, List<Func<IReadOnlyList<SchemaViolation>>> parts, string pointer, string location)
    {
        var failures = parts.Select(part => Wrap(part(), pointer, location)).OfType<SchemaViolation>().ToList();
        var matching = parts.Count - failures.Count;
        var message = criterion switch
        {
            "allOf" when matching < parts.Count => $"only {matching} subschema matches out of {parts.Count}",
            "anyOf" when matching == 0 => $"no subschema matched out of the total {parts.Count} subschemas",
            "oneOf" when matching != 1 => $"{matching} subschemas matched instead of one",
            _ => null,
        };
        return message is null
            ? []
            : [new SchemaPlace(pointer, location).Violation(criterion, $"#: {message}") with { CausingExceptions = failures }];
    }

    private IReadOnlyList<SchemaViolation> Conditional(
        JsonElement schema, JsonElement condition, JsonElement value, string pointer, string location)
    {
        var branch = Validate(condition, value, pointer, location + "/if") is null ? "then" : "else";
        return schema.TryGetProperty(branch, out var chosen) && Validate(chosen, value, pointer, $"{location}/{branch}") is { } wrong
            ?
            [
                new SchemaPlace(pointer, location).Violation(branch, $"input is invalid against the \"{branch}\" schema") with
                {
                    CausingExceptions = [wrong],
                },
            ]
            : [];
    }

    /// <summary>The types that a schema speaks of: by name, or by keywords that only one type has.</summary>
    private static IEnumerable<string> TypedParts(JsonElement schema)
    {
        var named = schema.TryGetProperty("type", out var type);
        if (named)
        {
            yield return type.ValueKind == JsonValueKind.String ? type.GetString()! : "?";
        }

        foreach (var (name, keywords) in SchemaChecks.Keywords)
        {
            if (!(named && IsNamed(type, name)) && keywords.Any(keyword => schema.TryGetProperty(keyword, out _)))
            {
                yield return "~" + name;
            }
        }
    }

    private static bool IsNamed(JsonElement type, string name) => type.ValueKind == JsonValueKind.String
        ? type.GetString() == name || (name == "number" && type.GetString() == "integer")
        : type.EnumerateArray().Any(one => IsNamed(one, name));

    private IReadOnlyList<SchemaViolation> Typed(string part, JsonElement schema, JsonElement value, string pointer, string location)
    {
        if (part == "?")
        {
            var inner = schema.GetProperty("type").EnumerateArray().Select<JsonElement, Func<IReadOnlyList<SchemaViolation>>>(
                one => () => Typed(one.GetString()!, schema, value, pointer, location));
            return Combined("anyOf", [.. inner], pointer, location);
        }

        var isSniffed = part[0] == '~';
        var type = isSniffed ? part[1..] : part;
        var place = new SchemaPlace(pointer, location);
        if (!SchemaChecks.IsOfType(type, value))
        {
            return isSniffed
                ? []
                : [place.Violation("type", $"expected type: {SchemaChecks.JavaType(type)}, found: {SchemaChecks.JavaTypeOf(value)}")];
        }

        return type switch
        {
            "string" => _checks.Text(schema, value, place),
            "integer" or "number" => SchemaChecks.Number(schema, value, place),
            "array" => SchemaChecks.Array(this, schema, value, place),
            "object" => SchemaChecks.Object(this, schema, value, place),
            _ => [],
        };
    }

    private static IReadOnlyList<SchemaViolation> One(SchemaViolation? violation) => violation is null ? [] : [violation];

    private static SchemaViolation? Wrap(
        IReadOnlyList<SchemaViolation> violations, string pointer, string location) => violations.Count switch
        {
            0 => null,
            1 => violations[0],
            _ => new SchemaViolation
            {
                PointerToViolation = pointer,
                Message = $"{violations.Sum(Count)} schema violations found",
                SchemaLocation = location,
                CausingExceptions = violations,
            },
        };

    private static int Count(SchemaViolation violation) => Math.Max(1, violation.CausingExceptions.Sum(Count));
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>
/// Annotations from bare JSON values: types are guessed from how the values look. Source: AnnotationsTranslatorImpl.readFromJsonObject.
/// </summary>
internal static partial class GuessedAnnotations
{
    private static readonly string[] Common =
    [
        "name", "description", "id", "etag", "createdOn", "modifiedOn", "createdBy", "modifiedBy", "parentId", "concreteType",
    ];

    /// <summary>The annotations that a flat entity holds: all but what is a field of entities of its kind.</summary>
    public static Annotations Read(EntityKind kind, string entityId, JsonElement flat)
    {
        if (flat.ValueKind != JsonValueKind.Object)
        {
            throw ServiceException.BadRequest("A JSON object is required.");
        }

        foreach (var key in (string[])["id", "etag", "concreteType"])
        {
            if (!flat.TryGetProperty(key, out var given) || given.ValueKind != JsonValueKind.String)
            {
                throw ServiceException.BadRequest($"Expected JSON to include key: '{key}'");
            }
        }

        if (flat.GetProperty("concreteType").GetString() != kind.ConcreteType)
        {
            throw ServiceException.BadRequest($"The value of 'concreteType' does not match the type of Entity: '{entityId}'");
        }

        var fields = FieldsOf(kind);
        var values = new Dictionary<string, AnnotationsValue>(StringComparer.Ordinal);
        foreach (var property in flat.EnumerateObject().Where(property => !fields.Contains(property.Name)))
        {
            values[property.Name] = Value(property.Name, property.Value);
        }

        return new Annotations { Id = flat.GetProperty("id").GetString(), Etag = flat.GetProperty("etag").GetString(), Values = values };
    }

    public static AnnotationsValue Value(string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            throw ServiceException.BadRequest($"null is not allowed as a value for key: '{key}'");
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            var (type, text) = Single(key, value);
            return new AnnotationsValue { Type = type, Value = [text] };
        }

        string? common = null;
        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null)
            {
                throw ServiceException.BadRequest($"null is not allowed as a value in the list for key: '{key}'");
            }

            var (type, text) = Single(key, item);
            common = TypeOfBoth(key, common, type);
            texts.Add(text);
        }

        return new AnnotationsValue { Type = common, Value = texts };
    }

    private static string TypeOfBoth(string key, string? common, string type) => (common, type) switch
    {
        (null, _) => type,
        ("DOUBLE", "LONG") or ("LONG", "DOUBLE") => "DOUBLE",
        _ when common == type => type,
        _ => throw ServiceException.BadRequest($"List of mixed types found for key: '{key}'"),
    };

    private static (string Type, string Text) Single(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => ("BOOLEAN", "true"),
        JsonValueKind.False => ("BOOLEAN", "false"),
        JsonValueKind.Number => OfNumber(value),
        JsonValueKind.String => OfText(value.GetString()!),
        _ => throw ServiceException.BadRequest($"Cannot translate value at '{key}' to an Annotation"),
    };

    private static (string Type, string Text) OfNumber(JsonElement value) =>
        value.TryGetInt64(out var number) && value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? ("LONG", number.ToString(CultureInfo.InvariantCulture))
            : ("DOUBLE", JavaNumbers.Text(value.GetDouble()));

    private static (string Type, string Text) OfText(string text) =>
        DateTime().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? ("TIMESTAMP_MS", date.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
            : ("STRING", text);

    private static HashSet<string> FieldsOf(EntityKind kind)
    {
        var fields = new HashSet<string>([.. Common, .. kind.Fields], StringComparer.Ordinal);
        string[] more = kind.ShortName switch
        {
            "project" => ["alias"],
            "file" or "recordset" => ["dataFileHandleId", "fileNameOverride", "validationFileHandleId"],
            "dockerrepo" => ["isManaged"],
            "dataset" or "datasetcollection" => ["count", "size", "checksum"],
            _ => [],
        };
        fields.UnionWith(more);
        if (kind.IsVersionable)
        {
            fields.UnionWith(["versionNumber", "versionLabel", "versionComment", "isLatestVersion"]);
        }

        return fields;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex DateTime();
}

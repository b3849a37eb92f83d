using System.Globalization;
using System.Text.Json;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.Tables.Views;

/// <summary>Reads the fields of an entity that came as they came; what is of another type is refused by name.</summary>
internal static class FieldReader
{
    public static string? Text(this IReadOnlyDictionary<string, JsonElement> fields, string name) => fields.TryGetValue(name, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a text")
        : null;

    public static long? Number(this IReadOnlyDictionary<string, JsonElement> fields, string name) => fields.TryGetValue(name, out var value)
        ? Number(value, name)
        : null;

    /// <summary>A list of texts or numbers, as texts; empty when absent.</summary>
    public static IReadOnlyList<string> Texts(this IReadOnlyDictionary<string, JsonElement> fields, string name) =>
        [.. Items(fields, name).Select(item => item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!,
            JsonValueKind.Number => item.GetRawText(),
            _ => throw Wrong(name, "a list of texts"),
        })];

    /// <summary>The pairs of entity and version that a dataset or a collection holds; versions may be missing.</summary>
    public static IReadOnlyList<ViewItem> Pairs(this IReadOnlyDictionary<string, JsonElement> fields, string name) =>
        [.. Items(fields, name).Select(item => item.ValueKind == JsonValueKind.Object
            ? new ViewItem(Id(item), Version(item))
            : throw Wrong(name, "a list of objects"))];

    /// <summary>The fields with a list of ids in place of what the field was.</summary>
    public static Dictionary<string, JsonElement> With(
        IReadOnlyDictionary<string, JsonElement> fields, string name, IEnumerable<string> ids) =>
        new(fields, StringComparer.Ordinal) { [name] = JsonElement.Parse($"[{string.Join(',', ids.Select(id => $"\"{id}\""))}]") };

    private static JsonElement[] Items(IReadOnlyDictionary<string, JsonElement> fields, string name)
    {
        if (!fields.TryGetValue(name, out var value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Wrong(name, "a list");
    }

    private static long? Id(JsonElement item) => item.TryGetProperty("entityId", out var id) && id.ValueKind != JsonValueKind.Null
        ? EntityIds.Parse(id.ValueKind == JsonValueKind.String ? id.GetString() : id.GetRawText())
        : null;

    private static long? Version(JsonElement item) =>
        item.TryGetProperty("versionNumber", out var version) && version.ValueKind != JsonValueKind.Null
            ? Number(version, "versionNumber")
            : null;

    private static long Number(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(
            value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            => number,
        _ => throw Wrong(name, "an integer"),
    };

    private static ServiceException Wrong(string name, string expected) => ServiceException.BadRequest($"{name} must be {expected}");
}

using System.Text.Json;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Rows;

/// <summary>What a version of a table says of itself beyond its columns.</summary>
internal static class TableFields
{
    public const string Search = "isSearchEnabled";

    public static bool IsSearchEnabled(VersionRow? version) =>
        version?.Fields.TryGetValue(Search, out var field) == true && field.ValueKind == JsonValueKind.True;

    public static Dictionary<string, JsonElement> WithSearch(IReadOnlyDictionary<string, JsonElement> fields, bool isEnabled) =>
        new(fields, StringComparer.Ordinal) { [Search] = JsonElement.Parse(isEnabled ? "true" : "false") };
}

using System.Text.Json;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Rows;

/// <summary>What a version of a table says of itself beyond its columns.</summary>
internal static class TableFields
{
    public const string Search = "isSearchEnabled";
    public const string InProgress = "in progress";

    public static bool IsSearchEnabled(VersionRow? version) =>
        version?.Fields.TryGetValue(Search, out var field) == true && field.ValueKind == JsonValueKind.True;
}

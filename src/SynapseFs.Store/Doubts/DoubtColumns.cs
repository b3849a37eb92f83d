using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace SynapseFs.Store.Doubts;

/// <summary>A content in doubt as column values and back, in the order of <see cref="DoubtSql"/>; the paths are a JSON array.</summary>
internal static partial class DoubtColumns
{
    public static object?[] ToValues(DoubtfulContent content) =>
    [
        content.Key.Id, content.Key.Md5 ?? "", content.Length, (long)content.Finding,
        JsonSerializer.Serialize(content.Paths, PathsJson.Default.IReadOnlyListString),
    ];

    public static DoubtfulContent Read(SqliteDataReader reader) => new(
        new ContentKey(reader.GetString(0), reader.GetString(1) is { Length: > 0 } md5 ? md5 : null),
        reader.GetInt64(2), (DoubtFinding)reader.GetInt64(3), Paths(reader.GetString(4)));

    // Text that is no longer JSON is damage that SQLite cannot see.
    private static IReadOnlyList<string> Paths(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, PathsJson.Default.IReadOnlyListString) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    [JsonSerializable(typeof(IReadOnlyList<string>))]
    private sealed partial class PathsJson : JsonSerializerContext;
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>MySQL's JSON functions. JSON is text here; a text that is JSON already carries a mark on its way into other JSON.</summary>
internal static class SqlJson
{
    private const char Mark = '\ufdd0';
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Register(SqliteConnection connection)
    {
        SqlFunctions.Add(connection, "syn_json_mark", values => values[0] is string json ? Mark + json : null);
        SqlFunctions.Add(connection, "syn_json_object", Object);
        SqlFunctions.Add(connection, "syn_json_array", Array);
        SqlFunctions.Add(connection, "syn_json_quote", values => SqlFunctions.Text(values[0]) is { } text ? Quote(text) : null);
        SqlFunctions.Add(connection, "syn_json_unquote", values => SqlFunctions.Text(values[0]) is { } text ? Unquote(text) : null);
        SqlFunctions.Add(connection, "syn_json_scalar", values => Scalar(values[0]));
        SqlFunctions.Add(connection, "syn_json_extract", Extract);
        SqlFunctions.Add(connection, "syn_json_overlaps", Overlaps);
        SqlFunctions.Add(connection, "syn_json_search", Search);
    }

    /// <summary>The JSON of a value of SQL.</summary>
    public static string Of(object? value) => value switch
    {
        null or DBNull => "null",
        string text => text is [Mark, ..] ? text[1..] : Quote(text),
        double real when !double.IsFinite(real) => "null",
        _ => SqlFunctions.Text(value)!,
    };

    private static string? Object(object?[] values)
    {
        if (values.Length % 2 != 0)
        {
            return null;
        }

        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i += 2)
        {
            members[SqlFunctions.Text(values[i])?.TrimStart(Mark) ?? ""] = Of(values[i + 1]);
        }

        return $"{{{string.Join(", ", members.Select(member => $"{Quote(member.Key)}: {member.Value}"))}}}";
    }

    private static string Array(object?[] values) => $"[{string.Join(", ", values.Select(Of))}]";

    private static string Quote(string text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStringValue(text);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static string Unquote(string text) =>
        text is ['"', .., '"'] && Parse(text) is { RootElement.ValueKind: JsonValueKind.String } document
            ? document.RootElement.GetString()!
            : text;

    private static object? Scalar(object? value)
    {
        if (value is not string text || Parse(text) is not { } document)
        {
            return value;
        }

        var element = document.RootElement;
        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
            JsonValueKind.True => 1L,
            JsonValueKind.False => 0L,
            JsonValueKind.Null => null,
            _ => text,
        };
    }

    private static object? Extract(object?[] values)
    {
        if (SqlFunctions.Text(values[0]) is not { } text || Parse(text) is not { } document)
        {
            return null;
        }

        var found = new List<JsonElement>();
        var isMany = values.Length > 2;
        foreach (var path in values.Skip(1))
        {
            var steps = JsonPath.Parse(SqlFunctions.Text(path) ?? "");
            isMany |= steps.IsMany;
            steps.Find(document.RootElement, found);
        }

        return found.Count == 0 ? null
            : isMany ? $"[{string.Join(", ", found.Select(element => element.GetRawText()))}]"
            : found[0].GetRawText();
    }

    private static object? Overlaps(object?[] values)
    {
        if (SqlFunctions.Text(values[0]) is not { } left || SqlFunctions.Text(values[1]) is not { } right
            || Parse(left.TrimStart(Mark)) is not { } a || Parse(right.TrimStart(Mark)) is not { } b)
        {
            return null;
        }

        return SqlFunctions.Flag(Overlap(a.RootElement, b.RootElement));
    }

    private static bool Overlap(JsonElement a, JsonElement b)
    {
        if (a.ValueKind == JsonValueKind.Array || b.ValueKind == JsonValueKind.Array)
        {
            return Elements(a).Exists(x => Elements(b).Exists(y => JsonElement.DeepEquals(x, y)));
        }

        return a.ValueKind == JsonValueKind.Object && b.ValueKind == JsonValueKind.Object
            ? a.EnumerateObject().Any(member => b.TryGetProperty(member.Name, out var other) && JsonElement.DeepEquals(member.Value, other))
            : JsonElement.DeepEquals(a, b);
    }

    private static List<JsonElement> Elements(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    // JSON_SEARCH(json, 'one' | 'all', pattern [, escape [, path]]): the paths of the strings that match.
    private static object? Search(object?[] values)
    {
        if (SqlFunctions.Text(values[0]) is not { } text || Parse(text) is not { } document
            || SqlFunctions.Text(values[2]) is not { } pattern)
        {
            return null;
        }

        var escape = values.Length > 3 && SqlFunctions.Text(values[3]) is [var given, ..] ? given : '\\';
        var paths = new List<string>();
        Search(document.RootElement, "$", pattern, escape, paths);
        var quoted = paths.Select(Quote).ToList();
        return quoted.Count == 0 ? null
            : quoted.Count == 1 || SqlFunctions.Text(values[1]) is not "all" ? quoted[0]
            : $"[{string.Join(", ", quoted)}]";
    }

    private static void Search(JsonElement element, string path, string pattern, char escape, List<string> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String when LikePattern.Matches(element.GetString()!, pattern, escape):
                found.Add(path);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Search(item, $"{path}[{index++}]", pattern, escape, found);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Search(member.Value, $"{path}.{member.Name}", pattern, escape, found);
                }

                break;
        }
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

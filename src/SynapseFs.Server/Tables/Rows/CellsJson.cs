using System.Text.Encodings.Web;
using System.Text.Json;

namespace SynapseFs.Server.Tables.Rows;

/// <summary>The cells of a stored row: a JSON object of column id to cell text, in UTF-8. A null cell is left out.</summary>
internal static class CellsJson
{
    // Never shown to a browser: nothing needs to be escaped for one.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The texts by column id.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> cells)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(cells);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var id = reader.GetString()!;
                reader.Read();
                read[id] = reader.GetString()!;
            }
        }

        return read;
    }

    /// <summary>The texts in the order that <paramref name="places"/> gives the column ids.</summary>
    public static string?[] Read(ReadOnlySpan<byte> cells, IReadOnlyDictionary<string, int> places)
    {
        var read = new string?[places.Count];
        foreach (var (id, text) in Read(cells))
        {
            if (places.TryGetValue(id, out var place))
            {
                read[place] = text;
            }
        }

        return read;
    }

    public static byte[] Write(IEnumerable<KeyValuePair<string, string>> cells)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            foreach (var (id, text) in cells)
            {
                writer.WriteString(id, text);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

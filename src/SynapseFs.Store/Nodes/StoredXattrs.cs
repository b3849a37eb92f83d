using System.Collections;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Store.Nodes;

/// <summary>
/// Extended attributes as they lie in the table, one JSON object, read only when somebody asks: a listing of thousands of rows
/// wants lengths and times, hardly ever these. Held as UTF-8, half of what the text would take.
/// </summary>
internal sealed partial class StoredXattrs : IReadOnlyDictionary<string, string>
{
    private readonly Lazy<Dictionary<string, string>> _values;

    private StoredXattrs(byte[] json) => _values = new(() => Parse(json), LazyThreadSafetyMode.PublicationOnly);

    public int Count => _values.Value.Count;

    public IEnumerable<string> Keys => _values.Value.Keys;

    public IEnumerable<string> Values => _values.Value.Values;

    public string this[string key] => _values.Value[key];

    /// <param name="json">Empty for none.</param>
    public static IReadOnlyDictionary<string, string> FromUtf8(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? ReadOnlyDictionary<string, string>.Empty : new StoredXattrs(json.ToArray());

    public static string ToText(IReadOnlyDictionary<string, string> xattrs) =>
        JsonSerializer.Serialize(xattrs, XattrJson.Default.IReadOnlyDictionaryStringString);

    /// <summary>Null for none.</summary>
    public static string? ToText(IReadOnlyDictionary<string, byte[]> xattrs) =>
        xattrs.Count == 0 ? null : JsonSerializer.Serialize(xattrs, XattrJson.Default.IReadOnlyDictionaryStringByteArray);

    /// <summary>Values of any bytes; what cannot be read is none.</summary>
    public static IReadOnlyDictionary<string, byte[]> BytesFromText(string? text)
    {
        if (text is null)
            return ReadOnlyDictionary<string, byte[]>.Empty;
        try
        {
            return JsonSerializer.Deserialize(text, XattrJson.Default.DictionaryStringByteArray) ?? [];
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            return ReadOnlyDictionary<string, byte[]>.Empty;
        }
    }

    public bool ContainsKey(string key) => _values.Value.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => _values.Value.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Text that is no longer JSON is damage that SQLite cannot see; the attributes are asked for again with the next revision.</summary>
    private static Dictionary<string, string> Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, XattrJson.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    [JsonSerializable(typeof(Dictionary<string, string>))]
    [JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
    [JsonSerializable(typeof(Dictionary<string, byte[]>))]
    [JsonSerializable(typeof(IReadOnlyDictionary<string, byte[]>))]
    private sealed partial class XattrJson : JsonSerializerContext;
}

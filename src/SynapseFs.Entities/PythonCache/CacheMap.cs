using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SynapseFs.Entities.PythonCache;

/// <summary>A file that the Python client registered, as its map says.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Modified">The file's modification time by then, as the client writes it.</param>
/// <param name="Md5">In lower-case hex; null where an old client did not say.</param>
internal readonly record struct CachedFile(string Path, string Modified, string? Md5);

/// <summary>
/// The text of one <c>.cacheMap</c>: which files hold a file handle's content. What cannot be read is an empty map, as it is to the Python
/// client; members that are unknown here stay. Pure.
/// </summary>
internal sealed class CacheMap
{
    private const string ModifiedMember = "modified_time";
    private const string Md5Member = "content_md5";
    private const string WholeSecond = ".000Z";

    private readonly JsonObject _entries;

    private CacheMap(JsonObject entries) => _entries = entries;

    /// <summary>Newest first.</summary>
    public IEnumerable<CachedFile> Files => _entries
        .Select(entry => FileOf(entry.Key, entry.Value))
        .OfType<CachedFile>()
        .OrderByDescending(file => file.Modified, StringComparer.Ordinal);

    /// <summary>The map; null when the text is none, perhaps because somebody is just writing it.</summary>
    public static CacheMap? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject entries ? new CacheMap(entries) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static CacheMap Empty() => new([]);

    /// <summary>Registers a file in place of what was known of it.</summary>
    public void Put(CachedFile file) => _entries[file.Path] = new JsonObject
    {
        [ModifiedMember] = file.Modified,
        [Md5Member] = file.Md5,
    };

    /// <summary>As the Python client writes it: one line.</summary>
    public string ToText() => _entries.ToJsonString() + "\n";

    /// <summary>A full path as the client writes it.</summary>
    public static string KeyOf(string path) => OperatingSystem.IsWindows() ? path.ToLowerInvariant().Replace('\\', '/') : path;

    /// <summary>A file's time as the client writes it today: whole seconds, cut off.</summary>
    public static string TimeText(DateTime modified) =>
        modified.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + WholeSecond;

    /// <summary>Whether a file of that time is the registered one; clients of old wrote milliseconds, rounded.</summary>
    public static bool IsTimeOf(string registered, DateTime modified)
    {
        var utc = modified.ToUniversalTime();
        if (registered.EndsWith(WholeSecond, StringComparison.Ordinal))
            return registered == TimeText(utc);
        var rounded = new DateTime((utc.Ticks + TimeSpan.TicksPerMillisecond / 2) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond);
        return registered == rounded.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    // A plain string is what clients of old and R's wrote: the time alone.
    private static CachedFile? FileOf(string path, JsonNode? value) => value switch
    {
        JsonValue time when TextOf(time) is { } text => new CachedFile(path, text, null),
        JsonObject entry when TextOf(entry[ModifiedMember]) is { } text => new CachedFile(path, text, TextOf(entry[Md5Member])),
        _ => null,
    };

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Entities.Documents;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Provenance;

/// <summary>
/// An activity as one JSON object: <c>name</c>, <c>description</c>, and <c>used</c> and <c>executed</c> as lists of ids (<c>syn123.4</c>)
/// and addresses; an address with a name of its own is <c>{ "name": …, "url": … }</c>. Nothing recorded is <c>{}</c>. Pure.
/// </summary>
internal static class ProvenanceJson
{
    /// <summary>Bytes that the service has for an activity, compressed (provenance.Activity is kept in a BLOB).</summary>
    private const int Room = 64_000;

    private const string Name = "name";
    private const string Description = "description";
    private const string UsedItems = "used";
    private const string Executed = "executed";
    private const string Url = "url";

    // What java.net.URL knows, by which the service checks them.
    private static readonly string[] Schemes = ["http", "https", "ftp", "file", "jar", "mailto"];

    public static EntityDocument Write(Activity? activity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteText(writer, Name, activity?.Name);
            WriteText(writer, Description, activity?.Description);
            WriteItems(writer, UsedItems, activity, isExecuted: false);
            WriteItems(writer, Executed, activity, isExecuted: true);
            writer.WriteEndObject();
        }

        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        return EntityDocument.Of(json.RootElement);
    }

    /// <returns>Null: nothing is to be recorded.</returns>
    /// <exception cref="FsException">InvalidArgument, in words for a person.</exception>
    public static Activity? Read(ReadOnlyMemory<byte> text)
    {
        using var json = JsonText.Parse(text, "no provenance is {}");
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw Invalid("It has to be one JSON object, { \"name\": …, \"used\": [ … ], \"executed\": [ … ] }.");
        var fields = Fields(json.RootElement, Name, Description, UsedItems, Executed);
        if (fields.Count == 0)
            return null;
        var activity = new Activity
        {
            Name = Text(fields, Name),
            Description = Text(fields, Description),
            Used = [.. Items(fields, UsedItems, isExecuted: false).Concat(Items(fields, Executed, isExecuted: true)).Distinct()],
        };
        RequireRoom(activity);
        return activity;
    }

    private static void WriteText(Utf8JsonWriter writer, string field, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            writer.WriteString(field, text);
    }

    // In an order of our own: the service keeps a set.
    private static void WriteItems(Utf8JsonWriter writer, string field, Activity? activity, bool isExecuted)
    {
        var items = (activity?.Used ?? []).Where(item => (item.WasExecuted == true) == isExecuted)
            .OrderBy(item => item.Reference is null)
            .ThenBy(item => SynapseEntityId.TryParse(item.Reference?.TargetId, out var id) ? id.Number : 0)
            .ThenBy(item => item.Reference?.TargetVersionNumber)
            .ThenBy(item => item.Url, StringComparer.Ordinal).ToList();
        if (items.Count == 0)
            return;
        writer.WriteStartArray(field);
        foreach (var item in items)
            WriteItem(writer, item);
        writer.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter writer, Used item)
    {
        if (item.Reference is not null || string.IsNullOrEmpty(item.Name) || item.Name == item.Url)
        {
            writer.WriteStringValue(ProvenanceText.WordOf(item));
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(Name, item.Name);
        writer.WriteString(Url, item.Url);
        writer.WriteEndObject();
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement json, params ReadOnlySpan<string> known)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject())
        {
            if (!known.Contains(field.Name))
                throw Invalid($"'{field.Name}' is no field of it; there are {string.Join(", ", known.ToArray())}.");
            if (!fields.TryAdd(field.Name, field.Value))
                throw Invalid($"'{field.Name}' stands there twice.");
        }

        return fields;
    }

    private static string? Text(Dictionary<string, JsonElement> fields, string field) => !fields.TryGetValue(field, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Invalid($"'{field}' has to be a text.");

    private static IEnumerable<Used> Items(Dictionary<string, JsonElement> fields, string field, bool isExecuted)
    {
        if (!fields.TryGetValue(field, out var list))
            return [];
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(item => Item(item, field) with { WasExecuted = isExecuted })
            : throw Invalid($"'{field}' has to be a list, [ \"syn123.4\", \"https://…\" ].");
    }

    private static Used Item(JsonElement item, string field)
    {
        if (item.ValueKind == JsonValueKind.String)
            return Item(item.GetString()!, field, name: null);
        if (item.ValueKind != JsonValueKind.Object)
            throw Invalid($"'{field}' lists ids and addresses as texts, or addresses as {{ \"name\": …, \"url\": … }}.");
        var fields = Fields(item, Name, Url);
        return Item(Text(fields, Url) ?? throw Invalid($"An object in '{field}' needs a url."), field, Text(fields, Name));
    }

    private static Used Item(string text, string field, string? name)
    {
        if (name is null && text.StartsWith("syn", StringComparison.OrdinalIgnoreCase) && SynapseEntityId.TryParse(text, out var id))
            return new Used { ConcreteType = Used.Entity, Reference = new Reference { TargetId = id.Id, TargetVersionNumber = id.Version } };
        var isAddress = !text.StartsWith('/') && Uri.TryCreate(text, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme);
        return isAddress
            ? new Used { ConcreteType = Used.Address, Name = name ?? text, Url = text }
            : throw Invalid($"'{text}' in '{field}' is neither an id (syn123.4, or syn123 for the version of now) nor an address that Synapse "
                + "takes (https://…, ftp://…, file:///…).");
    }

    private static void RequireRoom(Activity activity)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(zip, activity, ActivityJson.Default.Activity);
        if (packed.Length > Room)
            throw Invalid($"It is too long: Synapse has room for {Room} bytes compressed, and it has {packed.Length}.");
    }

    private static FsException Invalid(string message) => new(FsError.InvalidArgument, message);
}

using System.Buffers;
using System.Text.Json;
using SynapseFs.Entities.Documents;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Access;

/// <summary>Who may do what as one JSON object: whether it is inherited, and by name a level or an array of access types. Pure.</summary>
internal static class SharingJson
{
    private const string Inherits = "inherits";
    private const string InheritsFrom = "inheritsFrom";
    private const string SharedWith = "sharedWith";

    /// <param name="names">Of every principal of the list.</param>
    public static EntityDocument Write(Sharing sharing, IReadOnlyDictionary<long, string> names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteBoolean(Inherits, sharing.IsInherited);
            if (sharing.IsInherited)
                writer.WriteString(InheritsFrom, sharing.Owner);
            writer.WriteStartObject(SharedWith);
            foreach (var (principal, types) in sharing.Granted)
            {
                writer.WritePropertyName(names[principal]);
                WriteTypes(writer, types);
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        return EntityDocument.Of(json.RootElement);
    }

    /// <exception cref="FsException">InvalidArgument, in words for a person.</exception>
    public static SharingText Read(ReadOnlyMemory<byte> text)
    {
        using var json = JsonText.ParseObject(text, $"what is above decides with {{ \"{Inherits}\": true }}");
        bool? inherits = null;
        string? from = null;
        IReadOnlyDictionary<string, IReadOnlySet<string>>? shared = null;
        foreach (var property in JsonText.Properties(json.RootElement))
        {
            switch (property.Name)
            {
                case Inherits:
                    inherits = property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
                        ? property.Value.GetBoolean()
                        : throw Invalid($"'{Inherits}' is true or false.");
                    break;
                case InheritsFrom:
                    from = property.Value.ValueKind == JsonValueKind.String
                        ? property.Value.GetString()
                        : throw Invalid($"'{InheritsFrom}' is an id such as \"syn123\", or left out.");
                    break;
                case SharedWith:
                    shared = ReadShared(property.Value);
                    break;
                default:
                    throw Invalid($"'{property.Name}' is unknown: there are {Inherits}, {InheritsFrom} and {SharedWith}.");
            }
        }

        if (inherits is null)
            throw Invalid($"It has to say whether what is above decides: \"{Inherits}\": true, or false.");
        if (inherits == false && shared is null)
            throw Invalid($"What inherits nothing needs a list of its own: \"{SharedWith}\": {{ \"NAME\": \"view\" }}.");
        return new SharingText(inherits.Value, from, shared);
    }

    private static void WriteTypes(Utf8JsonWriter writer, IReadOnlySet<string> types)
    {
        if (AccessLevels.LevelOf(types) is { } level)
        {
            writer.WriteStringValue(level);
            return;
        }

        writer.WriteStartArray();
        foreach (var type in AccessLevels.Order(types))
            writer.WriteStringValue(type);
        writer.WriteEndArray();
    }

    private static Dictionary<string, IReadOnlySet<string>> ReadShared(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Invalid($"'{SharedWith}' is an object: {{ \"NAME\": \"view\", … }}.");
        return JsonText.Properties(element).ToDictionary(
            entry => entry.Name, entry => ReadTypes(entry.Name, entry.Value), StringComparer.Ordinal);
    }

    private static IReadOnlySet<string> ReadTypes(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => AccessLevels.TypesOf(element.GetString()!)
            ?? throw Invalid($"'{name}': '{element.GetString()}' is no level; there are {AccessLevels.Words}, or an array of access types."),
        JsonValueKind.Array when element.GetArrayLength() > 0 =>
            element.EnumerateArray().Select(item => ReadType(name, item)).ToHashSet(StringComparer.Ordinal),
        _ => throw Invalid($"'{name}': it has a level ({AccessLevels.Words}) or an array of access types; who shall have none is left out."),
    };

    private static string ReadType(string name, JsonElement item)
    {
        var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();
        return AccessLevels.TypeOf(text) ?? throw Invalid($"'{name}': '{text}' is no access type of Synapse.");
    }

    private static FsException Invalid(string message) => new(FsError.InvalidArgument, message);
}

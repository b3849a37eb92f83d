using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>A list of texts that some clients send as bare numbers: ids of principals.</summary>
public sealed class LenientTextListConverter : JsonConverter<IReadOnlyList<string>>
{
    private static readonly LenientTextConverter Text = new();

    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A list was expected.");
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(Text.Read(ref reader, typeof(string), options) ?? throw new JsonException("A list of ids may not hold null."));
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartArray();
        foreach (var text in value)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}

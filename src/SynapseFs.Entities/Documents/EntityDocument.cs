using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using SynapseFs.Api;

namespace SynapseFs.Entities.Documents;

/// <summary>
/// An entity as indented JSON for people and for jq. The same entity gives the same bytes: its fields are put in order, because the
/// service promises none. Pure.
/// </summary>
internal sealed class EntityDocument
{
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private EntityDocument(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        Md5 = Convert.ToHexStringLower(Digest(bytes.Span));
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public string Md5 { get; }

    public static EntityDocument Of(Entity entity) => Of(JsonSerializer.SerializeToElement(entity, ApiJson.Default.Entity));

    /// <summary>A text as it is.</summary>
    public static EntityDocument OfText(ReadOnlyMemory<byte> text) => new(text);

    /// <summary>Any JSON about an entity.</summary>
    public static EntityDocument Of(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Pretty))
            Write(writer, json);
        buffer.Write("\n"u8);
        return new EntityDocument(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    // MD5 is the house's content check, as it is Synapse's; nothing here is kept safe by it.
#pragma warning disable CA5351 // MD5 names content here
    private static byte[] Digest(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351
}

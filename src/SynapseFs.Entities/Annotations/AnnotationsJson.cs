using System.Buffers;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Entities.Documents;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Annotations;

/// <summary>
/// All annotations of an entity as one JSON object: numbers, truths and texts are themselves, moments texts in ISO-8601, several values
/// an array. Types follow the same rules as in extended attributes. Pure.
/// </summary>
internal static class AnnotationsJson
{
    public static EntityDocument Write(IReadOnlyDictionary<string, AnnotationsValue> annotations)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in annotations)
            {
                writer.WritePropertyName(key);
                AnnotationText.Write(writer, value);
            }

            writer.WriteEndObject();
        }

        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        return EntityDocument.Of(json.RootElement);
    }

    /// <param name="present">What there is; a key that stays keeps its type where everything fits.</param>
    /// <exception cref="FsException">InvalidArgument, in words for a person.</exception>
    public static Dictionary<string, AnnotationsValue> Read(ReadOnlyMemory<byte> text, IReadOnlyDictionary<string, AnnotationsValue> present)
    {
        using var json = JsonText.ParseObject(text, "no annotations at all are {}");
        var annotations = new Dictionary<string, AnnotationsValue>(StringComparer.Ordinal);
        foreach (var property in json.RootElement.EnumerateObject())
        {
            var (key, value) = ReadOne(property, present);
            if (!annotations.TryAdd(key, value))
                throw Invalid($"The key '{key}' stands there twice.");
        }

        return annotations.Count > KeyText.MostKeys
            ? throw Invalid($"Synapse holds at most {KeyText.MostKeys} annotations of one thing, and these are {annotations.Count}.")
            : annotations;
    }

    private static (string Key, AnnotationsValue Value) ReadOne(
        JsonProperty property, IReadOnlyDictionary<string, AnnotationsValue> present)
    {
        try
        {
            var key = KeyText.Parse(property.Name);
            var scalars = AnnotationValues.Read(property.Value);
            return (key.Name, AnnotationValues.Resolve(scalars, key.Type, present.GetValueOrDefault(key.Name)));
        }
        catch (FsException refusal)
        {
            throw Invalid($"'{property.Name}': {refusal.Message}");
        }
    }

    private static FsException Invalid(string message) => new(FsError.InvalidArgument, message);
}

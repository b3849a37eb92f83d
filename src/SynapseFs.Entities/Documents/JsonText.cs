using System.Text.Json;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>JSON as people and their editors write it. Pure.</summary>
internal static class JsonText
{
    /// <param name="nothing">How nothing at all is written, for whoever left it out.</param>
    /// <exception cref="FsException">InvalidArgument, in words for a person.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text, string nothing)
    {
        try
        {
            return JsonDocument.Parse(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text);
        }
        catch (JsonException failure)
        {
            throw new FsException(
                FsError.InvalidArgument, text.Length == 0 ? $"It is empty; {nothing}." : $"It is no JSON: {failure.Message}", failure);
        }
    }
}

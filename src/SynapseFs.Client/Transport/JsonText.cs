using System.Text.Json;
using System.Text.Unicode;

namespace SynapseFs.Client.Transport;

/// <summary>Whether bytes are one JSON text from its first to its last character. Pure.</summary>
internal static class JsonText
{
    public static bool IsWhole(ReadOnlySpan<byte> text)
    {
        // The reader looks at escapes and structure only.
        if (!Utf8.IsValid(text))
            return false;
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

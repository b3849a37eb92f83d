using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Http;

/// <summary>Reads request bodies as Synapse does: JSON only, 2 MiB at most, ISO-8859-1 unless a charset is named.</summary>
internal static class JsonBodies
{
    private const int Limit = 2 << 20;

    public static async Task<T> ReadAsync<T>(this ServiceCall call, JsonTypeInfo<T> type) where T : class
    {
        var request = call.Http.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media) || media.MediaType != "application/json")
        {
            throw new ServiceException(ServiceError.UnsupportedMediaType, $"Content type '{request.ContentType}' not supported");
        }

        var body = await ReadAllAsync(call);
        try
        {
            var text = ToUtf8(body, media.CharSet);
            RequireWholeCharacters(text);
            return JsonSerializer.Deserialize(text, type)
                ?? throw ServiceException.BadRequest("The request body is empty.");
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or DecoderFallbackException)
        {
            throw ServiceException.BadRequest($"The request body cannot be read: {wrong.Message}");
        }
    }

    private static async Task<byte[]> ReadAllAsync(ServiceCall call)
    {
        var request = call.Http.Request;
        if (request.ContentLength > Limit)
        {
            throw TooLarge();
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 256));
        var slice = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(slice, call.Aborted)) > 0)
        {
            buffer.Write(slice, 0, read);
            call.BytesReceived += read;
            if (buffer.Length > Limit)
            {
                throw TooLarge();
            }
        }

        return buffer.ToArray();
    }

    // Half a surrogate pair is no character. Where a body is kept as it is, it would be found only when it is written again.
    private static void RequireWholeCharacters(byte[] text)
    {
        if (text.AsSpan().IndexOf("\\ud"u8) < 0 && text.AsSpan().IndexOf("\\uD"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                Unescape(ref reader);
            }
        }
    }

    private static void Unescape(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException(half.Message, half);
        }
    }

    private static ServiceException TooLarge() =>
        new(ServiceError.TooLarge, $"Request size exceeded the maximum of {Limit} bytes");

    private static byte[] ToUtf8(byte[] body, string? charset)
    {
        if (charset?.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase) == true || Ascii.IsValid(body))
        {
            return body;
        }

        return Encoding.Convert(Encoding.Latin1, Encoding.UTF8, body);
    }
}

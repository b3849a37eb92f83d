using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace SynapseFs.Server.Tests.Support;

/// <summary>A whole answer.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();
    public string? Reason => (string?)Json["reason"];

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), headers);
    }
}

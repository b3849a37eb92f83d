using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace SynapseFs.Client.Configuration;

/// <summary>
/// Looks into a personal access token before it is used. It is a JWT whose payload tells its scopes; without "view" every call would
/// be refused, so that is said at once. Tokens of another shape are opaque and pass, as in the official client.
/// </summary>
public static class AccessToken
{
    public static void Check(string token, string source)
    {
        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new SynapseConfigurationException(
                $"The token from {source} holds a blank or a character that no token has; copy it again.");
        if (Scopes(token) is { } scopes && !scopes.Contains("view"))
            throw new SynapseConfigurationException(
                $"The token from {source} lacks the scope 'view'; make one with view, download and modify in Synapse's account settings.");
    }

    /// <summary>The scopes the token carries, or null when it does not tell.</summary>
    public static IReadOnlyList<string>? Scopes(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return null;
        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(parts[1].TrimEnd('='))));
            if (payload.RootElement.ValueKind != JsonValueKind.Object
                || !payload.RootElement.TryGetProperty("access", out var access) || access.ValueKind != JsonValueKind.Object
                || !access.TryGetProperty("scope", out var scope) || scope.ValueKind != JsonValueKind.Array)
                return null;
            return [.. scope.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}

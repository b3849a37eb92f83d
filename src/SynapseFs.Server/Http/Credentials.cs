using Microsoft.AspNetCore.Http;

namespace SynapseFs.Server.Http;

/// <summary>Where a request carries its access token.</summary>
internal static class Credentials
{
    /// <summary>The token; null: the request is anonymous. The literal prefix and nothing like it: any other header means nobody.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        if (request.Headers["sessionToken"].ToString() is { Length: > 0 } token)
        {
            return token;
        }

        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..].Trim() : null;
    }
}

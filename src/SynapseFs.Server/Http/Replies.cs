using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Http;

/// <summary>Writes answers: JSON, bare text, nothing.</summary>
internal static class Replies
{
    public const string JsonType = "application/json;charset=UTF-8";

    public static Task JsonAsync<T>(this ServiceCall call, int status, T body, JsonTypeInfo<T> type) =>
        call.BytesAsync(status, JsonType, JsonSerializer.SerializeToUtf8Bytes(body, type));

    public static Task TextAsync(this ServiceCall call, int status, string text) =>
        call.BytesAsync(status, "text/plain;charset=UTF-8", Encoding.UTF8.GetBytes(text));

    /// <summary>A status with an empty body.</summary>
    public static Task NothingAsync(this ServiceCall call, int status)
    {
        call.Http.Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
        {
            call.Http.Response.ContentLength = 0;
        }

        call.LeaveThrottle();
        return Task.CompletedTask;
    }

    public static Task ErrorAsync(this ServiceCall call, ServiceException refused)
    {
        var response = call.Http.Response;
        if (refused.Error is ServiceError.Unauthenticated or ServiceError.RevokedToken)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"Synapse Repository Services\"";
        }

        var status = ErrorTable.Status(refused.Error);
        return call.Http.Request.Headers.Accept.ToString().StartsWith("text/plain", StringComparison.Ordinal)
            ? call.TextAsync(status, refused.Message)
            : call.JsonAsync(status, ErrorTable.Body(refused), ApiJson.Default.ErrorResponse);
    }

    public static async Task BytesAsync(this ServiceCall call, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = call.Http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        call.LeaveThrottle();
        await response.BodyWriter.WriteAsync(body, call.Aborted);
        call.BytesSent += body.Length;
    }
}

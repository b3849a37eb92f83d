using System.Net;
using System.Text.Json;
using SynapseFs.Api;

namespace SynapseFs.Client.Transport;

/// <summary>The one table from the service's refusals to <see cref="SynapseFailure"/>.</summary>
internal static class ApiErrors
{
    private const int LongestReason = 500;

    public static SynapseException FromAnswer(ApiCall call, ApiAnswer answer, string? token)
    {
        if (answer.Status is >= 300 and < 400)
            return new SynapseException(SynapseFailure.Unexpected,
                $"Synapse has moved: {call.Method} {call.Path} is redirected. Set the new addresses in [endpoints] of the configuration.",
                answer.Status)
            { Attempts = answer.Attempts };
        var error = ReadError(answer);
        var reason = ErrorText.Clean(ReasonOf(error) ?? $"{(HttpStatusCode)answer.Status}, without a reason.", token);
        return new SynapseException(FailureOf(answer.Status), $"Synapse refuses {call.Method} {call.Path} ({answer.Status}): {reason}",
            answer.Status, reason)
        { Attempts = answer.Attempts, Code = error?.ErrorCode };
    }

    public static SynapseException FromException(ApiCall call, Exception exception, int attempts)
    {
        var trouble = RetryRule.Judge(exception);
        var text = ErrorText.Of(exception);
        return trouble switch
        {
            Trouble.OutOfReach =>
                new SynapseException(SynapseFailure.Offline, $"Synapse is out of reach: {text}", reason: text) { Attempts = attempts },
            Trouble.Broken => new SynapseException(SynapseFailure.Offline,
                $"The connection to Synapse keeps breaking in {call.Method} {call.Path}: {text}", reason: text)
            { Attempts = attempts },
            _ => new SynapseException(SynapseFailure.Unexpected, $"{call.Method} {call.Path} failed: {text}",
                reason: text)
            { Attempts = attempts },
        };
    }

    /// <summary>For an answer that is not whole, after all tries.</summary>
    public static SynapseException Garbled(ApiCall call, ApiAnswer answer) => new(
        SynapseFailure.Unavailable, $"The answers to {call.Method} {call.Path} keep coming garbled or cut short.", answer.Status)
    { Attempts = answer.Attempts };

    /// <summary>For an answer that says something else than the contract knows: trying again would not change it.</summary>
    public static SynapseException Unreadable(ApiCall call, ApiAnswer answer) => new(
        SynapseFailure.Unexpected,
        $"The answer to {call.Method} {call.Path} is not Synapse's JSON but {answer.MediaType ?? "of no known type"}; "
            + "is the endpoint right, or is a login page between?",
        answer.Status);

    public static SynapseFailure FailureOf(int status) => status switch
    {
        400 or 405 or 406 or 415 => SynapseFailure.BadRequest,
        401 => SynapseFailure.Unauthorized,
        403 => SynapseFailure.Forbidden,
        404 => SynapseFailure.NotFound,
        409 or 423 => SynapseFailure.Conflict,
        412 => SynapseFailure.StaleEtag,
        413 => SynapseFailure.TooLarge,
        429 => SynapseFailure.Throttled,
        >= 500 => SynapseFailure.Unavailable,
        _ => SynapseFailure.Unexpected,
    };

    // Null: a load balancer's page, or nothing; its status says enough.
    private static ErrorResponse? ReadError(ApiAnswer answer)
    {
        try
        {
            return answer.Body.Length > 0 ? JsonSerializer.Deserialize(answer.Body, ApiJson.Default.ErrorResponse) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ReasonOf(ErrorResponse? error)
    {
        var reason = error?.Reason ?? error?.ErrorDescription ?? error?.Error;
        if (string.IsNullOrWhiteSpace(reason))
            return null;
        return reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…";
    }
}

using SynapseFs.Api;

namespace SynapseFs.Server.Errors;

/// <summary>The one table from the world's refusals to Synapse's statuses and bodies.</summary>
internal static class ErrorTable
{
    public static int Status(ServiceError error) => error switch
    {
        ServiceError.BadRequest => 400,
        ServiceError.Unauthenticated or ServiceError.RevokedToken => 401,
        ServiceError.Forbidden or ServiceError.InsufficientScope => 403,
        ServiceError.NotFound => 404,
        ServiceError.MethodNotAllowed => 405,
        ServiceError.Conflict => 409,
        ServiceError.Gone => 410,
        ServiceError.StaleEtag => 412,
        ServiceError.TooLarge => 413,
        ServiceError.UnsupportedMediaType => 415,
        ServiceError.Locked => 423,
        ServiceError.Throttled => 429,
        ServiceError.Unavailable => 503,
        // The one 5xx that clients do not repeat: no retry makes room.
        ServiceError.NoSpace => 507,
        _ => 500,
    };

    public static ErrorResponse Body(ServiceException refused) => refused.Error switch
    {
        // The throttles and the crash filter stand before the controllers and write bare reasons.
        ServiceError.Throttled or ServiceError.Unexpected => new ErrorResponse { Reason = refused.Message },
        ServiceError.InsufficientScope => OAuth("insufficient_scope", refused.Message),
        ServiceError.RevokedToken => OAuth("invalid_token", refused.Message),
        _ => new ErrorResponse { ConcreteType = SynapseTypes.ErrorResponse, Reason = refused.Message, ErrorCode = refused.Code },
    };

    private static ErrorResponse OAuth(string error, string description) => new()
    {
        ConcreteType = SynapseTypes.OAuthErrorResponse,
        Error = error,
        ErrorDescription = description,
        Reason = $"{error}. {description}",
    };
}

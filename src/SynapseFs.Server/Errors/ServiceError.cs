namespace SynapseFs.Server.Errors;

/// <summary>Why a call is refused, in the words of the world; <see cref="ErrorTable"/> turns them into statuses and bodies.</summary>
internal enum ServiceError
{
    BadRequest,
    Unauthenticated,
    RevokedToken,
    Forbidden,
    InsufficientScope,
    NotFound,
    MethodNotAllowed,
    Conflict,
    Gone,
    StaleEtag,
    TooLarge,
    UnsupportedMediaType,
    Locked,
    Throttled,
    Unavailable,
    NoSpace,
    Unexpected,
}

namespace SynapseFs.Server.Errors;

/// <summary>A call refused, with the reason that the caller reads. Reasons are Synapse's own sentences.</summary>
internal sealed class ServiceException(ServiceError error, string reason) : Exception(reason)
{
    public ServiceError Error { get; } = error;
    public string? Code { get; init; }

    public static ServiceException BadRequest(string reason) => new(ServiceError.BadRequest, reason);

    public static ServiceException Forbidden(string reason) => new(ServiceError.Forbidden, reason);

    public static ServiceException NotFound(string reason) => new(ServiceError.NotFound, reason);

    public static ServiceException Conflict(string reason) => new(ServiceError.Conflict, reason);

    public static ServiceException NoSpace() => new(ServiceError.NoSpace, "The disk of this server is full; nothing was stored.");

    public static ServiceException Stale(string reason) => new(ServiceError.StaleEtag, reason);
}

using SynapseFs.Client;
using SynapseFs.Vfs;

namespace SynapseFs.Entities;

/// <summary>The one table from the service's failures to the filesystem's.</summary>
internal static class SynapseErrors
{
    /// <summary>
    /// What a caller hears. A service that is out of reach, in trouble or tired of us is one and the same to a reader: what is known
    /// is served, the rest has to wait.
    /// </summary>
    public static FsError ToFsError(SynapseFailure failure) => failure switch
    {
        SynapseFailure.NotFound => FsError.NotFound,
        SynapseFailure.Forbidden or SynapseFailure.StorageRefused => FsError.AccessDenied,
        SynapseFailure.Unauthorized => FsError.NotSignedIn,
        SynapseFailure.Conflict => FsError.AlreadyExists,
        SynapseFailure.StaleEtag => FsError.Conflict,
        SynapseFailure.BadRequest => FsError.InvalidArgument,
        SynapseFailure.TooLarge => FsError.TooLarge,
        SynapseFailure.Offline or SynapseFailure.Unavailable or SynapseFailure.Throttled => FsError.Offline,
        SynapseFailure.StorageDown => FsError.StorageDown,
        SynapseFailure.NotSupported => FsError.NotSupported,
        _ => FsError.InputOutput,
    };

    public static FsException Translate(SynapseException exception, string what) =>
        new(ToFsError(exception.Failure), $"{what}: {exception.Message}{Remedy(exception.Failure)}", exception);

    private static string Remedy(SynapseFailure failure) =>
        failure == SynapseFailure.Unauthorized
            ? " (the token has ended or was revoked: run synapsefs login, then unmount and mount again)"
            : "";

    /// <summary>The call's answer, its failure told in the filesystem's words.</summary>
    /// <param name="call">A call on its way.</param>
    /// <param name="what">What was asked about, for the message.</param>
    public static async Task<T> ForAsync<T>(this Task<T> call, string what)
    {
        try
        {
            return await call;
        }
        catch (SynapseException exception)
        {
            throw Translate(exception, what);
        }
    }

    /// <summary>As <see cref="ForAsync{T}"/>, with null for a thing that is not there or hidden from the caller.</summary>
    public static async Task<T?> OrNullAsync<T>(this Task<T> call, string what)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (SynapseException exception) when (exception.Failure is SynapseFailure.NotFound or SynapseFailure.Forbidden)
        {
            return null;
        }
        catch (SynapseException exception)
        {
            throw Translate(exception, what);
        }
    }
}

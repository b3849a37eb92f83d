using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>The one table from the store's failures to what a writer hears.</summary>
internal static class StoreFailures
{
    public static FsException Translate(StoreException failure) => new(
        failure.Failure switch
        {
            StoreFailure.Full => FsError.NoSpace,
            StoreFailure.NameTaken => FsError.AlreadyExists,
            _ => FsError.InputOutput,
        },
        failure.Message, failure);

    /// <exception cref="FsException">NoSpace, AlreadyExists, InputOutput.</exception>
    public static T Translated<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (StoreException failure)
        {
            throw Translate(failure);
        }
    }
}

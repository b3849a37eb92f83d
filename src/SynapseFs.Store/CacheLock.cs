using System.Globalization;
using System.Text;

namespace SynapseFs.Store;

/// <summary>
/// Keeps a cache directory to one process. The operating system drops the lock with the process, however that ends. The process's number
/// stands in a file of its own, as the locked one cannot be read beside its holder; it only serves the sentence that refuses the next.
/// </summary>
internal sealed class CacheLock : IDisposable
{
    private readonly FileStream _file;

    private CacheLock(FileStream file) => _file = file;

    public static CacheLock Take(string directory)
    {
        var path = Path.Combine(directory, "lock");
        var holderPath = Path.Combine(directory, "pid");
        FileStream file;
        try
        {
            file = PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw Busy(directory, holderPath, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, path);
        }
        try
        {
            using var holder = PrivateFiles.Open(holderPath, FileMode.Create, FileShare.ReadWrite);
            holder.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return new CacheLock(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw StoreErrors.ToStoreException(exception, holderPath);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>What .NET reports for a refused lock: EWOULDBLOCK (11 on Linux, 35 on macOS), a sharing violation on Windows.</summary>
    private static bool IsLocked(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static StoreException Busy(string directory, string holderPath, IOException exception)
    {
        var holder = Holder(holderPath) is { } pid ? $"process {pid}" : "another process";
        return new StoreException(
            StoreFailure.Busy,
            $"The cache directory {directory} is in use by {holder}: unmount that mount first, or mount with another one (mount --cache-dir).",
            exception);
    }

    private static int? Holder(string holderPath)
    {
        try
        {
            return int.TryParse(File.ReadAllText(holderPath, Encoding.ASCII), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

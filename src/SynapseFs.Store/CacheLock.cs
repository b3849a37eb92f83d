using System.Globalization;
using System.Text;

namespace SynapseFs.Store;

/// <summary>
/// Keeps a cache directory to one process. The operating system drops the lock with the process, however that ends; the number written
/// inside only serves the sentence that refuses the next one.
/// </summary>
internal sealed class CacheLock : IDisposable
{
    private readonly FileStream _file;

    private CacheLock(FileStream file) => _file = file;

    public static CacheLock Take(string directory)
    {
        var path = Path.Combine(directory, "lock");
        FileStream file;
        try
        {
            file = PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw Busy(directory, path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, path);
        }
        try
        {
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return new CacheLock(file);
        }
        catch (IOException exception)
        {
            file.Dispose();
            throw StoreErrors.ToStoreException(exception, path);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>What .NET reports for a refused lock: EWOULDBLOCK (11 on Linux, 35 on macOS), a sharing violation on Windows.</summary>
    private static bool IsLocked(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static StoreException Busy(string directory, string path, IOException exception)
    {
        var holder = Holder(path) is { } pid ? $"process {pid}" : "another process";
        return new StoreException(
            StoreFailure.Busy,
            $"The cache directory {directory} is in use by {holder}: unmount that mount first, or give this one its own with --cache-dir.",
            exception);
    }

    private static int? Holder(string path)
    {
        try
        {
            // Sharing everything takes no lock of its own, so this reads beside the holder.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.ASCII);
            return int.TryParse(reader.ReadToEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

namespace SynapseFs.Store;

/// <summary>The one table from the operating system's file errors to ours.</summary>
internal static class StoreErrors
{
    // On Unix an IOException's HResult is the errno; on Windows it wraps the Win32 code.
    private const int NoSpaceUnix = 28;
    private const int ReadOnlyFileSystemUnix = 30;
    private const int NotADirectoryUnix = 20;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);

    public static bool IsDiskFull(Exception exception) =>
        exception is IOException { HResult: NoSpaceUnix or QuotaLinux or QuotaMac or DiskFullWindows or HandleDiskFullWindows };

    public static StoreException Full(string path, Exception? exception) =>
        new(StoreFailure.Full, $"The disk that holds {path} is full: free some space, or use another directory with --cache-dir.", exception);

    public static StoreException ToStoreException(Exception exception, string path) => exception switch
    {
        _ when IsDiskFull(exception) => Full(path, exception),
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystemUnix } => NotWritable(path, exception),
        IOException { HResult: NotADirectoryUnix } => NotADirectory(path, exception),
        DirectoryNotFoundException or FileNotFoundException => NotWritable(path, exception),
        _ => new StoreException(StoreFailure.InputOutput, $"{path} failed: {exception.Message}", exception),
    };

    public static StoreException NotADirectory(string path, Exception? exception) => new(
        StoreFailure.NotADirectory, $"{path} is not a directory: move the file away, or use another directory with --cache-dir.", exception);

    private static StoreException NotWritable(string path, Exception exception) => new(
        StoreFailure.NotWritable, $"{path} cannot be written: correct its permissions, or use another directory with --cache-dir.", exception);
}

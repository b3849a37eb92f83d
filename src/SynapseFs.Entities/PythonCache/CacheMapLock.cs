using SynapseFs.Store;

namespace SynapseFs.Entities.PythonCache;

/// <summary>
/// The Python client's lock on one handle's directory: a directory that whoever makes it holds, for at most ten seconds, after which anybody
/// may take it over.
/// </summary>
internal sealed class CacheMapLock : IDisposable
{
    private const string Name = ".cacheMap.lock";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(70);

    private readonly string _path;

    private CacheMapLock(string path) => _path = path;

    /// <summary>Waits up to 70 seconds, as the Python client does; null when it is still held then.</summary>
    /// <param name="directory">The handle's, which is there.</param>
    /// <param name="time">The clock, which is also the file system's.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static async Task<CacheMapLock?> TakeAsync(string directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, Name);
        var given = time.GetTimestamp();
        while (!NewDirectory.TryCreate(path) && !TryTakeOver(path, time))
        {
            if (time.GetElapsedTime(given) > Patience)
                return null;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return new CacheMapLock(path);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody thought it forgotten and took it.
        }
    }

    private static bool TryTakeOver(string path, TimeProvider time)
    {
        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (!Directory.Exists(path) || now - Directory.GetLastWriteTimeUtc(path) <= Longest)
                return false;
            Directory.SetLastWriteTimeUtc(path, now);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

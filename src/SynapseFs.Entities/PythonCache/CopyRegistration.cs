using System.Security.Cryptography;

namespace SynapseFs.Entities.PythonCache;

/// <summary>
/// Copies a content into the Python client's cache and registers it there: complete and with its MD5 before it has its name, and named in the
/// map before anybody could take it for a stray.
/// </summary>
internal static class CopyRegistration
{
    private const long RoomToLeave = 1L << 30;
    private const int Piece = 1 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="handle">The file handle's number.</param>
    /// <param name="name">The handle's file name.</param>
    /// <param name="md5">Of the content, in lower-case hex.</param>
    /// <param name="length">Of the content, in bytes.</param>
    /// <param name="whole">The content from its start.</param>
    /// <returns>The path of the copy; null when the client has it already.</returns>
    /// <exception cref="IOException">There is no room, something else has its name, or the disk fails.</exception>
    public static async Task<string?> RunAsync(
        PythonClientCache cache, string handle, string name, string md5, long length, Stream whole, CancellationToken cancellationToken)
    {
        if (cache.DirectoryOf(handle) is not { } directory || name.Length == 0 || Path.GetFileName(name) != name || name.StartsWith('.'))
            return null;
        var map = await cache.ReadMapAsync(directory, cancellationToken);
        if (map.Files.Any(file => IsThere(file, md5, length)))
            return null;
        CreateDirectory(directory);
        var path = Path.Combine(directory, name);
        if (File.Exists(path))
            throw new IOException("another file has its name there.");
        if (new DriveInfo(directory).AvailableFreeSpace - length < RoomToLeave)
            throw new IOException("the disk would be nearly full.");
        await CopyAsync(path, md5, whole, cancellationToken);
        try
        {
            var file = new CachedFile(CacheMap.KeyOf(path), CacheMap.TimeText(File.GetLastWriteTimeUtc(path)), md5);
            await RegisterAsync(cache, directory, file, cancellationToken);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static bool IsThere(CachedFile file, string md5, long length)
    {
        using var opened = file.Md5 == md5 ? PythonClientCache.TryOpen(file, length) : null;
        return opened is not null;
    }

    private static async Task CopyAsync(string path, string md5, Stream whole, CancellationToken cancellationToken)
    {
        var part = $"{path}.{Guid.NewGuid():n}.part";
        try
        {
#pragma warning disable CA5351 // the remote service's sum; it guards against mishaps, not malice
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
            await using (var copy = new FileStream(part, New()))
            {
                var buffer = new byte[Piece];
                for (int count; (count = await whole.ReadAsync(buffer, cancellationToken)) > 0;)
                {
                    sum.AppendData(buffer, 0, count);
                    await copy.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }

                copy.Flush(flushToDisk: true);
            }

            if (Convert.ToHexStringLower(sum.GetHashAndReset()) != md5)
                throw new IOException("its copy does not have its MD5.");
            File.Move(part, path, overwrite: false);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task RegisterAsync(PythonClientCache cache, string directory, CachedFile file, CancellationToken cancellationToken)
    {
        using var held = await CacheMapLock.TakeAsync(directory, cache.Time, cancellationToken)
            ?? throw new IOException("the Python client has held its lock for too long.");
        var map = await cache.ReadMapAsync(directory, cancellationToken);
        map.Put(file);
        var written = $"{PythonClientCache.MapOf(directory)}.{Guid.NewGuid():n}";
        try
        {
            await File.WriteAllTextAsync(written, map.ToText(), cancellationToken);
            File.Move(written, PythonClientCache.MapOf(directory), overwrite: true);
        }
        finally
        {
            File.Delete(written);
        }
    }

    private static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Store;

namespace SynapseFs.Entities.PythonCache;

/// <summary>
/// The official Python client's cache of whole files, by its own rules (its <c>core/cache.py</c> and <c>core/lock.py</c>): what it has is read
/// instead of downloaded, and what was read whole here is registered there if wanted. What is there is never changed or removed.
/// </summary>
public sealed class PythonClientCache
{
    /// <summary>Directories below the root: file handles by their number modulo this.</summary>
    private const long Buckets = 1000;
    private const string MapName = ".cacheMap";

    private static readonly TimeSpan WriterPause = TimeSpan.FromMilliseconds(50);

    private readonly string _root;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, bool> _mistrusted = new();

    /// <param name="root">Usually ~/.synapseCache; need not exist.</param>
    /// <param name="time">The clock.</param>
    /// <param name="registers">Whether files that were read whole here are to be copied there.</param>
    /// <param name="log">Where it tells what it did.</param>
    public PythonClientCache(string root, bool registers, TimeProvider time, ILogger log)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        (_root, Registers, Time, _log) = (Path.GetFullPath(root), registers, time, log);
    }

    /// <summary>Whether files that were read whole here are copied there.</summary>
    public bool Registers { get; }

    internal TimeProvider Time { get; }

    /// <summary>Whether it has a copy of that content.</summary>
    internal async Task<bool> HasAsync(ContentKey content, long length, CancellationToken cancellationToken)
    {
        if (content.Md5 is not { } md5)
            return false;
        await using var copy = await OpenRangeAsync(content.Id, md5, length, 0, 1, cancellationToken);
        return copy is not null;
    }

    /// <summary>The bytes of a file handle from a copy of the client's; null when it has none that is as it was registered.</summary>
    /// <param name="md5">Of the content, in lower-case hex.</param>
    /// <param name="contentLength">Of the content, in bytes.</param>
    /// <param name="length">How many from <paramref name="offset"/> on; null: to the end.</param>
    internal async Task<Stream?> OpenRangeAsync(
        string handle, string md5, long contentLength, long offset, long? length, CancellationToken cancellationToken)
    {
        if (DirectoryOf(handle) is not { } directory || !Directory.Exists(directory) || _mistrusted.ContainsKey(handle))
            return null;
        foreach (var file in (await ReadMapAsync(directory, cancellationToken)).Files)
        {
            if ((file.Md5 is null || file.Md5.Equals(md5, StringComparison.OrdinalIgnoreCase)) && TryOpen(file, contentLength) is { } opened)
            {
                Log.CopyUsed(_log, file.Path, handle);
                return new LocalCopyStream(opened, file.Path, offset, length is { } count ? offset + count : contentLength);
            }
        }

        return null;
    }

    /// <summary>What came for the file handle is not its content: it is downloaded from now on.</summary>
    internal void Mistrust(string handle)
    {
        if (DirectoryOf(handle) is { } directory && Directory.Exists(directory) && _mistrusted.TryAdd(handle, true))
            Log.CopyWrong(_log, directory);
    }

    /// <summary>Copies a content there, unless the client has it; what stands in the way is logged.</summary>
    internal async Task RegisterAsync(
        string handle, string name, string md5, long length, Stream whole, CancellationToken cancellationToken)
    {
        try
        {
            if (await CopyRegistration.RunAsync(this, handle, name, md5, length, whole, cancellationToken) is { } path)
                Log.Registered(_log, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Log.NotRegistered(_log, name, failure.Message);
        }
    }

    /// <summary>Where the files of a handle lie; null for what is no handle's number.</summary>
    internal string? DirectoryOf(string handle) => long.TryParse(handle, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? Path.Combine(_root, (number % Buckets).ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture))
        : null;

    /// <summary>The map of a handle's directory; empty when there is none, or none that can be read.</summary>
    internal async Task<CacheMap> ReadMapAsync(string directory, CancellationToken cancellationToken)
    {
        // The client rewrites it in place: once more, in case that is what was seen.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                if (CacheMap.TryParse(await File.ReadAllTextAsync(MapOf(directory), cancellationToken)) is { } map)
                    return map;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                break;
            }

            await Task.Delay(WriterPause, Time, cancellationToken);
        }

        return CacheMap.Empty();
    }

    internal static string MapOf(string directory) => Path.Combine(directory, MapName);

    /// <summary>The file, opened for reading, if it is as it was registered; null otherwise.</summary>
    /// <param name="contentLength">Bytes that it must have.</param>
    internal static SafeFileHandle? TryOpen(CachedFile file, long contentLength)
    {
        SafeFileHandle? opened = null;
        try
        {
            // The client lists files wherever they lie, also in a mount of ours: reading those could mean waiting for oneself.
            if (!Path.IsPathFullyQualified(file.Path) || !File.Exists(file.Path) || IsOnFuse(file.Path))
                return null;
            opened = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(opened) == contentLength && CacheMap.IsTimeOf(file.Modified, File.GetLastWriteTimeUtc(opened)))
                return opened;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Not to be had: as if it were not there.
        }

        opened?.Dispose();
        return null;
    }

    private static bool IsOnFuse(string path) =>
        OperatingSystem.IsLinux() && new DriveInfo(path).DriveFormat.StartsWith("fuse", StringComparison.Ordinal);
}

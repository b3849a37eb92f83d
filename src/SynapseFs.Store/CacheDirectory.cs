using Microsoft.Extensions.Logging;

namespace SynapseFs.Store;

/// <summary>All local state of one mount: state.db, blocks.db and content/, used by one process at a time.</summary>
public sealed class CacheDirectory : IDisposable
{
    private readonly CacheLock _lock;
    private readonly RepairNotes _repairs;

    private CacheDirectory(string path, CacheLock @lock, RepairNotes repairs, NodeTable nodes, ContentStore contents)
    {
        (Path, _lock, _repairs) = (path, @lock, repairs);
        (Nodes, Contents) = (nodes, contents);
    }

    public string Path { get; }

    public NodeTable Nodes { get; }

    public ContentStore Contents { get; }

    /// <summary>Sentences about what was found damaged, set aside and rebuilt; empty when all is well. Grows while in use.</summary>
    public IReadOnlyList<string> Repairs => _repairs.Notes;

    /// <summary>Opens the directory, creating what is missing, and takes it for this process.</summary>
    /// <exception cref="StoreException">Busy, NotADirectory, NotWritable, Full, TooNew or InputOutput.</exception>
    public static CacheDirectory Open(string path, StoreOptions options, TimeProvider time, ILoggerFactory log)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockSize, 1);
        path = System.IO.Path.GetFullPath(path);
        Create(path);
        var logger = log.CreateLogger("SynapseFs.Store");
        var repairs = new RepairNotes();
        var @lock = CacheLock.Take(path);
        NodeTable? nodes = null;
        try
        {
            nodes = new NodeTable(path, repairs, time, logger);
            return new CacheDirectory(path, @lock, repairs, nodes, new ContentStore(path, options, repairs, time, logger));
        }
        catch
        {
            nodes?.Dispose();
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Saves what is not yet saved and lets another process have the directory.</summary>
    public void Dispose()
    {
        Contents.Dispose();
        Nodes.Dispose();
        _lock.Dispose();
    }

    private static void Create(string path)
    {
        if (File.Exists(path))
            throw StoreErrors.NotADirectory(path, null);
        try
        {
            PrivateFiles.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, path);
        }
    }
}

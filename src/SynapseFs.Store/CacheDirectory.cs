using Microsoft.Extensions.Logging;

namespace SynapseFs.Store;

/// <summary>All local state of one mount: state.db, blocks.db and content/, used by one process at a time.</summary>
public sealed class CacheDirectory : IDisposable
{
    private CacheDirectory(string path) => Path = path;

    public string Path { get; }

    public NodeTable Nodes => throw new NotSupportedException();

    public ContentStore Contents => throw new NotSupportedException();

    /// <summary>Sentences about what was found damaged, set aside and rebuilt; empty when all is well. Grows while in use.</summary>
    public IReadOnlyList<string> Repairs { get; } = [];

    /// <summary>Opens the directory, creating what is missing, and takes it for this process.</summary>
    /// <exception cref="StoreException">Busy, NotADirectory, NotWritable, Full, TooNew or InputOutput.</exception>
    public static CacheDirectory Open(string path, StoreOptions options, TimeProvider time, ILoggerFactory log) => new(path);

    public void Dispose()
    {
    }
}

using Microsoft.Extensions.Logging;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>
/// The engine: a remote tree as a filesystem, answered from the cache directory whenever that knows, from node providers otherwise.
/// </summary>
public sealed partial class RemoteFileSystem : IFileSystem, IAsyncDisposable
{
    private readonly CacheDirectory _cache;

    /// <summary>Begins a mount of <paramref name="root"/>. The cache directory stays the caller's and must outlive this.</summary>
    public RemoteFileSystem(
        CacheDirectory cache, NodeProviders providers, RemoteNode root, MountOptions options, TimeProvider time, ILoggerFactory log)
    {
        ArgumentNullException.ThrowIfNull(cache);
        _cache = cache;
        ArgumentNullException.ThrowIfNull(providers);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(log);
    }

    public void Attach(IKernelCache kernelCache) => ArgumentNullException.ThrowIfNull(kernelCache);

    /// <summary>How the mount is doing; no call, no wait.</summary>
    public MountStatus GetStatus() => new() { Online = true, OpenFiles = 0, KnownNodes = _cache.Nodes.Count, CachedBytes = _cache.Contents.TotalBytes, Notices = _cache.Repairs };

    public ValueTask<FilesystemStatistics> GetStatisticsAsync(Caller caller, CancellationToken cancellationToken) => throw Soon();

    public ValueTask<Entry?> LookupAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken) => throw Soon();
    public void Forget(InodeNumber inode, ulong lookups) { }
    public ValueTask<Entry> GetAttributesAsync(Caller caller, InodeNumber inode, HandleNumber? handle, CancellationToken cancellationToken) => throw Soon();
    public ValueTask<string> ReadLinkAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) => throw Soon();
    public ValueTask<OpenResult> OpenAsync(Caller caller, InodeNumber inode, OpenMode mode, CancellationToken cancellationToken) => throw Soon();
    public ValueTask<int> ReadAsync(Caller caller, HandleNumber handle, long offset, Memory<byte> destination, CancellationToken cancellationToken) => throw Soon();
    public ValueTask<long> SeekAsync(Caller caller, HandleNumber handle, long offset, SeekTarget target, CancellationToken cancellationToken) => throw Soon();
    public ValueTask FlushAsync(Caller caller, HandleNumber handle, CancellationToken cancellationToken) => throw Soon();
    public ValueTask SyncAsync(Caller caller, HandleNumber handle, SyncMode mode, CancellationToken cancellationToken) => throw Soon();
    public ValueTask ReleaseAsync(HandleNumber handle) => throw Soon();
    public ValueTask<OpenDirectoryResult> OpenDirectoryAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) => throw Soon();
    public ValueTask ReadDirectoryAsync(Caller caller, HandleNumber handle, long cookie, IDirectoryWriter writer, CancellationToken cancellationToken) => throw Soon();
    public ValueTask ReleaseDirectoryAsync(HandleNumber handle) => throw Soon();
    public ValueTask<ReadOnlyMemory<byte>?> GetXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken) => throw Soon();
    public ValueTask<IReadOnlyList<string>> ListXattrsAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) => throw Soon();

    private static FsException Soon() => new(FsError.NotSupported, "Not yet.");

    /// <summary>Ends all fetches and rounds and waits for them.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

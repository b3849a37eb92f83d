using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>
/// A whole read-write filesystem in memory: it proves hosts without the engine, and is the model that the engine is compared
/// with. One lock guards everything; every operation family has a file of its own.
/// </summary>
public sealed partial class MemoryFileSystem : IFileSystem
{
    private const int LongestName = 255;
    private const long LongestFile = 1L << 40;
    private const long Capacity = 8L << 30;

    private readonly Lock _lock = new();
    private readonly Dictionary<InodeNumber, MemoryNode> _nodes = [];
    private readonly Dictionary<HandleNumber, OpenMemoryFile> _files = [];
    private readonly Dictionary<HandleNumber, OpenMemoryDirectory> _directories = [];
    private readonly MemoryFileSystemOptions _options;
    private readonly TimeProvider _time;
    private readonly MemoryNode _root;
    private ulong _lastInode;
    private ulong _lastHandle;

    public MemoryFileSystem(MemoryFileSystemOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _root = NewNodeLocked(NodeType.Directory, FilePermissions.All & ~(FilePermissions.GroupWrite | FilePermissions.OtherWrite));
        _root.Parent = _root;
        _root.Names = 1;
        _lastInode = Math.Max(_lastInode, options.LastInode);
        _lastHandle = options.LastHandle;
    }

    /// <summary>The host's kernel cache, once a host has attached.</summary>
    public IKernelCache? KernelCache { get; private set; }

    public void Attach(IKernelCache kernelCache) => KernelCache = kernelCache;

    public ValueTask<FilesystemStatistics> GetStatisticsAsync(Caller caller, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(new FilesystemStatistics
            {
                TotalBytes = Capacity,
                FreeBytes = Math.Max(0, Capacity - _nodes.Values.Sum(node => node.Content.AllocatedLength)),
                Inodes = _nodes.Count,
                MaximumNameLength = LongestName,
            });
        }
    }

    private MemoryNode NewNodeLocked(
        NodeType type, FilePermissions permissions, string linkTarget = "", bool blocksReaders = false)
    {
        var now = _time.GetUtcNow();
        var node = new MemoryNode(new InodeNumber(++_lastInode), type)
        {
            Permissions = permissions,
            Modified = now,
            Changed = now,
            Created = now,
            LinkTarget = linkTarget,
            BlocksReaders = blocksReaders,
        };
        _nodes.Add(node.Inode, node);
        return node;
    }

    private MemoryNode NodeLocked(InodeNumber inode) => _nodes.TryGetValue(inode, out var node)
        ? node
        : throw new FsException(FsError.Stale, $"There is no inode {inode}.");

    private MemoryNode DirectoryLocked(InodeNumber inode) => NodeLocked(inode) is { IsDirectory: true } node
        ? node
        : throw new FsException(FsError.NotADirectory, $"Inode {inode} is no directory.");

    private static MemoryNode ChildLocked(MemoryNode directory, FileName name) =>
        directory.Children.TryGetValue(name.Value, out var child)
            ? child
            : throw new FsException(FsError.NotFound, $"There is no '{name}' in inode {directory.Inode}.");

    private OpenMemoryFile FileLocked(HandleNumber handle) => _files.TryGetValue(handle, out var file)
        ? file
        : throw new FsException(FsError.BadHandle, $"No file is open under {handle}.");

    private HandleNumber NextHandleLocked() => new(++_lastHandle);

    private Entry EntryLocked(MemoryNode node) => new(node.ToAttributes(), _options.Validity);

    /// <summary>An entry for the kernel, which counts as one lookup.</summary>
    private Entry LookedUpLocked(MemoryNode node)
    {
        node.Lookups++;
        return EntryLocked(node);
    }

    private void DropIfUnusedLocked(MemoryNode node)
    {
        if (node is { Names: 0, Lookups: 0, OpenHandles: 0 })
            _nodes.Remove(node.Inode);
    }

    private void TouchLocked(MemoryNode node) => node.Modified = node.Changed = _time.GetUtcNow();

    private async ValueTask HopAsync()
    {
        if (_options.Hops)
            await Task.Yield();
    }

    private sealed record OpenMemoryFile(MemoryNode Node, OpenMode Mode);

    private sealed record OpenMemoryDirectory(MemoryNode Node, IReadOnlyList<KeyValuePair<string, MemoryNode>> Listing);
}

using SynapseFs.Testing.Memory;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.PowerCuts;

/// <summary>
/// A disk whose power can fail: a filesystem in memory that knows of every byte and name whether it was synced. After a failure what
/// was synced is there, and of the rest as much as chance left, as on a journalling filesystem. One lock guards everything.
/// </summary>
public sealed partial class CuttableFileSystem : IFileSystem
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly MemoryFileSystemOptions _options;
    private readonly Dictionary<InodeNumber, DurableContent> _contents = [];
    private readonly Dictionary<HandleNumber, InodeNumber> _files = [];
    private DurableNames _names = new();
    private MemoryFileSystem _inner;

    public CuttableFileSystem(MemoryFileSystemOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _inner = new MemoryFileSystem(options, time);
    }

    /// <summary>Whether it only says that it synced.</summary>
    public bool Lies { get; init; }

    public void Attach(IKernelCache kernelCache) => _inner.Attach(kernelCache);

    /// <summary>
    /// The power fails and comes back. Inodes and handles from before are gone: let the kernel believe nothing (a validity of zero),
    /// and end whoever has something open.
    /// </summary>
    public void Cut(int seed)
    {
        var random = new Random(seed);
        lock (_lock)
        {
            _names.Cut(random);
            var left = _names.Paths().Select(entry => (entry.Path, Bytes: entry.File is { } file ? CutLocked(file, random) : null)).ToList();
            _files.Clear();
            _contents.Clear();
            _names = new DurableNames();
            var (inode, handle) = _inner.LastNumbers;
            _inner = new MemoryFileSystem(_options with { LastInode = inode, LastHandle = handle }, _time);
            foreach (var (path, bytes) in left)
                RestoreLocked(path, bytes);
            _names.Sync();
        }
    }

    // A name may come back whose file was deleted.
    private byte[] CutLocked(InodeNumber file, Random random) => _inner.LengthOf(file) is { } length
        ? ContentLocked(file).Cut(length, ReaderOf(file), random)
        : ContentLocked(file).Revive();

    private void RestoreLocked(string path, byte[]? bytes)
    {
        if (bytes is null)
            _inner.AddDirectory(path);
        else
            _inner.SetContent(path, bytes);
        var (parent, name, inode) = _inner.Locate(path);
        _names.Add(new NameChange([], [(parent, name.Value, inode, bytes is null)]));
        if (bytes is null)
            return;
        var content = ContentLocked(inode);
        content.TouchWhole();
        content.Sync(bytes.Length, ReaderOf(inode));
    }

    private Action<long, byte[]> ReaderOf(InodeNumber inode) => (offset, buffer) => _inner.Peek(inode, offset, buffer);

    private DurableContent ContentLocked(InodeNumber inode)
    {
        if (!_contents.TryGetValue(inode, out var content))
            _contents.Add(inode, content = new DurableContent());
        return content;
    }
}

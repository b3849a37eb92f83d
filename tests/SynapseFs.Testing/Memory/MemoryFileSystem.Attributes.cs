using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>Attributes and extended attributes.</summary>
public sealed partial class MemoryFileSystem
{
    /// <summary>XATTR_SIZE_MAX of Linux.</summary>
    private const int LongestXattr = 65536;

    public ValueTask<Entry> GetAttributesAsync(
        Caller caller, InodeNumber inode, HandleNumber? handle, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(EntryLocked(NodeLocked(inode)));
    }

    public ValueTask<Entry> SetAttributesAsync(
        Caller caller, InodeNumber inode, AttributeChange change, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var node = NodeLocked(inode);
            if (change.UserId is not null || change.GroupId is not null)
                throw new FsException(FsError.NotPermitted, "Everything belongs to who mounted.");
            if (change.Length is { } length)
            {
                if (node.IsDirectory)
                    throw new FsException(FsError.IsADirectory, "A directory has no length.");
                if (length > LongestFile)
                    throw new FsException(FsError.TooLarge, $"{length} bytes are too many.");
                node.Content.SetLength(length);
                TouchLocked(node);
            }

            node.Permissions = change.Permissions ?? node.Permissions;
            node.Modified = change.Modified ?? node.Modified;
            node.Accessed = change.Accessed ?? node.Accessed;
            node.Changed = _time.GetUtcNow();
            return new(EntryLocked(node));
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> GetXattrAsync(
        Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(NodeLocked(inode).Xattrs.TryGetValue(name, out var value) ? value : (ReadOnlyMemory<byte>?)null);
    }

    public ValueTask<IReadOnlyList<string>> ListXattrsAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new([.. NodeLocked(inode).Xattrs.Keys]);
    }

    public ValueTask SetXattrAsync(
        Caller caller, InodeNumber inode, string name, ReadOnlyMemory<byte> value, XattrSetMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var node = NodeLocked(inode);
            if (!name.StartsWith("user.", StringComparison.Ordinal))
                throw new FsException(FsError.NotSupported, $"'{name}' does not begin with 'user.'.");
            if (value.Length > LongestXattr)
                throw new FsException(FsError.TooLarge, $"'{name}' would have {value.Length} bytes.");
            if (mode == XattrSetMode.Create && node.Xattrs.ContainsKey(name))
                throw new FsException(FsError.AlreadyExists, $"'{name}' is there.");
            if (mode == XattrSetMode.Replace && !node.Xattrs.ContainsKey(name))
                throw new FsException(FsError.NoXattr, $"There is no '{name}'.");
            node.Xattrs[name] = value.ToArray();
            node.Changed = _time.GetUtcNow();
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask RemoveXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var node = NodeLocked(inode);
            if (!node.Xattrs.Remove(name))
                throw new FsException(FsError.NoXattr, $"There is no '{name}'.");
            node.Changed = _time.GetUtcNow();
            return ValueTask.CompletedTask;
        }
    }
}

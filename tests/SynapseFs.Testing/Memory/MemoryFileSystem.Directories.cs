using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>Open directories. A cookie is the number of entries given so far.</summary>
public sealed partial class MemoryFileSystem
{
    public ValueTask<OpenDirectoryResult> OpenDirectoryAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var directory = DirectoryLocked(inode);
            var handle = NextHandleLocked();
            _directories.Add(handle, new OpenMemoryDirectory(directory, [.. directory.Children]));
            return new(new OpenDirectoryResult(handle, (directory.Parent ?? directory).Inode));
        }
    }

    public ValueTask ReadDirectoryAsync(
        Caller caller, HandleNumber handle, long cookie, IDirectoryWriter writer, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_directories.TryGetValue(handle, out var directory))
                throw new FsException(FsError.BadHandle, $"No directory is open under {handle}.");
            var counts = writer.WantsDetails && _options.ListsDetails;
            for (var at = (int)Math.Min(cookie, directory.Listing.Count); at < directory.Listing.Count; at++)
            {
                var (name, node) = directory.Listing[at];
                var details = counts && _nodes.ContainsKey(node.Inode) ? EntryLocked(node) : (Entry?)null;
                if (!writer.TryAdd(new DirectoryEntry(FileName.Create(name), node.Inode, node.Type, at + 1, details)))
                    break;
                if (details is not null)
                    node.Lookups++;
            }

            return ValueTask.CompletedTask;
        }
    }

    public ValueTask ReleaseDirectoryAsync(HandleNumber handle)
    {
        lock (_lock)
            _directories.Remove(handle);
        return ValueTask.CompletedTask;
    }
}

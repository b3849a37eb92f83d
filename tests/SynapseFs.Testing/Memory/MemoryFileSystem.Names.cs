using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>Names: lookup, create, link, unlink.</summary>
public sealed partial class MemoryFileSystem
{
    public async ValueTask<Entry?> LookupAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        await HopAsync();
        lock (_lock)
            return DirectoryLocked(parent).Children.TryGetValue(name.Value, out var child) ? LookedUpLocked(child) : null;
    }

    public void Forget(InodeNumber inode, ulong lookups)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(inode, out var node))
                return;
            node.Lookups -= Math.Min(lookups, node.Lookups);
            DropIfUnusedLocked(node);
        }
    }

    public ValueTask<CreateResult> CreateFileAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, OpenMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var directory = DirectoryLocked(parent);
            if (directory.Children.TryGetValue(name.Value, out var present))
            {
                if (mode.HasFlag(OpenMode.Exclusive))
                    throw new FsException(FsError.AlreadyExists, $"'{name}' is there.");
            }
            else
            {
                present = AddLocked(directory, name, NewNodeLocked(NodeType.File, permissions));
            }

            var open = OpenLocked(present, mode);
            return new(new CreateResult(LookedUpLocked(present), open));
        }
    }

    public ValueTask<Entry> CreateDirectoryAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var directory = RequireFreeLocked(parent, name);
            return new(LookedUpLocked(AddLocked(directory, name, NewNodeLocked(NodeType.Directory, permissions))));
        }
    }

    public ValueTask<Entry> CreateSymbolicLinkAsync(
        Caller caller, InodeNumber parent, FileName name, string target, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var directory = RequireFreeLocked(parent, name);
            return new(LookedUpLocked(AddLocked(directory, name, NewNodeLocked(NodeType.SymbolicLink, FilePermissions.All, target))));
        }
    }

    public ValueTask<Entry> CreateHardLinkAsync(
        Caller caller, InodeNumber inode, InodeNumber newParent, FileName newName, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var node = NodeLocked(inode);
            if (node.IsDirectory)
                throw new FsException(FsError.NotPermitted, "A directory has one name only.");
            var directory = RequireFreeLocked(newParent, newName);
            node.Changed = _time.GetUtcNow();
            return new(LookedUpLocked(AddLocked(directory, newName, node)));
        }
    }

    public ValueTask<string> ReadLinkAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return NodeLocked(inode) is { Type: NodeType.SymbolicLink } link
                ? new(link.LinkTarget)
                : throw new FsException(FsError.InvalidArgument, $"Inode {inode} is no link.");
        }
    }

    public ValueTask UnlinkAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var directory = DirectoryLocked(parent);
            if (ChildLocked(directory, name).IsDirectory)
                throw new FsException(FsError.IsADirectory, $"'{name}' is a directory.");
            RemoveLocked(directory, name);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask RemoveDirectoryAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var directory = DirectoryLocked(parent);
            var child = ChildLocked(directory, name);
            if (!child.IsDirectory)
                throw new FsException(FsError.NotADirectory, $"'{name}' is no directory.");
            if (child.Children.Count > 0)
                throw new FsException(FsError.NotEmpty, $"'{name}' is not empty.");
            RemoveLocked(directory, name);
            return ValueTask.CompletedTask;
        }
    }

    private MemoryNode RequireFreeLocked(InodeNumber parent, FileName name)
    {
        var directory = DirectoryLocked(parent);
        return directory.Children.ContainsKey(name.Value)
            ? throw new FsException(FsError.AlreadyExists, $"'{name}' is there.")
            : directory;
    }

    private MemoryNode AddLocked(MemoryNode directory, FileName name, MemoryNode node)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(name.Value) > LongestName)
            throw new FsException(FsError.NameTooLong, $"'{name}' is longer than {LongestName} bytes.");
        directory.Children.Add(name.Value, node);
        node.Names++;
        if (node.IsDirectory)
            node.Parent = directory;
        TouchLocked(directory);
        return node;
    }

    private void RemoveLocked(MemoryNode directory, FileName name)
    {
        var child = ChildLocked(directory, name);
        directory.Children.Remove(name.Value);
        child.Names--;
        child.Changed = _time.GetUtcNow();
        TouchLocked(directory);
        DropIfUnusedLocked(child);
    }
}

using System.Text;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>What tests do behind the kernel's back. Paths are relative to the root.</summary>
public sealed partial class MemoryFileSystem
{
    private int _blockedReads;

    /// <summary>Reads that wait to be interrupted.</summary>
    public int BlockedReads => Volatile.Read(ref _blockedReads);

    /// <summary>Inodes that somebody still needs: a name, the kernel, or an open handle.</summary>
    public int NodeCount
    {
        get
        {
            lock (_lock)
                return _nodes.Count;
        }
    }

    public int OpenHandleCount
    {
        get
        {
            lock (_lock)
                return _files.Count + _directories.Count;
        }
    }

    /// <summary>The highest numbers given out, for a filesystem that goes on after this one.</summary>
    public (ulong Inode, ulong Handle) LastNumbers
    {
        get
        {
            lock (_lock)
                return (_lastInode, _lastHandle);
        }
    }

    /// <summary>Bytes of a file, or null when there is no such inode any more.</summary>
    public long? LengthOf(InodeNumber inode)
    {
        lock (_lock)
            return _nodes.TryGetValue(inode, out var node) ? node.Content.Length : null;
    }

    /// <summary>Fills the buffer from the offset on, as far as the file goes.</summary>
    public void Peek(InodeNumber inode, long offset, Span<byte> buffer)
    {
        lock (_lock)
            NodeLocked(inode).Content.Read(offset, buffer);
    }

    /// <summary>A file whose reads never end unless their caller is interrupted.</summary>
    public void AddBlockingFile(string name)
    {
        lock (_lock)
            AddLocked(_root, FileName.Create(name), NewNodeLocked(NodeType.File, FilePermissions.AllRead, blocksReaders: true));
    }

    /// <summary>Offers the kernel a local file of the same length to read in the place of a file here; null: no longer.</summary>
    public void SetBacking(string path, string? localFile)
    {
        lock (_lock)
            MakeLocked(path, NodeType.File, "").Backing = localFile is null ? null : File.OpenHandle(localFile);
    }

    /// <summary>Sets a file's text, making the file and the directories above it where they are missing.</summary>
    public void SetContent(string path, ReadOnlySpan<byte> content)
    {
        lock (_lock)
        {
            var node = MakeLocked(path, NodeType.File, "");
            node.Content.SetLength(0);
            node.Content.Write(0, content);
            TouchLocked(node);
        }
    }

    public void AddDirectory(string path)
    {
        lock (_lock)
            MakeLocked(path, NodeType.Directory, "");
    }

    public void AddSymbolicLink(string path, string target)
    {
        lock (_lock)
            MakeLocked(path, NodeType.SymbolicLink, target);
    }

    public void SetXattr(string path, string name, string value)
    {
        lock (_lock)
            MakeLocked(path, NodeType.File, "").Xattrs[name] = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>Takes a name away and tells nobody; answers what it led to.</summary>
    public InodeNumber Remove(string path)
    {
        lock (_lock)
        {
            var (directory, name) = SplitLocked(path);
            var inode = ChildLocked(directory, name).Inode;
            RemoveLocked(directory, name);
            return inode;
        }
    }

    /// <summary>The directory and the last name of a path, and what it leads to, for notifications.</summary>
    public MemoryPlace Locate(string path)
    {
        lock (_lock)
        {
            var (directory, name) = SplitLocked(path);
            return new MemoryPlace(directory.Inode, name, ChildLocked(directory, name).Inode);
        }
    }

    private async ValueTask BlockAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _blockedReads);
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _blockedReads);
        }
    }

    private MemoryNode MakeLocked(string path, NodeType type, string target)
    {
        var at = _root;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var depth = 0; depth < parts.Length; depth++)
        {
            var last = depth == parts.Length - 1;
            if (!at.Children.TryGetValue(parts[depth], out var child))
            {
                var made = last ? type : NodeType.Directory;
                child = AddLocked(at, FileName.Create(parts[depth]), NewNodeLocked(made, UsualPermissions(made), target));
            }

            at = child;
        }

        return at;
    }

    private static FilePermissions UsualPermissions(NodeType type) => type switch
    {
        NodeType.SymbolicLink => FilePermissions.All,
        NodeType.Directory => FilePermissions.All & ~(FilePermissions.GroupWrite | FilePermissions.OtherWrite),
        _ => FilePermissions.AllRead | FilePermissions.UserWrite,
    };

    private (MemoryNode Directory, FileName Name) SplitLocked(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var directory = parts[..^1].Aggregate(_root, (at, part) => ChildLocked(at, FileName.Create(part)));
        return (directory, FileName.Create(parts[^1]));
    }
}

using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>Open files.</summary>
public sealed partial class MemoryFileSystem
{
    public ValueTask<OpenResult> OpenAsync(Caller caller, InodeNumber inode, OpenMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(OpenLocked(NodeLocked(inode), mode));
    }

    public async ValueTask<int> ReadAsync(
        Caller caller, HandleNumber handle, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        await HopAsync();
        MemoryNode node;
        lock (_lock)
        {
            node = FileLocked(handle).Node;
            if (!node.BlocksReaders)
                return node.Content.Read(offset, destination.Span);
        }

        await BlockAsync(cancellationToken);
        return 0;
    }

    public async ValueTask<int> WriteAsync(
        Caller caller, HandleNumber handle, long offset, ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        await HopAsync();
        lock (_lock)
        {
            var file = FileLocked(handle);
            var at = file.Mode.HasFlag(OpenMode.Append) ? file.Node.Content.Length : offset;
            if (at + source.Length > LongestFile)
                throw new FsException(FsError.TooLarge, $"{at + source.Length} bytes are too many.");
            file.Node.Content.Write(at, source.Span);
            TouchLocked(file.Node);
            return source.Length;
        }
    }

    public ValueTask AllocateAsync(
        Caller caller, HandleNumber handle, long offset, long length, AllocateMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var node = FileLocked(handle).Node;
            var end = offset + length;
            if (mode.HasFlag(AllocateMode.PunchHole) || mode.HasFlag(AllocateMode.ZeroRange))
                node.Content.Punch(offset, length);
            if (!mode.HasFlag(AllocateMode.KeepLength) && end > node.Content.Length)
                node.Content.SetLength(end);
            TouchLocked(node);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<long> SeekAsync(
        Caller caller, HandleNumber handle, long offset, SeekTarget target, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(FileLocked(handle).Node.Content.Seek(offset, target));
    }

    public ValueTask<long> CopyRangeAsync(
        Caller caller, HandleNumber source, long sourceOffset, HandleNumber target, long targetOffset, long length,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var (from, to) = (FileLocked(source).Node, FileLocked(target).Node);
            var available = Math.Clamp(from.Content.Length - sourceOffset, 0, length);
            var buffer = new byte[(int)Math.Min(available, 1 << 20)];
            for (long done = 0; done < available;)
            {
                var piece = from.Content.Read(sourceOffset + done, buffer.AsSpan(0, (int)Math.Min(buffer.Length, available - done)));
                to.Content.Write(targetOffset + done, buffer.AsSpan(0, piece));
                done += piece;
            }

            TouchLocked(to);
            return new(available);
        }
    }

    public ValueTask FlushAsync(Caller caller, HandleNumber handle, CancellationToken cancellationToken)
    {
        lock (_lock)
            FileLocked(handle);
        return ValueTask.CompletedTask;
    }

    public ValueTask SyncAsync(Caller caller, HandleNumber handle, SyncMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_directories.ContainsKey(handle))
                FileLocked(handle);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseAsync(HandleNumber handle)
    {
        lock (_lock)
        {
            var file = FileLocked(handle);
            _files.Remove(handle);
            file.Node.OpenHandles--;
            DropIfUnusedLocked(file.Node);
            return ValueTask.CompletedTask;
        }
    }

    private OpenResult OpenLocked(MemoryNode node, OpenMode mode)
    {
        if (node.IsDirectory)
            throw new FsException(FsError.IsADirectory, $"Inode {node.Inode} is a directory.");
        if (mode.HasFlag(OpenMode.Truncate))
        {
            node.Content.SetLength(0);
            TouchLocked(node);
        }

        var handle = NextHandleLocked();
        node.OpenHandles++;
        _files.Add(handle, new OpenMemoryFile(node, mode));
        if (node.Backing is { } backing && !mode.HasFlag(OpenMode.Write))
            return new OpenResult(handle, PageCaching.Backed, backing);
        return new OpenResult(handle, node.BlocksReaders ? PageCaching.Bypass : PageCaching.Keep);
    }
}

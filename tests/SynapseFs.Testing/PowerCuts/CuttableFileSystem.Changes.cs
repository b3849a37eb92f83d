using SynapseFs.Vfs;

namespace SynapseFs.Testing.PowerCuts;

/// <summary>
/// The verbs whose effect may be lost. The filesystem below answers at once, so that it and the books are changed under one lock.
/// </summary>
public sealed partial class CuttableFileSystem
{
    public ValueTask<CreateResult> CreateFileAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, OpenMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var made = Now(_inner.CreateFileAsync(caller, parent, name, permissions, mode, cancellationToken));
            var inode = made.Entry.Attributes.Inode;
            _names.Add(new NameChange([], [(parent, name.Value, inode, false)]));
            OpenedLocked(made.Open.Handle, inode, mode);
            return new(made);
        }
    }

    public ValueTask<Entry> CreateDirectoryAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var made = Now(_inner.CreateDirectoryAsync(caller, parent, name, permissions, cancellationToken));
            _names.Add(new NameChange([], [(parent, name.Value, made.Attributes.Inode, true)]));
            return new(made);
        }
    }

    public ValueTask UnlinkAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Now(_inner.UnlinkAsync(caller, parent, name, cancellationToken));
            _names.Add(new NameChange([(parent, name.Value)], []));
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask RemoveDirectoryAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Now(_inner.RemoveDirectoryAsync(caller, parent, name, cancellationToken));
            _names.Add(new NameChange([(parent, name.Value)], []));
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask RenameAsync(
        Caller caller, InodeNumber parent, FileName name, InodeNumber newParent, FileName newName, RenameMode mode,
        CancellationToken cancellationToken)
    {
        if (mode == RenameMode.Exchange)
            throw new FsException(FsError.InvalidArgument, "This disk exchanges nothing.");
        lock (_lock)
        {
            var moved = Now(_inner.LookupAsync(caller, parent, name, cancellationToken))
                ?? throw new FsException(FsError.NotFound, $"There is no '{name}'.");
            _inner.Forget(moved.Attributes.Inode, 1);
            Now(_inner.RenameAsync(caller, parent, name, newParent, newName, mode, cancellationToken));
            _names.Add(new NameChange(
                [(parent, name.Value)], [(newParent, newName.Value, moved.Attributes.Inode, moved.Attributes.Type == NodeType.Directory)]));
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<Entry> SetAttributesAsync(
        Caller caller, InodeNumber inode, AttributeChange change, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (change.Length is not null)
                ContentLocked(inode).TouchWhole();
            return _inner.SetAttributesAsync(caller, inode, change, cancellationToken);
        }
    }

    public ValueTask<OpenResult> OpenAsync(Caller caller, InodeNumber inode, OpenMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var open = Now(_inner.OpenAsync(caller, inode, mode, cancellationToken));
            OpenedLocked(open.Handle, inode, mode);
            return new(open);
        }
    }

    public ValueTask<int> WriteAsync(
        Caller caller, HandleNumber handle, long offset, ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var inode = FileLocked(handle);
            ContentLocked(inode).Touch(offset, source.Length);
            // What is appended goes to the end, whatever the offset says.
            ContentLocked(inode).Touch(_inner.LengthOf(inode) ?? 0, source.Length);
            return _inner.WriteAsync(caller, handle, offset, source, cancellationToken);
        }
    }

    public ValueTask AllocateAsync(
        Caller caller, HandleNumber handle, long offset, long length, AllocateMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ContentLocked(FileLocked(handle)).Touch(offset, length);
            return _inner.AllocateAsync(caller, handle, offset, length, mode, cancellationToken);
        }
    }

    public ValueTask<long> CopyRangeAsync(
        Caller caller, HandleNumber source, long sourceOffset, HandleNumber target, long targetOffset, long length,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ContentLocked(FileLocked(target)).Touch(targetOffset, length);
            return _inner.CopyRangeAsync(caller, source, sourceOffset, target, targetOffset, length, cancellationToken);
        }
    }

    public ValueTask SyncAsync(Caller caller, HandleNumber handle, SyncMode mode, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Lies)
                return ValueTask.CompletedTask;
            _names.Sync();
            if (_files.TryGetValue(handle, out var inode))
                ContentLocked(inode).Sync(_inner.LengthOf(inode) ?? 0, ReaderOf(inode));
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask ReleaseAsync(HandleNumber handle)
    {
        lock (_lock)
        {
            // Handles from before a power failure come back here, too.
            return _files.Remove(handle) ? _inner.ReleaseAsync(handle) : ValueTask.CompletedTask;
        }
    }

    private void OpenedLocked(HandleNumber handle, InodeNumber inode, OpenMode mode)
    {
        _files.Add(handle, inode);
        if (mode.HasFlag(OpenMode.Truncate))
            ContentLocked(inode).TouchWhole();
    }

    private InodeNumber FileLocked(HandleNumber handle) => _files.TryGetValue(handle, out var inode)
        ? inode
        : throw new FsException(FsError.BadHandle, $"No file is open under {handle}.");

    private static T Now<T>(ValueTask<T> answer) => answer.IsCompleted
        ? answer.GetAwaiter().GetResult()
        : throw new InvalidOperationException("The filesystem below does not answer at once.");

    private static void Now(ValueTask answer)
    {
        if (!answer.IsCompleted)
            throw new InvalidOperationException("The filesystem below does not answer at once.");
        answer.GetAwaiter().GetResult();
    }
}

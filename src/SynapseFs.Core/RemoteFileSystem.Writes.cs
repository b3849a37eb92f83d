using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Open files: everything that changes their bytes, and making it safe.</summary>
public sealed partial class RemoteFileSystem
{
    public ValueTask<int> WriteAsync(
        Caller caller, HandleNumber handle, long offset, ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        var open = _handles.Get<FileHandle>(handle);
        var file = open.RequireWritable();
        _quota.RequireRoom(open.Length, offset + source.Length);
        _local.Notes.Written(caller, open);
        if ((open.Mode & OpenMode.Append) != 0)
            file.Append(source.Span);
        else
            file.Write(offset, source.Span);
        return new ValueTask<int>(source.Length);
    }

    public ValueTask AllocateAsync(
        Caller caller, HandleNumber handle, long offset, long length, AllocateMode mode, CancellationToken cancellationToken)
    {
        var open = _handles.Get<FileHandle>(handle);
        _quota.RequireRoom(open.Length, (mode & AllocateMode.KeepLength) != 0 ? 0 : offset + length);
        open.RequireWritable().Allocate(offset, length, mode);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Only the one case in which no byte has to move is taken: all of an unchanged file, from its start, into an empty one. The rest the
    /// kernel copies by reading and writing.
    /// </summary>
    public ValueTask<long> CopyRangeAsync(
        Caller caller, HandleNumber source, long sourceOffset, HandleNumber target, long targetOffset, long length,
        CancellationToken cancellationToken)
    {
        var from = _handles.Get<FileHandle>(source);
        var to = _handles.Get<FileHandle>(target);
        var file = to.RequireWritable();
        var count = Math.Min(length, from.Length - sourceOffset);
        if (count <= 0)
            return new ValueTask<long>(0);
        // What is understood is nowhere kept as bytes that could be copied there.
        var isUnderstood = _parts.Cache.Nodes.Get(from.File.Inode) is { } row && IsUnderstood(row);
        if (from.File.Changed is not null || from.File.Clean is not { } clean || from.File == file || (to.Mode & OpenMode.Append) != 0 || isUnderstood)
            throw ByHand();
        _quota.RequireRoom(to.Length, targetOffset + count);
        var below = _files.Over(clean, from.File.Inode);
        _local.Notes.Written(caller, to);
        if (file.TryClone(below, sourceOffset, targetOffset, count))
            return new ValueTask<long>(count);
        below.Dispose();
        throw ByHand();

        static FsException ByHand() => new(FsError.NotSupported, "These bytes have to be copied by hand.");
    }

    public async ValueTask FlushAsync(Caller caller, HandleNumber handle, CancellationToken cancellationToken)
    {
        var open = _handles.Get<FileHandle>(handle);
        await _local.Notes.ClosingAsync(open);
        if (open.MayWrite)
            await SaveAsync(open.File, mayGoOn: true);
    }

    public async ValueTask SyncAsync(Caller caller, HandleNumber handle, SyncMode mode, CancellationToken cancellationToken)
    {
        if (_handles.Get<object>(handle) is not FileHandle open)
        {
            await _journal.SyncAsync();
            return;
        }

        await SaveAsync(open.File);
        if (_parts.Options.SyncsRemotely && !open.File.IsUnlinked)
            await _drainer.SendNowAsync(open.File.Inode, cancellationToken);
    }

    // Bytes first, then what tells of them, then the way back to the caller.
    private async ValueTask SaveAsync(FileInUse file, bool mayGoOn = false)
    {
        if (file.IsUnsaved && !file.IsUnlinked)
        {
            await RequireUnderstoodAsync(file, mayGoOn);
            _journal.Pass(JournalPoint.BeforeBytesSynced);
            // Waiting for the disk must not keep other requests from being answered.
            var staged = await Task.Run(file.Sync);
            _journal.Pass(JournalPoint.AfterBytesSynced);
            if (staged is not null)
                _local.SaveContent(file, staged);
        }

        await _journal.SyncAsync();
    }

    private void RequireWritable(NodeRow row)
    {
        RequireChanges();
        if (row.IsDetached && _files.Find(row.Inode) is null)
            throw new FsException(FsError.Stale, $"'{row.Name}' has another content by now: open it again.");
        if (LacksPermission(row))
            throw new FsException(FsError.AccessDenied, $"You lack the permission to change '{row.Name}'.");
        // It was so until just now.
        _files.Find(row.Inode)?.Pages.RequireUnbacked();
    }

    // Only what nobody can change here, as far as is known now: whoever reads past us would not see what is written.
    private bool CanBeBacked(NodeRow row) => _news.TakesBackingFiles && (_parts.Options.ReadOnly || LacksPermission(row));

    private static bool LacksPermission(NodeRow row) =>
        row is { IsLocal: false, Details: { KnowsRights: true } details } && (details.Rights & NodeRights.Change) == 0;
}

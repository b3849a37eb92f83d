using SynapseFs.Core.Providers;
using SynapseFs.Core.Reading;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Open files: opening, reading, closing.</summary>
public sealed partial class RemoteFileSystem
{
    public ValueTask<OpenResult> OpenAsync(Caller caller, InodeNumber inode, OpenMode mode, CancellationToken cancellationToken)
    {
        var row = _changes.Require(inode);
        switch (_changes.ProviderOf(row).Type)
        {
            case NodeType.Directory:
                throw new FsException(FsError.IsADirectory, $"'{row.Name}' is a directory.");
            case NodeType.SymbolicLink:
                throw new FsException(FsError.TooManyLinks, $"'{row.Name}' is a symbolic link.");
        }

        // What this inode was known to be is what is opened: newer content has another inode.
        return row.IsLocal || row.LocalLength is not null || row.Details is { Length: not null, Depth: DetailsDepth.Full }
            ? new ValueTask<OpenResult>(Open(caller, row, mode))
            : OpenSlowAsync(caller, row, mode, cancellationToken);
    }

    public ValueTask<int> ReadAsync(
        Caller caller, HandleNumber handle, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return _handles.Get<FileHandle>(handle).ReadAsync(offset, destination, cancellationToken);
    }

    /// <summary>All of a remote content is data: it is fetched when read.</summary>
    public ValueTask<long> SeekAsync(
        Caller caller, HandleNumber handle, long offset, SeekTarget target, CancellationToken cancellationToken)
    {
        var file = _handles.Get<FileHandle>(handle);
        if (file.File.Changed is { } changed)
            return new ValueTask<long>(changed.Seek(offset, target));
        if (offset < 0 || offset >= file.Length)
            throw new FsException(FsError.NoData, $"Offset {offset} lies beyond the end.");
        return new ValueTask<long>(target == SeekTarget.Data ? offset : file.Length);
    }

    public async ValueTask ReleaseAsync(HandleNumber handle)
    {
        if (_handles.Remove<FileHandle>(handle) is not { } open)
            return;
        if (open.Reader is { } reader)
            _contents.Close(reader);
        _local.Notes.Closed(open);
        if (open.File.Pages.Close(open.Mode, open.Pages) == PageCaching.Drop)
            _news.ContentChanged(open.File.Inode);
        try
        {
            // Written after the last flush, through a memory map.
            if (open.MayWrite && _files.EndWriting(open.File))
            {
                if (open.File.IsUnsaved)
                    await SaveAsync(open.File);
                _local.Notes.EndWriting(open.File.Inode);
            }
        }
        catch (FsException failure)
        {
            Log.NotSaved(_parts.Log, _parts.Cache.Nodes.Get(open.File.Inode)?.Name ?? string.Empty, failure.Message);
        }
        finally
        {
            _files.Leave(open.File);
            if (open.MayWrite)
            {
                EndUnderstood(open.File.Inode);
                _drainer.Wake();
            }
        }
    }

    private async ValueTask<OpenResult> OpenSlowAsync(Caller caller, NodeRow row, OpenMode mode, CancellationToken cancellationToken)
    {
        if (row.Details is null)
            row = await _describer.DescribeAsync(row, cancellationToken);
        if (row.Details is { Depth: DetailsDepth.Outline })
            row = await ConfirmAsync(row, mode, cancellationToken);
        if (row.Details is { Length: null, Denied: null, Content: { } key } details)
        {
            var source = _changes.ProviderOf(row).OpenContent(RowMapping.ToNode(row), RowMapping.ToRemote(details));
            var length = source.Length ?? await _unknownLengths.MeasureAsync(key, source, cancellationToken);
            _changes.SetLength(row, key, length);
            return Open(caller, row with { Details = details with { Length = length } }, mode, isLengthNew: true);
        }

        return Open(caller, row, mode);
    }

    /// <summary>
    /// What came in bulk may be older than its revision says: its content is confirmed before it is read. What is to be changed is described
    /// by itself, so that nothing of it is missing from what the change is made of.
    /// </summary>
    private async Task<NodeRow> ConfirmAsync(NodeRow row, OpenMode mode, CancellationToken cancellationToken)
    {
        var isRead = (mode & (OpenMode.Write | OpenMode.Append | OpenMode.Truncate)) == 0;
        if (isRead && await IsConfirmedAsync(row, cancellationToken))
            return row;
        var told = await _describer.DescribeFullyAsync(row, cancellationToken);
        // The kernel looks the name up again, and finds what it leads to.
        return told.Inode == row.Inode ? told : throw new FsException(FsError.Stale, $"'{row.Name}' has another content than was known.");
    }

    private async Task<bool> IsConfirmedAsync(NodeRow row, CancellationToken cancellationToken)
    {
        if (row.Details is not { Content: { } key, Length: { } length } details)
            return false;
        // What was fetched whole has proved itself by its sum.
        if (_confirmed.Contains(key) || (key.Md5 is not null && _parts.Cache.Contents.CachedBytes(key) >= length))
            return true;
        try
        {
            var provider = _changes.ProviderOf(row);
            var isRight = await _calls.AskAsync(
                call => provider.ConfirmContentAsync(RowMapping.ToNode(row), RowMapping.ToRemote(details), Urgency.Waiting, call),
                cancellationToken);
            if (isRight)
                _confirmed.Add(key);
            return isRight;
        }
        catch (FsException failure) when (failure.Error == FsError.Offline)
        {
            // What is here of it is read; the rest is out of reach anyway.
            return true;
        }
    }

    /// <param name="isLengthNew">Whether the kernel has been told another length: what it reads by its pages would end there.</param>
    private OpenResult Open(Caller caller, NodeRow row, OpenMode mode, bool isLengthNew = false)
    {
        var writes = (mode & (OpenMode.Write | OpenMode.Append | OpenMode.Truncate)) != 0;
        if (writes)
            RequireWritable(row);
        var isChanged = row.IsLocal || row.LocalLength is not null;
        if (!isChanged && (mode & OpenMode.Truncate) == 0 && row.Details is not { Denied: null, Content: not null, Length: not null })
            throw new FsException(FsError.AccessDenied, row.Details?.Denied ?? $"'{row.Name}' has no content that may be read.");
        var file = _files.Use(row.Inode, writes);
        OpenFile? reader = null;
        try
        {
            // By what the file is now: it may have been sent since the row was read.
            (reader, var isMeasured) = file.Changed is not null ? (null, false) : OpenReader(file, _changes.Require(row.Inode));
            if ((mode & OpenMode.Truncate) != 0)
                file.Truncate();
            mode |= writes ? OpenMode.Write : OpenMode.None;
            var bypasses = isLengthNew || isMeasured || IsUnderstood(row);
            var backing = bypasses || writes || !(file.Pages.IsBacked || CanBeBacked(row)) ? null : reader?.Content.BackingFile;
            var pages = file.Pages.Open(mode, file.Changed?.Length ?? reader?.Content.Length ?? 0, backing is not null);
            var open = new FileHandle(file, mode, pages, reader);
            _local.Notes.Opened(caller, open, row);
            if (reader is not null && !writes)
                ReadNext(row, reader);
            return bypasses ? new OpenResult(_handles.Add(open), PageCaching.Bypass)
                : new OpenResult(_handles.Add(open), pages, pages == PageCaching.Backed ? backing : null);
        }
        catch
        {
            if (reader is not null)
                _contents.Close(reader);
            if (writes)
                _files.EndWriting(file);
            _files.Leave(file);
            throw;
        }
    }

    // What will probably be read or opened next.
    private void ReadNext(NodeRow row, OpenFile reader)
    {
        var isWhole = reader.Content.IsWhole;
        _ahead.Opened(row, wasMissing: !isWhole);
        if (!isWhole)
            _formats.Opened(row, reader);
    }

    // What is not clean and has no changed content was emptied; what lost its remote thing while it is open shows what it had.
    private (OpenFile? Reader, bool IsMeasured) OpenReader(FileInUse file, NodeRow row)
    {
        if (file.Clean is not { } clean)
            return (null, false);
        if (row.Details is not { Denied: null, Content: { } key, Length: { } length } details || key != clean.Key)
            return (_contents.Open(row.Inode, clean.Key, clean.Length, _files.SourceOf(clean)), false);
        var source = _changes.ProviderOf(row).OpenContent(RowMapping.ToNode(row), RowMapping.ToRemote(details));
        var isMeasured = source.Length is null;
        return (_contents.Open(row.Inode, key, length, isMeasured ? new FromStart(source, length) : source), isMeasured);
    }
}

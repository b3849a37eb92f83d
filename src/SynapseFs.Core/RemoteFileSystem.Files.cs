using SynapseFs.Core.Providers;
using SynapseFs.Core.Reading;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Open files.</summary>
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

        if ((mode & (OpenMode.Write | OpenMode.Append | OpenMode.Truncate)) != 0)
            throw ReadOnly();
        // What this inode was known to be is what is opened: newer content has another inode.
        return row.Details is { Length: not null }
            ? new ValueTask<OpenResult>(Open(row))
            : OpenSlowAsync(row, cancellationToken);
    }

    public ValueTask<int> ReadAsync(
        Caller caller, HandleNumber handle, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var file = _handles.Get<OpenFile>(handle);
        return file.Content.ReadAsync(file, offset, destination, cancellationToken);
    }

    /// <summary>All of a remote content is data: it is fetched when read.</summary>
    public ValueTask<long> SeekAsync(
        Caller caller, HandleNumber handle, long offset, SeekTarget target, CancellationToken cancellationToken)
    {
        var length = _handles.Get<OpenFile>(handle).Content.Length;
        if (offset < 0 || offset >= length)
            throw new FsException(FsError.NoData, $"Offset {offset} lies beyond the end.");
        return new ValueTask<long>(target == SeekTarget.Data ? offset : length);
    }

    public ValueTask FlushAsync(Caller caller, HandleNumber handle, CancellationToken cancellationToken) =>
        Nothing(_handles.Get<OpenFile>(handle));

    public ValueTask SyncAsync(Caller caller, HandleNumber handle, SyncMode mode, CancellationToken cancellationToken) =>
        Nothing(_handles.Get<object>(handle));

    public ValueTask ReleaseAsync(HandleNumber handle)
    {
        if (_handles.Remove<OpenFile>(handle) is { } file)
            _contents.Close(file);
        return ValueTask.CompletedTask;
    }

    // Nothing was written through the handle, so nothing has to be made safe; only a wrong handle is an error.
    private static ValueTask Nothing(object open)
    {
        _ = open;
        return ValueTask.CompletedTask;
    }

    private async ValueTask<OpenResult> OpenSlowAsync(NodeRow row, CancellationToken cancellationToken)
    {
        if (row.Details is null)
            row = await _describer.DescribeAsync(row, cancellationToken);
        if (row.Details is { Length: null, Denied: null, Content: { } key } details)
        {
            var source = SourceOf(row, details);
            var length = source.Length ?? await _unknownLengths.MeasureAsync(key, source, cancellationToken);
            _changes.SetLength(row, key, length);
            row = row with { Details = details with { Length = length } };
        }

        return Open(row);
    }

    private OpenResult Open(NodeRow row)
    {
        if (row.Details is not { Denied: null, Content: { } key, Length: { } length } details)
            throw new FsException(FsError.AccessDenied, row.Details?.Denied ?? $"'{row.Name}' has no content that may be read.");
        var source = SourceOf(row, details);
        var isMeasured = source.Length is null;
        var file = _contents.Open(row.Inode, key, length, isMeasured ? new FromStart(source, length) : source);
        return new OpenResult(_handles.Add(file), isMeasured ? PageCaching.Bypass : PageCaching.Keep);
    }

    private RemoteContent SourceOf(NodeRow row, NodeDetails details) =>
        _changes.ProviderOf(row).OpenContent(RowMapping.ToNode(row), RowMapping.ToRemote(details));
}

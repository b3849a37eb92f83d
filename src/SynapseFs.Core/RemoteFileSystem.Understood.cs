using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>
/// Contents that the remote side understands (<see cref="Providers.NodeProvider.IsUnderstood"/>): what it would not understand is refused
/// by close, fsync and rename, is told in words, and leaves everything as it was.
/// </summary>
public sealed partial class RemoteFileSystem
{
    private const int LongestUnderstood = 1 << 20;

    // A program that saves waits for this answer; without it the remote side says what it thinks when the content is sent.
    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(10);

    private bool IsUnderstood(NodeRow row) => _changes.ProviderOf(row).IsUnderstood;

    /// <summary>Of what is about to be saved.</summary>
    /// <param name="mayGoOn">Whether the program may still be about to write: a shell that redirects closes the emptied file once before.</param>
    private async ValueTask RequireUnderstoodAsync(FileInUse file, bool mayGoOn)
    {
        if (_parts.Cache.Nodes.Get(file.Inode) is not { } row || !IsUnderstood(row) || file.Changed is not { } changed)
            return;
        await RequireUnderstoodAsync(row, changed.Length, changed.ReadAsync, isTold: !mayGoOn || changed.Length > 0, CancellationToken.None);
        // What was found valid stays so, and whole: what is written next goes into a file of its own.
        if (file.Freeze(isUnsavedToo: true) is { } valid)
            await valid.CompleteAsync(CancellationToken.None);
    }

    /// <summary>Of a file that is about to take the place of another.</summary>
    private async ValueTask RequireUnderstoodAsync(Caller caller, NodeRow? source, NodeRow? target, CancellationToken cancellationToken)
    {
        if (source is null || target is null || source.Inode == target.Inode || !IsUnderstood(target)
            || _changes.ProviderOf(source).Type != NodeType.File)
            return;
        var opened = await OpenAsync(caller, source.Inode, OpenMode.Read, cancellationToken);
        try
        {
            var open = _handles.Get<FileHandle>(opened.Handle);
            await RequireUnderstoodAsync(target, open.Length, open.ReadAsync, isTold: true, cancellationToken);
        }
        finally
        {
            await ReleaseAsync(opened.Handle);
        }
    }

    private async ValueTask RequireUnderstoodAsync(
        NodeRow row, long length, Func<long, Memory<byte>, CancellationToken, ValueTask<int>> read, bool isTold, CancellationToken cancellationToken)
    {
        try
        {
            if (length > LongestUnderstood)
                throw new FsException(FsError.InvalidArgument, $"it has {length} bytes, and {LongestUnderstood} are the most.");
            var text = new byte[length];
            var have = 0;
            for (int count; have < length && (count = await read(have, text.AsMemory(have), cancellationToken)) > 0; have += count)
            {
            }

            _changes.ProviderOf(row).CheckContent(row.Name, text.AsSpan(0, have));
            await CheckRemotelyAsync(row, text.AsMemory(0, have), cancellationToken);
        }
        catch (FsException refusal) when (refusal is ChangeRefusedException || refusal.Error == FsError.InvalidArgument)
        {
            if (isTold)
                _notices.Add($"'{_changes.PathOf(row)}' is as it was; what was written is not valid: {refusal.Message}");
            throw;
        }
    }

    private async Task CheckRemotelyAsync(NodeRow row, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        limit.CancelAfter(CheckPatience);
        try
        {
            await _calls.AskAsync(
                async call =>
                {
                    await _changes.ProviderOf(row).CheckRemotelyAsync(RowMapping.ToNode(row), text, call);
                    return true;
                },
                limit.Token);
        }
        catch (Exception trouble) when (
            trouble is FsException and not ChangeRefusedException
            || (trouble is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // No answer: it is kept, and refused, if it has to be, when it is sent.
        }
    }

    // What was refused is gone with its last user; what only emptied the file, to be filled later, never was anything.
    private void EndUnderstood(InodeNumber inode)
    {
        if (_parts.Cache.Nodes.Get(inode) is not { IsDetached: false } row || !IsUnderstood(row))
            return;
        _local.Refill(inode);
        _news.AttributesChanged(inode);
    }
}

using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Open directories.</summary>
public sealed partial class RemoteFileSystem
{
    public async ValueTask<OpenDirectoryResult> OpenDirectoryAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        var directory = await _tree.ListedAsync(RequireDirectory(inode), cancellationToken);
        var state = _changes.StateOf(inode);
        lock (state.Gate)
        {
            var version = _parts.Cache.Nodes.Version;
            // Which names are listed where not all are (those of a search) no snapshot tells: such a directory is told anew.
            var isKept = state.OpenedListing(version) && _changes.ProviderOf(directory).ListsEveryChild;
            var open = new OpenDirectory(inode, version, isKept ? _parts.Cache.Nodes.SnapshotChildren(inode) : null);
            return new OpenDirectoryResult(_handles.Add(open), directory.Parent, isKept ? PageCaching.Keep : PageCaching.Drop);
        }
    }

    /// <summary>
    /// From the beginning, whether for the first time or again (rewinddir): what the directory holds now. The kernel, which may have given
    /// its own names before, does not tell which of them it is.
    /// </summary>
    public ValueTask ReadDirectoryAsync(
        Caller caller, HandleNumber handle, long cookie, IDirectoryWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var open = _handles.Get<OpenDirectory>(handle);
        if (cookie <= 0)
            return ReadBeginningAsync(open, writer, cancellationToken);
        if (open.Rows is null)
            Begin(open, RequireDirectory(open.Inode), open.Told?.Rows);
        Write(open, cookie, writer);
        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseDirectoryAsync(HandleNumber handle)
    {
        if (_handles.Remove<OpenDirectory>(handle) is { } open)
        {
            open.Close();
            var state = _changes.StateOf(open.Inode);
            lock (state.Gate)
                state.ClosedListing(open.Version);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask ReadBeginningAsync(OpenDirectory open, IDirectoryWriter writer, CancellationToken cancellationToken)
    {
        Begin(open, await _tree.ListedAsync(RequireDirectory(open.Inode), cancellationToken), null);
        Write(open, 0, writer);
    }

    /// <param name="told">The directory's children as they were when it was opened; null: as they are now.</param>
    private void Begin(OpenDirectory open, NodeRow directory, IReadOnlyList<NodeRow>? told)
    {
        var state = _changes.StateOf(open.Inode);
        lock (state.Gate)
        {
            var version = told is null ? _parts.Cache.Nodes.Version : open.Version;
            var rows = told is null ? _changes.ListedChildren(directory) : _changes.Listed(directory, told);
            state.BegunListing(open.Version, version);
            open.Begin(rows, version);
        }
    }

    private void Write(OpenDirectory open, long cookie, IDirectoryWriter writer)
    {
        var rows = open.Rows!;
        for (var index = cookie; index < rows.Count; index++)
        {
            if (!TryWrite(writer, open, rows[(int)index], index + 1))
                break;
        }
    }

    // Taken together with details an entry is a reference: counted before the host can answer, given back when it did not fit.
    private bool TryWrite(IDirectoryWriter writer, OpenDirectory open, NodeRow row, long nextCookie)
    {
        var details = writer.WantsDetails ? TryReferenceKnown(open, row) : null;
        if (writer.TryAdd(new DirectoryEntry(FileName.Create(row.Name), row.Inode, _changes.ProviderOf(row).Type, nextCookie, details)))
            return true;
        if (details is not null)
            _changes.Forget(row.Inode, 1);
        return false;
    }

    private Entry? TryReferenceKnown(OpenDirectory open, NodeRow row)
    {
        if (_parts.Cache.Nodes.Version == open.Version)
            return IsKnown(row) && _changes.TryReference(row, open.Version) ? EntryOf(row) : null;
        return _parts.Cache.Nodes.Get(row.Inode) is { IsDetached: false } now && now.Name == row.Name && IsKnown(now) && _changes.TryReference(now)
            ? EntryOf(now)
            : null;
    }

    private bool IsKnown(NodeRow row) => !NeedsDetails(row) || _describer.IsDescribed(row);
}

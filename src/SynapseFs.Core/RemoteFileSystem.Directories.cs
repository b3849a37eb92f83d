using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Open directories.</summary>
public sealed partial class RemoteFileSystem
{
    public async ValueTask<OpenDirectoryResult> OpenDirectoryAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        var directory = RequireDirectory(inode);
        var version = _parts.Cache.Nodes.Version;
        var children = await _tree.ListAsync(directory, cancellationToken);
        var state = _changes.StateOf(inode);
        lock (state.Gate)
        {
            var names = state.OpenedListing(version) ? PageCaching.Keep : PageCaching.Drop;
            return new OpenDirectoryResult(_handles.Add(new OpenDirectory(inode, children, version)), directory.Parent, names);
        }
    }

    public ValueTask ReadDirectoryAsync(
        Caller caller, HandleNumber handle, long cookie, IDirectoryWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var open = _handles.Get<OpenDirectory>(handle);
        if (cookie <= 0 && open.IsBegun)
            return ReadRewoundAsync(open, writer, cancellationToken);
        Write(open, cookie, writer);
        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseDirectoryAsync(HandleNumber handle)
    {
        if (_handles.Remove<OpenDirectory>(handle) is { } open)
        {
            var state = _changes.StateOf(open.Inode);
            lock (state.Gate)
                state.ClosedListing(open.Version);
        }

        return ValueTask.CompletedTask;
    }

    // rewinddir(3): what the directory holds now, as a new open would show it.
    private async ValueTask ReadRewoundAsync(OpenDirectory open, IDirectoryWriter writer, CancellationToken cancellationToken)
    {
        var version = _parts.Cache.Nodes.Version;
        var children = await _tree.ListAsync(RequireDirectory(open.Inode), cancellationToken);
        var state = _changes.StateOf(open.Inode);
        lock (state.Gate)
        {
            state.ClosedListing(open.Version);
            open.Renew(children, version);
            state.OpenedListing(version);
        }

        Write(open, 0, writer);
    }

    private void Write(OpenDirectory open, long cookie, IDirectoryWriter writer)
    {
        for (var index = Math.Max(0, cookie); index < open.Rows.Count; index++)
        {
            if (!TryWrite(writer, open, open.Rows[(int)index], index + 1))
                break;
            open.IsBegun = true;
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

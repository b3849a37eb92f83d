using SynapseFs.Core.Providers;
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
        if (open.Names is null)
            Begin(open, RequireDirectory(open.Inode), open.Told?.Names);
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
    private void Begin(OpenDirectory open, NodeRow directory, IReadOnlyList<ChildName>? told)
    {
        var state = _changes.StateOf(open.Inode);
        lock (state.Gate)
        {
            var version = told is null ? _parts.Cache.Nodes.Version : open.Version;
            var (names, first) = (new List<ListedName>(), new List<NodeRow>());
            if (told is null)
            {
                foreach (var row in _changes.ListedChildren(directory))
                {
                    names.Add(new ListedName(row.Inode, row.Name, TypeOf(row.Kind)));
                    if (first.Count < NodeTable.ChildrenPage)
                        first.Add(row);
                }
            }
            else
            {
                var isListed = _changes.ListingOf(directory);
                names.AddRange(told.Where(child => isListed(child.Name, child.Kind)).Select(child => new ListedName(child.Inode, child.Name, TypeOf(child.Kind))));
            }

            state.BegunListing(open.Version, version);
            open.Begin(names, first, version);
        }
    }

    private NodeType TypeOf(string kind) => _parts.Providers[new NodeKind(kind)].Type;

    private void Write(OpenDirectory open, long cookie, IDirectoryWriter writer)
    {
        for (var index = cookie; index < open.Names!.Count; index++)
        {
            if (!TryWrite(writer, open, (int)index))
                break;
        }
    }

    // Taken together with details an entry is a reference: counted before the host can answer, given back when it did not fit.
    private bool TryWrite(IDirectoryWriter writer, OpenDirectory open, int index)
    {
        var child = open.Names![index];
        var details = writer.WantsDetails ? TryReferenceKnown(open, index) : null;
        if (writer.TryAdd(new DirectoryEntry(FileName.Create(child.Name), child.Inode, child.Type, index + 1, details)))
            return true;
        if (details is not null)
            _changes.Forget(child.Inode, 1);
        return false;
    }

    private Entry? TryReferenceKnown(OpenDirectory open, int index)
    {
        var nodes = _parts.Cache.Nodes;
        if (nodes.Version == open.Version)
            return open.RowOf(index, nodes) is { } row && IsKnown(row) && _changes.TryReference(row, open.Version) ? EntryOf(row) : null;
        var child = open.Names![index];
        return nodes.Get(child.Inode) is { IsDetached: false } now && now.Name == child.Name && IsKnown(now) && _changes.TryReference(now)
            ? EntryOf(now)
            : null;
    }

    private bool IsKnown(NodeRow row) => !NeedsDetails(row) || _describer.IsDescribed(row);
}

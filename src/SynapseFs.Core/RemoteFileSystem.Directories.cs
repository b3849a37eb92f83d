using SynapseFs.Core.Tree;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Open directories.</summary>
public sealed partial class RemoteFileSystem
{
    public async ValueTask<OpenDirectoryResult> OpenDirectoryAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        var directory = RequireDirectory(inode);
        var children = await _tree.ListAsync(directory, cancellationToken);
        var frozen = children
            .Select(row => new FrozenEntry(row.Name, row.Inode, _changes.ProviderOf(row).Type)).ToList();
        return new OpenDirectoryResult(_handles.Add(new OpenDirectory(inode, frozen)), directory.Parent);
    }

    public ValueTask ReadDirectoryAsync(
        Caller caller, HandleNumber handle, long cookie, IDirectoryWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var entries = _handles.Get<OpenDirectory>(handle).Entries;
        for (var index = Math.Max(0, cookie); index < entries.Count; index++)
        {
            if (!TryWrite(writer, entries[(int)index], index + 1))
                break;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseDirectoryAsync(HandleNumber handle)
    {
        _handles.Remove<OpenDirectory>(handle);
        return ValueTask.CompletedTask;
    }

    // Taken together with details an entry is a reference: counted before the host can answer, given back when it did not fit.
    private bool TryWrite(IDirectoryWriter writer, FrozenEntry entry, long nextCookie)
    {
        var name = FileName.Create(entry.Name);
        var details = writer.WantsDetails ? TryReferenceKnown(entry) : null;
        if (writer.TryAdd(new DirectoryEntry(name, entry.Inode, entry.Type, nextCookie, details)))
            return true;
        if (details is not null)
            _changes.Forget(entry.Inode, 1);
        return false;
    }

    private Entry? TryReferenceKnown(FrozenEntry entry) =>
        _parts.Cache.Nodes.Get(entry.Inode) is { IsDetached: false } row && row.Name == entry.Name
        && (!NeedsDetails(row) || _describer.IsDescribed(row)) && _changes.TryReference(row)
            ? EntryOf(row)
            : null;
}

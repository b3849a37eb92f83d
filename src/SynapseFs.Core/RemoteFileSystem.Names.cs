using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Names and attributes.</summary>
public sealed partial class RemoteFileSystem
{
    // A name may change under a lookup again and again only if somebody renames it faster than we look.
    private const int MostAttempts = 4;

    // PATH_MAX, with the NUL at its end.
    private const int LongestLinkText = 4095;

    public ValueTask<Entry?> LookupAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        var directory = RequireDirectory(parent);
        var find = _tree.FindAsync(directory, name.Value, cancellationToken);
        if (!find.IsCompletedSuccessfully)
            return LookupSlowAsync(parent, name, find, cancellationToken);
        if (find.Result is not { } row)
            return new ValueTask<Entry?>((Entry?)null);
        if (!NeedsDetails(row) || CanBeProvisional(row))
            return _changes.TryReference(row)
                ? new ValueTask<Entry?>(EntryOf(row))
                : LookupSlowAsync(parent, name, new ValueTask<NodeRow?>(row), cancellationToken);
        return _describer.IsDescribed(row) && _changes.TryReference(row)
            ? new ValueTask<Entry?>(Answer(row))
            : LookupSlowAsync(parent, name, new ValueTask<NodeRow?>(row), cancellationToken);
    }

    public void Forget(InodeNumber inode, ulong lookups)
    {
        _changes.Forget(inode, lookups);
        _makers.Forget(inode);
    }

    public async ValueTask<Entry> GetAttributesAsync(
        Caller caller, InodeNumber inode, HandleNumber? handle, CancellationToken cancellationToken)
    {
        var row = _changes.Require(inode);
        if (!_tree.IsFresh(row))
            row = await _tree.RenewAsync(row, cancellationToken);
        if (!NeedsDetails(row))
            return EntryOf(row);
        var described = await _describer.DescribeAsync(row, cancellationToken);
        // Another inode: the name has new content now, and this inode keeps the attributes of what it was.
        return EntryOf(described.Inode == inode ? described : _changes.Require(inode));
    }

    public async ValueTask<string> ReadLinkAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        var row = _changes.Require(inode);
        if (_changes.ProviderOf(row).Type != NodeType.SymbolicLink)
            throw new FsException(FsError.InvalidArgument, $"'{row.Name}' is not a symbolic link.");
        return LinkTextOf(await _describer.DescribeAsync(row, cancellationToken));
    }

    private async ValueTask<Entry?> LookupSlowAsync(
        InodeNumber parent, FileName name, ValueTask<NodeRow?> find, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await find is not { } row)
                    return null;
                if (NeedsDetails(row) && !CanBeProvisional(row))
                    row = await _describer.DescribeAsync(row, cancellationToken);
                if (_changes.TryReference(row))
                    return EntryOf(row);
            }
            catch (FsException failure) when (failure.Error == FsError.Stale && attempt < MostAttempts)
            {
                // It went while we asked about it; if the directory went too, the next line says so.
            }

            if (attempt == MostAttempts)
                throw new FsException(FsError.Stale, $"'{name}' keeps changing.");
            find = _tree.FindAsync(RequireDirectory(parent), name.Value, cancellationToken);
        }
    }

    private Entry Answer(NodeRow row)
    {
        _describer.Noticed(row);
        return EntryOf(row);
    }

    private NodeRow RequireDirectory(InodeNumber inode)
    {
        var row = _changes.Require(inode);
        return _changes.ProviderOf(row).Type == NodeType.Directory
            ? row
            : throw new FsException(FsError.NotADirectory, $"'{row.Name}' is not a directory.");
    }

    // A directory is shown by what its listing said; files have a length and links a target.
    private bool NeedsDetails(NodeRow row) => _changes.ProviderOf(row).Type != NodeType.Directory;

    // Whatever it turns out to be, it can stay this inode. What somebody has open keeps the length that the kernel knows.
    private bool CanBeProvisional(NodeRow row) => _changes.IsUndescribed(row) && _files.Find(row.Inode) is null;

    private Entry EntryOf(NodeRow row) => new(AttributesOf(row), _tree.RestOf(row)) { IsProvisional = _changes.IsUndescribed(row) };

    private Attributes AttributesOf(NodeRow row)
    {
        var type = _changes.ProviderOf(row).Type;
        return new Attributes
        {
            Inode = row.Inode,
            Type = type,
            Length = type switch
            {
                NodeType.File => _files.Find(row.Inode)?.Changed?.Length ?? row.LocalLength ?? row.Details?.Length ?? 0,
                // Kernels that keep texts of links cut them at the length that they were told.
                NodeType.SymbolicLink => _changes.IsUndescribed(row) ? LongestLinkText : System.Text.Encoding.UTF8.GetByteCount(LinkTextOf(row)),
                _ => 0,
            },
            Permissions = PermissionsOf(row, type),
            LinkCount = row.IsDetached ? 0u : 1u,
            Modified = ModifiedOf(row),
            Changed = ModifiedOf(row),
            Created = row.Created,
        };
    }

    private DateTimeOffset ModifiedOf(NodeRow row) => _files.Find(row.Inode)?.Modified ?? row.LocalModified ?? row.Modified;

    // What is not known yet is offered: whether it is allowed is found out when somebody tries.
    private FilePermissions PermissionsOf(NodeRow row, NodeType type)
    {
        var offered = row.LocalPermissions ?? row.Details?.Permissions ?? type switch
        {
            NodeType.Directory => FilePermissions.AllRead | FilePermissions.AllExecute | FilePermissions.UserWrite,
            _ => FilePermissions.AllRead | FilePermissions.UserWrite,
        };
        if (type == NodeType.SymbolicLink)
            return FilePermissions.All;
        return _parts.Options.ReadOnly ? offered & ~FilePermissions.AllWrite : offered;
    }

    private string LinkTextOf(NodeRow row) =>
        LinkTarget.Relative(row.Details?.LinkTarget ?? string.Empty, _changes.PathOf(_changes.Require(row.Parent)));
}

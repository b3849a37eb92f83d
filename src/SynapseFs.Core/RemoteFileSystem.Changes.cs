using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Every verb that changes names or attributes. Each is accepted here and sent later.</summary>
public sealed partial class RemoteFileSystem
{
    public async ValueTask<Entry> SetAttributesAsync(
        Caller caller, InodeNumber inode, AttributeChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        RequireChanges();
        if (change.UserId is not null || change.GroupId is not null)
            throw new FsException(FsError.NotPermitted, "Everything belongs to whoever mounted; there are no other owners.");
        var row = _changes.Require(inode);
        if (change.Length is { } length)
            await SetLengthAsync(caller, row, length, change.Handle, cancellationToken);
        if (change.Modified is not null || change.Permissions is not null)
        {
            if (change.Modified is { } modified)
                _files.Find(inode)?.SetModified(modified);
            row = _local.SetAttributes(inode, change);
        }

        return EntryOf(_changes.Require(row.Inode));
    }

    public async ValueTask<CreateResult> CreateFileAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, OpenMode mode,
        CancellationToken cancellationToken)
    {
        RequireChanges();
        if (await _tree.FindAsync(RequireDirectory(parent), name.Value, cancellationToken) is { } there)
        {
            if ((mode & OpenMode.Exclusive) != 0)
                throw AlreadyThere(name);
            var entry = await LookupAsync(caller, parent, name, cancellationToken)
                ?? throw new FsException(FsError.Stale, $"'{name}' keeps changing.");
            var opened = await OpenAsync(caller, entry.Attributes.Inode, mode & ~OpenMode.Exclusive, cancellationToken);
            // It may just have been cut.
            return new CreateResult(EntryOf(_changes.Require(entry.Attributes.Inode)), opened);
        }

        await RequireMayAddAsync(parent, name, cancellationToken);
        var row = _local.CreateFile(parent, name.Value, permissions & ~caller.Umask);
        if (!_changes.TryReference(row))
            throw new FsException(FsError.Stale, $"'{name}' keeps changing.");
        _makers.Made(row.Inode, caller);
        return new CreateResult(EntryOf(row), Open(caller, row, mode & ~OpenMode.Truncate));
    }

    public async ValueTask<Entry> CreateDirectoryAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, CancellationToken cancellationToken)
    {
        await RequireFreeAsync(parent, name, cancellationToken);
        var row = _local.CreateDirectory(parent, name.Value, permissions & ~caller.Umask);
        _makers.Made(row.Inode, caller);
        _local.Notes.Changed(caller, parent, name);
        return await AcceptedAsync(row);
    }

    public async ValueTask<Entry> CreateSymbolicLinkAsync(
        Caller caller, InodeNumber parent, FileName name, string target, CancellationToken cancellationToken)
    {
        await RequireFreeAsync(parent, name, cancellationToken);
        var leadsTo = await new LinkWalk(_tree, _changes, _parts.Options.Mountpoint).FollowAsync(parent, target, cancellationToken);
        // Whoever copies a tree makes links before what they lead to.
        var inside = leadsTo is null
            ? LinkTarget.FromRoot(_changes.PathOf(_changes.Require(parent)), target, _parts.Options.Mountpoint)
            : _changes.PathOf(leadsTo);
        var row = _local.CreateLink(parent, name.Value, inside ?? target, leadsTo?.Inode, leadsOut: inside is null);
        _local.Notes.Changed(caller, parent, name);
        return await AcceptedAsync(row);
    }

    public ValueTask<Entry> CreateHardLinkAsync(
        Caller caller, InodeNumber inode, InodeNumber newParent, FileName newName, CancellationToken cancellationToken) =>
        throw new FsException(FsError.NotPermitted, "A file has one name only.");

    public async ValueTask UnlinkAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        RequireChanges();
        await RequireKnownAsync(RequireDirectory(parent), name, NodeRights.Delete, row => false, cancellationToken);
        _local.Unlink(parent, name.Value);
        _local.Notes.Changed(caller, parent, name);
        await _journal.SyncAsync();
    }

    public async ValueTask RemoveDirectoryAsync(
        Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        RequireChanges();
        await LookIntoAsync(RequireDirectory(parent), name, cancellationToken);
        _local.RemoveDirectory(parent, name.Value);
        _local.Notes.Changed(caller, parent, name);
        await _journal.SyncAsync();
    }

    public async ValueTask RenameAsync(
        Caller caller, InodeNumber parent, FileName name, InodeNumber newParent, FileName newName, RenameMode mode,
        CancellationToken cancellationToken)
    {
        RequireChanges();
        await RequireKnownToRenameAsync(parent, name, newParent, newName, cancellationToken);
        if (parent != newParent)
            await RequireMayAddAsync(newParent, newName, cancellationToken);
        await LookIntoAsync(RequireDirectory(newParent), newName, cancellationToken);
        if (mode == RenameMode.Replace)
            await RequireUnderstoodAsync(caller, _changes.Find(parent, name.Value), _changes.Find(newParent, newName.Value), cancellationToken);
        _local.Rename(parent, name.Value, newParent, newName.Value, mode);
        _local.Notes.Changed(caller, parent, name);
        _local.Notes.Changed(caller, newParent, newName);
        await _journal.SyncAsync();
    }

    private static FsException AlreadyThere(FileName name) => new(FsError.AlreadyExists, $"'{name}' is there already.");

    private async ValueTask SetLengthAsync(
        Caller caller, NodeRow row, long length, HandleNumber? handle, CancellationToken cancellationToken)
    {
        if (handle is { } given)
        {
            var open = _handles.Get<FileHandle>(given);
            _quota.RequireRoom(open.Length, length);
            open.RequireWritable().SetLength(length);
            return;
        }

        var mode = length == 0 ? OpenMode.Write | OpenMode.Truncate : OpenMode.Write;
        var opened = await OpenAsync(caller, row.Inode, mode, cancellationToken);
        try
        {
            if (length > 0)
                _handles.Get<FileHandle>(opened.Handle).File.SetLength(length);
            await FlushAsync(caller, opened.Handle, cancellationToken);
        }
        finally
        {
            await ReleaseAsync(opened.Handle);
        }
    }

    private async ValueTask<Entry> AcceptedAsync(NodeRow row)
    {
        await _journal.SyncAsync();
        return _changes.TryReference(row) ? EntryOf(row) : throw new FsException(FsError.Stale, $"'{row.Name}' keeps changing.");
    }

    private void RequireChanges()
    {
        if (_parts.Options.ReadOnly)
            throw new FsException(FsError.ReadOnly, "This mount offers reading only.");
    }

    private async ValueTask RequireFreeAsync(InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        RequireChanges();
        if (await _tree.FindAsync(RequireDirectory(parent), name.Value, cancellationToken) is not null)
            throw AlreadyThere(name);
        await RequireMayAddAsync(parent, name, cancellationToken);
    }

    // A right that was missing when it was last asked for may have been given since; out of reach it is found out when it is sent.
    private async ValueTask RequireMayAddAsync(InodeNumber parent, FileName name, CancellationToken cancellationToken)
    {
        var directory = RequireDirectory(parent);
        if (directory.Details is { } known && known.Rights.HasFlag(NodeRights.AddChildren))
            return;
        if (await LacksAsync(directory, NodeRights.AddChildren, cancellationToken))
            throw new FsException(FsError.AccessDenied, $"You lack the permission to put '{name}' into '{directory.Name}'.");
    }

    private async ValueTask RequireKnownToRenameAsync(
        InodeNumber parent, FileName name, InodeNumber newParent, FileName newName, CancellationToken cancellationToken)
    {
        // What takes another's place, or may become a thing of its own, needs a content that is known.
        var target = await _tree.FindAsync(RequireDirectory(newParent), newName.Value, cancellationToken);
        var right = parent == newParent ? NodeRights.Change : NodeRights.Move;
        await RequireKnownAsync(
            RequireDirectory(parent), name, right,
            row => target is not null || _local.MayLoseItsThing(row, _changes.Require(newParent), newName.Value), cancellationToken);
        if (target is not null)
            await RequireKnownAsync(RequireDirectory(newParent), newName, right, row => true, cancellationToken);
    }

    /// <summary>
    /// Describes what has that name where details decide something. Elsewhere the revision that the listing told will do: that a folder of
    /// ten thousand files can be deleted without a call for each, and out of reach.
    /// </summary>
    /// <param name="isNeeded">Whether the content has to be known.</param>
    private async ValueTask RequireKnownAsync(
        NodeRow directory, FileName name, NodeRights right, Predicate<NodeRow> isNeeded, CancellationToken cancellationToken)
    {
        if (await _tree.FindAsync(directory, name.Value, cancellationToken) is not { } row || !_changes.IsUndescribed(row))
            return;
        if (isNeeded(row) || !_changes.ProviderOf(row).RevisionTellsContent || await LacksAsync(directory, right, cancellationToken))
            await _describer.DescribeAsync(row, cancellationToken);
    }

    // What is not permitted in the directory is probably not permitted for what is in it: worth a call, so that the verb itself is refused.
    private async ValueTask<bool> LacksAsync(NodeRow directory, NodeRights right, CancellationToken cancellationToken)
    {
        try
        {
            if (!directory.IsLocal)
                directory = await _describer.DescribeAsync(directory, cancellationToken);
        }
        catch (FsException failure) when (failure.Error == FsError.Offline)
        {
            // It is found out when it is sent.
        }

        return directory.Details is { KnowsRights: true } details && !details.Rights.HasFlag(right);
    }

    // Whether a directory is empty is asked of a listing as fresh as any.
    private async ValueTask LookIntoAsync(NodeRow directory, FileName name, CancellationToken cancellationToken)
    {
        if (await _tree.FindAsync(directory, name.Value, cancellationToken) is { } row
            && _changes.ProviderOf(row).Type == NodeType.Directory)
            await _tree.ListAsync(row, cancellationToken);
    }
}

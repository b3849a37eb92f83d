using System.Globalization;
using System.Text;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>
/// Extended attributes: those of the details with what was set here over them, those that stay here, how much of the content is on local
/// disk, and whether it is sent.
/// </summary>
public sealed partial class RemoteFileSystem
{
    private const string CachedBytes = "user.synapse.cached-bytes";
    private const string State = "user.synapse.state";

    public async ValueTask<ReadOnlyMemory<byte>?> GetXattrAsync(
        Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Other prefixes (security, system, trusted) are asked for by every ls; they cost no call.
        if (!name.StartsWith("user.", StringComparison.Ordinal))
            return null;
        var row = _changes.Require(inode);
        if (name == State)
            return Encoding.UTF8.GetBytes(_pending.StateOf(row));
        if (row.LocalXattrs.TryGetValue(name, out var local))
            return local;
        var value = _journal.Find(inode)?.Xattrs.Find(name) is { } wanted
            ? wanted.Value
            : await ValueAsync(inode, name, cancellationToken);
        if (value is null)
            return null;
        return Encoding.UTF8.GetBytes(value);
    }

    public async ValueTask<IReadOnlyList<string>> ListXattrsAsync(
        Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        var details = await DetailsForXattrsAsync(inode, isFull: true, cancellationToken);
        var shown = ShownXattrs(inode, details).Keys.Concat(_changes.Require(inode).LocalXattrs.Keys)
            .Where(name => name is not (CachedBytes or State)).Distinct().Order(StringComparer.Ordinal);
        return details.Content is null ? [.. shown, State] : [.. shown, CachedBytes, State];
    }

    /// <summary>
    /// Returns when it is on the disk here and, where the answer comes within moments, the remote side has taken it. What that refuses is
    /// an error here, and everything is as it was.
    /// </summary>
    public async ValueTask SetXattrAsync(
        Caller caller, InodeNumber inode, string name, ReadOnlyMemory<byte> value, XattrSetMode mode,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        switch (RequireRole(inode, name))
        {
            case XattrRole.Fact:
                RefuseFact(caller, inode, name);
                return;
            case XattrRole.Local:
                RequireMode(_changes.Require(inode).LocalXattrs.ContainsKey(name), name, mode);
                _local.SetLocalXattr(inode, name, value.ToArray());
                await _journal.SyncAsync();
                return;
        }

        var shown = ShownXattrs(inode, await KnownForXattrsAsync(inode, cancellationToken));
        var wanted = CheckXattr(_changes.Require(inode), name, value.Span, shown);
        RequireMode(shown.ContainsKey(wanted.Name), wanted.Name, mode);
        if (wanted.Form is null && shown.GetValueOrDefault(wanted.Name) == wanted.Value)
            return;
        await ChangeXattrAsync(inode, wanted.Name, wanted.Value, wanted.Form, cancellationToken);
        _local.Notes.Changed(caller, inode);
    }

    public async ValueTask RemoveXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var role = RequireRole(inode, name);
        if (role == XattrRole.Fact)
        {
            RefuseFact(caller, inode, name);
            return;
        }

        var isThere = role == XattrRole.Local
            ? _changes.Require(inode).LocalXattrs.ContainsKey(name)
            : ShownXattrs(inode, await KnownForXattrsAsync(inode, cancellationToken)).ContainsKey(name);
        if (!isThere)
            throw new FsException(FsError.NoXattr, $"There is no {name}.");
        if (role == XattrRole.Local)
        {
            _local.SetLocalXattr(inode, name, null);
            await _journal.SyncAsync();
            return;
        }

        await ChangeXattrAsync(inode, name, null, null, cancellationToken);
        _local.Notes.Changed(caller, inode);
    }

    private Task ChangeXattrAsync(InodeNumber inode, string name, string? value, string? form, CancellationToken cancellationToken) =>
        _xattrWait.ChangeAsync(inode, name, () => _local.SetXattr(inode, name, value, form), cancellationToken);

    private XattrRole RequireRole(InodeNumber inode, string name)
    {
        RequireChanges();
        var row = _changes.Require(inode);
        return _changes.ProviderOf(row).RoleOfXattr(name) is not XattrRole.None and var role
            ? role
            : throw new FsException(FsError.NotSupported, $"'{row.Name}' cannot have an extended attribute {name}.");
    }

    private WantedXattr CheckXattr(NodeRow row, string name, ReadOnlySpan<byte> value, IReadOnlyDictionary<string, string> shown)
    {
        try
        {
            return _changes.ProviderOf(row).CheckXattr(name, value, shown);
        }
        catch (FsException refusal)
        {
            // The program hears a number only; what is wrong is told to the person.
            _notices.Add($"{name} was not set on '{row.Name}': {refusal.Message}");
            throw;
        }
    }

    // Who copies a file or a tree copies facts as well: on what is being changed here, or what it made itself, they are passed over.
    private void RefuseFact(Caller caller, InodeNumber inode, string name)
    {
        var row = _changes.Require(inode);
        if (row.IsLocal || _makers.IsMaker(inode, caller) || _journal.Find(inode) is not null || _files.IsOpenForWriting(inode))
            return;
        var reason = $"{name} of '{row.Name}' is a fact that follows from other things; it cannot be set.";
        _notices.Add(reason);
        throw new FsException(FsError.NotPermitted, reason);
    }

    private static void RequireMode(bool isThere, string name, XattrSetMode mode)
    {
        if (isThere && mode == XattrSetMode.Create)
            throw new FsException(FsError.AlreadyExists, $"There is a {name} already.");
        if (!isThere && mode == XattrSetMode.Replace)
            throw new FsException(FsError.NoXattr, $"There is no {name}.");
    }

    private Dictionary<string, string> ShownXattrs(InodeNumber inode, NodeDetails details) =>
        OwnXattrs.Shown(details, _journal.Find(inode)?.Xattrs ?? XattrChanges.None);

    // What came in bulk may lack one.
    private async ValueTask<string?> ValueAsync(InodeNumber inode, string name, CancellationToken cancellationToken)
    {
        var known = await DetailsForXattrsAsync(inode, isFull: false, cancellationToken);
        if (name == CachedBytes)
            return CachedBytesOf(known);
        return known.Xattrs.TryGetValue(name, out var value) || known.Depth == DetailsDepth.Full
            ? value
            : (await DetailsForXattrsAsync(inode, isFull: true, cancellationToken)).Xattrs.GetValueOrDefault(name);
    }

    /// <param name="isFull">Whether all are wanted; what came in bulk has only some.</param>
    private async ValueTask<NodeDetails> DetailsForXattrsAsync(InodeNumber inode, bool isFull, CancellationToken cancellationToken)
    {
        await _xattrWait.TextsShownAsync(_changes.Require(inode), cancellationToken);
        var row = _changes.Require(inode);
        if (!_tree.IsFresh(row))
            row = await _tree.RenewAsync(row, cancellationToken);
        if (row.IsLocal)
            return row.Details ?? Nothing(row);
        var described = isFull
            ? await _describer.DescribeFullyAsync(row, cancellationToken)
            : await _describer.DescribeAsync(row, cancellationToken);
        return (described.Inode == inode ? described : _changes.Require(inode)).Details ?? Nothing(row);
    }

    // Out of reach, what is known has to do.
    private async ValueTask<NodeDetails> KnownForXattrsAsync(InodeNumber inode, CancellationToken cancellationToken)
    {
        try
        {
            return await DetailsForXattrsAsync(inode, isFull: true, cancellationToken);
        }
        catch (FsException failure) when (failure.Error == FsError.Offline)
        {
            var row = _changes.Require(inode);
            return row.Details ?? Nothing(row);
        }
    }

    private string? CachedBytesOf(NodeDetails details) => details.Content is { } key
        ? _parts.Cache.Contents.CachedBytes(key).ToString(CultureInfo.InvariantCulture)
        : null;

    // Nothing is known remotely of what exists here only.
    private static NodeDetails Nothing(NodeRow row) => new()
    {
        Revision = string.Empty,
        Modified = row.Modified,
        Created = row.Created,
        Permissions = FilePermissions.None,
        DescribedOn = row.Created,
    };
}

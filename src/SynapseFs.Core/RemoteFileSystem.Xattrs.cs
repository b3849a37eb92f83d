using System.Globalization;
using System.Text;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Extended attributes: those of the details, and how much of the content is on local disk.</summary>
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
        if (name == State)
            return Encoding.UTF8.GetBytes(_pending.StateOf(_changes.Require(inode)));
        var details = await DetailsForXattrsAsync(inode, cancellationToken);
        var value = name == CachedBytes ? CachedBytesOf(details) : details.Xattrs.GetValueOrDefault(name);
        if (value is null)
            return null;
        return Encoding.UTF8.GetBytes(value);
    }

    public async ValueTask<IReadOnlyList<string>> ListXattrsAsync(
        Caller caller, InodeNumber inode, CancellationToken cancellationToken)
    {
        var details = await DetailsForXattrsAsync(inode, cancellationToken);
        var names = details.Xattrs.Keys.Where(name => name is not (CachedBytes or State)).Order(StringComparer.Ordinal);
        return details.Content is null ? [.. names, State] : [.. names, CachedBytes, State];
    }

    private async ValueTask<NodeDetails> DetailsForXattrsAsync(InodeNumber inode, CancellationToken cancellationToken)
    {
        var row = _changes.Require(inode);
        if (!_tree.IsFresh(row))
            row = await _tree.RenewAsync(row, cancellationToken);
        if (row.IsLocal)
            return row.Details ?? Nothing(row);
        var described = await _describer.DescribeAsync(row, cancellationToken);
        return (described.Inode == inode ? described : _changes.Require(inode)).Details ?? Nothing(row);
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

using System.Globalization;
using System.Text;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Extended attributes: those of the details, and how much of the content is on local disk.</summary>
public sealed partial class RemoteFileSystem
{
    private const string CachedBytes = "user.synapse.cached-bytes";

    public async ValueTask<ReadOnlyMemory<byte>?> GetXattrAsync(
        Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Other prefixes (security, system, trusted) are asked for by every ls; they cost no call.
        if (!name.StartsWith("user.", StringComparison.Ordinal))
            return null;
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
        var names = details.Xattrs.Keys.Where(name => name != CachedBytes).Order(StringComparer.Ordinal);
        return details.Content is null ? [.. names] : [.. names, CachedBytes];
    }

    private async ValueTask<NodeDetails> DetailsForXattrsAsync(InodeNumber inode, CancellationToken cancellationToken)
    {
        var row = _changes.Require(inode);
        if (!_tree.IsFresh(row))
            row = await _tree.RenewAsync(row, cancellationToken);
        var described = await _describer.DescribeAsync(row, cancellationToken);
        return (described.Inode == inode ? described : _changes.Require(inode)).Details
            ?? throw new FsException(FsError.Stale, $"'{row.Name}' has gone.");
    }

    private string? CachedBytesOf(NodeDetails details) => details.Content is { } key
        ? _parts.Cache.Contents.CachedBytes(key).ToString(CultureInfo.InvariantCulture)
        : null;
}

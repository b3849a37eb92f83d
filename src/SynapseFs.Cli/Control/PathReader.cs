using System.Text;
using SynapseFs.Vfs;

namespace SynapseFs.Cli.Control;

/// <summary>Reads all that a mount knows about one path, from within its process: also what the kernel keeps off symbolic links.</summary>
internal static class PathReader
{
    /// <param name="path">From the mount's root, beginning with '/'.</param>
    /// <exception cref="CliException">Nothing is there.</exception>
    public static async Task<PathFacts> ReadAsync(IFileSystem mount, string path, CancellationToken cancellationToken)
    {
        var entry = await PathWalker.WalkAsync(mount, Caller.Internal, path, cancellationToken)
            ?? throw new CliException($"{path} is not there.");
        var inode = entry.Attributes.Inode;
        try
        {
            var xattrs = await ReadXattrsAsync(mount, inode, cancellationToken);
            // Asking for attributes may have told more about a directory than its listing had.
            var attributes = (await mount.GetAttributesAsync(Caller.Internal, inode, null, cancellationToken)).Attributes;
            return new PathFacts
            {
                Type = attributes.Type,
                Length = attributes.Length,
                CanRead = (attributes.Permissions & FilePermissions.UserRead) != 0,
                CanWrite = (attributes.Permissions & FilePermissions.UserWrite) != 0,
                LinkTarget = attributes.Type == NodeType.SymbolicLink
                    ? await mount.ReadLinkAsync(Caller.Internal, inode, cancellationToken)
                    : null,
                Xattrs = xattrs,
            };
        }
        finally
        {
            if (inode != InodeNumber.Root)
                mount.Forget(inode, 1);
        }
    }

    private static async Task<Dictionary<string, string>> ReadXattrsAsync(
        IFileSystem mount, InodeNumber inode, CancellationToken cancellationToken)
    {
        var xattrs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in await mount.ListXattrsAsync(Caller.Internal, inode, cancellationToken))
        {
            if (await mount.GetXattrAsync(Caller.Internal, inode, name, cancellationToken) is { } value)
                xattrs[name] = Encoding.UTF8.GetString(value.Span);
        }
        return xattrs;
    }
}

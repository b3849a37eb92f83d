using SynapseFs.Core.Providers;
using SynapseFs.Core.Searching;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Looking through what is known.</summary>
public sealed partial class RemoteFileSystem
{
    /// <summary>All at and below a path (from the mount's root) whose extended attributes are known or found out.</summary>
    public TreeWalk Walk(string path, WalkReach reach)
    {
        ArgumentNullException.ThrowIfNull(path);
        return WalkFrom(reach, async cancellationToken =>
            await new LinkWalk(_tree, _changes, mountpoint: null).FollowAsync(InodeNumber.Root, path.TrimStart('/'), cancellationToken)
            ?? throw new FsException(FsError.NotFound, $"There is no {path}."));
    }

    // One remote thing may be shown in several places; the one that is found by listing comes first.
    private TreeWalk? WalkBelow(NodeKind kind, string remoteId, WalkReach reach)
    {
        var rows = _parts.Cache.Nodes.FindRemote(kind.Name, remoteId).Where(row => !row.IsDetached);
        return rows.OrderBy(row => IsListed(row) ? 0 : 1).FirstOrDefault() is { } top
            ? WalkFrom(reach, _ => ValueTask.FromResult(_changes.Require(top.Inode)))
            : null;
    }

    private TreeWalk WalkFrom(WalkReach reach, Func<CancellationToken, ValueTask<NodeRow>> findTop) =>
        new(_changes, _tree, _describer, _journal, reach, findTop);

    private bool IsListed(NodeRow row)
    {
        for (var at = row; at.Inode != InodeNumber.Root;)
        {
            var directory = _changes.Require(at.Parent);
            if (_changes.IsContributed(directory, at.Name) || !_changes.ProviderOf(directory).ListsEveryChild)
                return false;
            at = directory;
        }

        return true;
    }
}

using System.Text;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// Which names of a directory a listing shows: not those that contributors hide there, and none that no kernel could hold.
/// </summary>
internal sealed class ListingFilter(MountParts parts)
{
    /// <summary>What a contributor puts under this name, or null. Costs no call.</summary>
    public RemoteChild? Contributed(NodeRow directory, string name) => Contributed(RowMapping.ToNode(directory), directory.Inode, name);

    /// <summary>Tells of names and kinds of the directory's children whether a listing shows them.</summary>
    public Func<string, string, bool> Of(NodeRow directory)
    {
        var node = RowMapping.ToNode(directory);
        return (name, kind) => Contributed(node, directory.Inode, name) is null && parts.Providers.Knows(new NodeKind(kind));
    }

    /// <summary>A listing as it may enter the tree: every name usable, and once.</summary>
    public IReadOnlyList<RemoteChild> Shown(NodeRow directory, IReadOnlyList<RemoteChild> listed)
    {
        var node = RowMapping.ToNode(directory);
        var seen = new HashSet<string>(listed.Count);
        var shown = new List<RemoteChild>(listed.Count);
        foreach (var child in listed)
        {
            if (IsName(child.Name) && Contributed(node, directory.Inode, child.Name) is null && seen.Add(child.Name))
                shown.Add(child);
            else
                Log.NameLeftOut(parts.Log, directory.Name, child.Name);
        }

        return shown;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\0')
        && Encoding.UTF8.GetByteCount(name) <= FileName.MaximumBytes;

    private RemoteChild? Contributed(RemoteNode directory, InodeNumber inode, string name)
    {
        foreach (var contributor in parts.Providers.Contributors)
        {
            if (contributor.Find(directory, inode == InodeNumber.Root, name) is { } found)
                return found;
        }

        return null;
    }
}

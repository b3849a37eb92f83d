using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// What news of a directory mean while changes of ours wait: what was deleted or moved here does not come back, and what stands here
/// keeps its name until the change is sent and the remote side has its say.
/// </summary>
internal sealed class LocalView(Journal journal, NodeTable nodes)
{
    /// <summary>Whether the row stands where it does by a change that waits: news about its name mean another thing.</summary>
    public bool StandsByUs(NodeRow row) => row.IsLocal || journal.Find(row.Inode)?.RemoteParent is not null;

    /// <summary>Whether the row, or something below it, has content that exists here only.</summary>
    public bool HoldsOurs(NodeRow row) =>
        journal.IsWritten(row) || journal.Entries.Any(entry => nodes.Get(entry.Inode) is { } ours
            && (journal.IsWritten(ours) || ours.IsLocal) && IsBelow(ours, row.Inode));

    /// <summary>A child that was asked for by name, or null when it has been moved away or deleted here.</summary>
    public RemoteChild? Seen(NodeRow directory, string name, RemoteChild? child)
    {
        if (child is null || journal.IsEmpty)
            return child;
        if (journal.FindDeletion(child.RemoteId) is not null || IsGuessed(directory, child))
            return null;
        return journal.MovedFrom(directory.RemoteId)
            .Any(entry => nodes.Get(entry.Inode) is { } row && row.RemoteId == child.RemoteId
                && (row.Parent != directory.Inode || row.Name != name))
            ? null
            : child;
    }

    /// <summary>A listing and the rows to hold it against, less what our own changes explain.</summary>
    public ListingNews Of(NodeRow directory, IReadOnlyList<NodeRow> rows, IReadOnlyList<RemoteChild> children)
    {
        if (journal.IsEmpty)
            return new ListingNews(rows, children);
        var movedFrom = journal.MovedFrom(directory.RemoteId)
            .Select(entry => nodes.Get(entry.Inode)).OfType<NodeRow>()
            .GroupBy(row => row.RemoteId).ToDictionary(group => group.Key, group => group.First());
        var standing = rows.Where(StandsByUs).ToDictionary(row => row.Name);
        var seen = new List<RemoteChild>(children.Count);
        foreach (var child in children)
        {
            if (journal.FindDeletion(child.RemoteId) is not null || IsGuessed(directory, child))
                continue;
            if (movedFrom.TryGetValue(child.RemoteId, out var moved))
            {
                if (moved.Parent == directory.Inode)
                    seen.Add(child with { Name = moved.Name });
            }
            else if (!standing.TryGetValue(child.Name, out var ours) || ours.RemoteId == child.RemoteId)
            {
                seen.Add(child);
            }
        }

        var compared = rows.Where(row => !row.IsLocal && (!StandsByUs(row) || movedFrom.ContainsKey(row.RemoteId))).ToList();
        return new ListingNews(compared, seen);
    }

    // What may be ours, made and deleted before its answer came.
    private bool IsGuessed(NodeRow directory, RemoteChild child) =>
        journal.DeletedAt(directory.Inode, child.Name).Any(deletion => deletion.IsGuess);

    private bool IsBelow(NodeRow row, InodeNumber directory)
    {
        for (NodeRow? at = row; at is not null && at.Inode != InodeNumber.Root; at = nodes.Get(at.Parent))
        {
            if (at.Parent == directory)
                return true;
        }

        return false;
    }
}

/// <summary>Rows and children to be held against each other.</summary>
internal readonly record struct ListingNews(IReadOnlyList<NodeRow> Rows, IReadOnlyList<RemoteChild> Children);

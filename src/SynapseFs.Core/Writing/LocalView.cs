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
        return nodes.FindRemote(child.Kind.Name, child.RemoteId).Any(row => !row.IsDetached && StandsByUs(row)
            && (row.Parent != directory.Inode || row.Name != name))
            ? null
            : child;
    }

    /// <summary>A listing and the rows to hold it against, less what our own changes explain.</summary>
    /// <param name="rows">Gone through as often as is needed, and not held.</param>
    public ListingNews Of(NodeRow directory, IEnumerable<NodeRow> rows, IReadOnlyList<RemoteChild> children)
    {
        if (journal.IsEmpty)
            return new ListingNews(rows, children);
        // Wherever the remote side has it: it may have carried out a move of ours without our having heard of it.
        var moved = journal.Moved.Select(entry => (Entry: entry, Row: nodes.Get(entry.Inode))).Where(move => move.Row is { IsDetached: false })
            .GroupBy(move => move.Row!.RemoteId).ToDictionary(group => group.Key, group => group.First());
        var found = new HashSet<string>();
        var standing = rows.Where(StandsByUs).ToDictionary(row => row.Name);
        var seen = new List<RemoteChild>(children.Count);
        foreach (var child in children)
        {
            if (journal.FindDeletion(child.RemoteId) is not null || IsGuessed(directory, child))
                continue;
            if (moved.TryGetValue(child.RemoteId, out var move))
            {
                found.Add(child.RemoteId);
                if (move.Row!.Parent == directory.Inode)
                    seen.Add(child with { Name = move.Row.Name });
            }
            else if (!standing.TryGetValue(child.Name, out var ours) || ours.RemoteId == child.RemoteId)
            {
                seen.Add(child);
            }
        }

        return new ListingNews(rows.Where(row => !row.IsLocal && (!StandsByUs(row) || IsCompared(row))), seen);

        // What ought to be here remotely, and has not been moved by a call of ours whose answer is out.
        bool IsCompared(NodeRow row) => found.Contains(row.RemoteId)
            || (moved.TryGetValue(row.RemoteId, out var move) && move.Entry.RemoteParent == directory.RemoteId
                && journal.PlacesTried(row.RemoteId).Count == 0);
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
internal readonly record struct ListingNews(IEnumerable<NodeRow> Rows, IReadOnlyList<RemoteChild> Children);

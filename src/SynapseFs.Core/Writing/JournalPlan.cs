using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>An entry as the plan sees it.</summary>
/// <param name="Entry">What is to be done.</param>
/// <param name="Row">The node as it is to be.</param>
/// <param name="Directory">The remote id of its directory; null while that does not exist remotely.</param>
/// <param name="IsDirectoryMoving">Whether a directory above it waits to be moved: first that, or a tree could be put into itself.</param>
/// <param name="IsHeld">Not now: open, resting, already on its way, or never to be sent as it is.</param>
/// <param name="BaseNode">The remote node whose content its staged content shows; that one must not go before.</param>
internal sealed record PlannedEntry(
    JournalEntry Entry, NodeRow Row, string? Directory, bool IsDirectoryMoving, bool IsHeld, string? BaseNode)
{
    public bool NeedsPlace => Entry.IsNew || Entry.RemoteParent is not null;
}

/// <summary>A deletion as the plan sees it.</summary>
internal sealed record PlannedDeletion(DeletionEntry Entry, bool IsHeld);

/// <summary>One thing to be done now: an entry to be sent, or moved aside first; or a deletion.</summary>
internal sealed record PlannedJob(PlannedEntry? Entry, bool IsAside, DeletionEntry? Deletion)
{
    public long Sequence => Entry?.Entry.Sequence ?? Deletion!.Sequence;
}

/// <summary>
/// What may be sent now, in the order in which it was accepted: directories before what is in them, a name's old holder before its new
/// one, what is moved out of a directory before the directory goes. Names exchanged in a ring are broken up by moving one aside. Pure.
/// </summary>
internal static class JournalPlan
{
    public static IReadOnlyList<PlannedJob> Ready(
        IReadOnlyList<PlannedEntry> entries, IReadOnlyList<PlannedDeletion> deletions)
    {
        var holders = entries.Where(entry => entry.Entry.RemoteParent is not null)
            .GroupBy(entry => new NamePlace(entry.Entry.RemoteParent!, entry.Entry.RemoteName!))
            .ToDictionary(group => group.Key, group => group.First());
        var leaving = deletions.Select(deletion => new NamePlace(deletion.Entry.RemoteParent, deletion.Entry.Name)).ToHashSet();
        var gone = deletions.Where(deletion => deletion.Entry.IsDirectory).ToDictionary(deletion => deletion.Entry.RemoteId);
        var jobs = new List<PlannedJob>();
        foreach (var entry in entries.Where(entry => !entry.IsHeld))
        {
            if (!entry.NeedsPlace)
                jobs.Add(new PlannedJob(entry, IsAside: false, null));
            else if (entry is { Directory: { } directory, IsDirectoryMoving: false }
                && Way(entry, new NamePlace(directory, entry.Row.Name), holders, leaving) is { } isAside)
                jobs.Add(new PlannedJob(entry, isAside, null));
        }

        var stillIn = entries.Select(entry => entry.Entry.RemoteParent).OfType<string>().ToHashSet();
        var needed = entries.Select(entry => entry.BaseNode).OfType<string>().ToHashSet();
        jobs.AddRange(deletions
            .Where(deletion => !deletion.IsHeld && !gone.ContainsKey(deletion.Entry.RemoteParent) && !needed.Contains(deletion.Entry.RemoteId)
                && !IsLeftFrom(deletion.Entry.RemoteId, stillIn, needed, deletions))
            .Select(deletion => new PlannedJob(null, IsAside: false, deletion.Entry)));
        jobs.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        return jobs;
    }

    /// <summary>Remote ids of everything deleted below a directory that is itself deleted.</summary>
    public static IReadOnlySet<string> Below(string directory, IReadOnlyList<DeletionEntry> deletions)
    {
        var inside = deletions.ToLookup(deletion => deletion.RemoteParent);
        var found = new HashSet<string>();
        var open = new Queue<string>([directory]);
        while (open.TryDequeue(out var at))
        {
            foreach (var deletion in inside[at].Where(deletion => found.Add(deletion.RemoteId)))
                open.Enqueue(deletion.RemoteId);
        }

        return found;
    }

    // Null: the name is not free yet. True: in a ring that this entry has to break up.
    private static bool? Way(
        PlannedEntry entry, NamePlace wanted, Dictionary<NamePlace, PlannedEntry> holders, HashSet<NamePlace> leaving)
    {
        if (leaving.Contains(wanted))
            return null;
        if (!holders.TryGetValue(wanted, out var holder) || holder == entry)
            return false;
        var oldest = entry.Entry.Sequence;
        for (var steps = holders.Count; steps > 0; steps--)
        {
            if (holder.IsHeld || holder.Directory is not { } directory)
                return null;
            oldest = Math.Min(oldest, holder.Entry.Sequence);
            if (!holders.TryGetValue(new NamePlace(directory, holder.Row.Name), out holder))
                return null;
            if (holder == entry)
                return entry.Entry is { IsNew: false } && oldest == entry.Entry.Sequence ? true : null;
        }

        return null;
    }

    private static bool IsLeftFrom(
        string directory, HashSet<string> stillIn, HashSet<string> needed, IReadOnlyList<PlannedDeletion> deletions)
    {
        if (stillIn.Count == 0 && needed.Count == 0)
            return false;
        var below = Below(directory, [.. deletions.Select(deletion => deletion.Entry)]);
        return stillIn.Contains(directory) || below.Any(id => stillIn.Contains(id) || needed.Contains(id));
    }

    private readonly record struct NamePlace(string Directory, string Name);
}

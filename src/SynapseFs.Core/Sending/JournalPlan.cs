using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>An entry as the plan sees it.</summary>
/// <param name="Entry">What is to be done.</param>
/// <param name="Row">The node as it is to be.</param>
/// <param name="Directory">The remote id of its directory; null while that does not exist remotely.</param>
/// <param name="MustLeave">Directories that are still below it remotely and above it here: they have to move out first, or it would be put into itself.</param>
/// <param name="IsDirectory">Whether others may be in it.</param>
/// <param name="IsHeld">Not now: open, resting, already on its way, or never to be sent as it is.</param>
/// <param name="IsToComplete">
/// Never to be sent as it is, but its content shows that of something to be deleted: it has to be fetched before that goes.
/// </param>
/// <param name="Tried">Places where calls of ours without an answer may have put it.</param>
internal sealed record PlannedEntry(
    JournalEntry Entry, NodeRow Row, string? Directory, IReadOnlyList<InodeNumber> MustLeave, bool IsDirectory, bool IsHeld, bool IsToComplete,
    IReadOnlyList<NodePlace> Tried)
{
    /// <summary>Places where the remote side may have it, for what is to be moved.</summary>
    public IEnumerable<NodePlace> Places => [new NodePlace(Entry.RemoteParent!, Entry.RemoteName!), .. Tried];

    /// <summary>Somebody waits for it, so it goes before older ones.</summary>
    public bool IsFirst { get; init; }

    public bool NeedsPlace => Entry.IsNew || Entry.RemoteParent is not null;
}

/// <summary>A deletion as the plan sees it.</summary>
/// <param name="Tried">As an entry's.</param>
internal sealed record PlannedDeletion(DeletionEntry Entry, bool IsHeld, IReadOnlyList<NodePlace> Tried)
{
    /// <summary>As an entry's.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether it may be elsewhere, or not be there at all: it does not go with its directory.</summary>
    public bool IsOfItsOwn => Entry.IsGuess || Tried.Count > 0;

    public IEnumerable<NodePlace> Places => [new NodePlace(Entry.RemoteParent, Entry.Name), .. Tried];
}

internal enum JobKind
{
    Send,
    /// <summary>Move it out of the way of another.</summary>
    MoveAside,
    /// <summary>Bring its bytes together, here.</summary>
    Complete,
    Delete,
}

/// <summary>One thing to be done now, to an entry or to what is to be deleted.</summary>
internal sealed record PlannedJob(JobKind Kind, PlannedEntry? Entry, DeletionEntry? Deletion);

/// <summary>
/// What may be sent now, in the order in which it was accepted, but first what somebody waits for: directories before what is in them, a name's old holder before its new
/// one, what is moved out of a directory before the directory goes. Where changes wait for each other in a ring, one is moved aside. Pure.
/// </summary>
internal static class JournalPlan
{
    /// <param name="entries">All, in order; looked at only as far as the answer is.</param>
    /// <param name="moved">Those whose place differs remotely.</param>
    /// <param name="deletions">All, in order.</param>
    /// <param name="needed">Remote nodes that contents still to be sent show.</param>
    /// <param name="underWay">Places to which something is on its way already, whether or not it is still wanted there.</param>
    public static IEnumerable<PlannedJob> Ready(
        IEnumerable<PlannedEntry> entries, IReadOnlyList<PlannedEntry> moved, IReadOnlyList<PlannedDeletion> deletions,
        IReadOnlySet<string> needed, IReadOnlyList<NodePlace> underWay)
    {
        var holders = moved.SelectMany(entry => entry.Places.Select(place => (Place: place, Entry: entry)))
            .GroupBy(held => held.Place).ToDictionary(group => group.Key, group => group.First().Entry);
        var leaving = deletions.SelectMany(deletion => deletion.Places).ToHashSet();
        var stillIn = moved.SelectMany(entry => entry.Places)
            .Concat(deletions.Where(deletion => deletion.IsOfItsOwn).SelectMany(deletion => deletion.Places))
            .Concat(underWay).Select(place => place.Parent).ToHashSet();
        var going = new Queue<PlannedDeletion>(ReadyDeletions(deletions, stillIn, needed));
        var rings = new PlanRings(entries, deletions);
        foreach (var entry in entries)
        {
            if (JobOf(entry, holders, leaving, rings) is not { } job)
                continue;
            while (going.TryPeek(out var deletion) && IsBefore(deletion, entry))
                yield return JobOf(going.Dequeue());
            yield return job;
        }

        while (going.TryDequeue(out var deletion))
            yield return JobOf(deletion);
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

    private static PlannedJob? JobOf(PlannedEntry entry, Dictionary<NodePlace, PlannedEntry> holders, HashSet<NodePlace> leaving, PlanRings rings)
    {
        if (entry.IsToComplete)
            return new PlannedJob(JobKind.Complete, entry, null);
        if (entry.IsHeld)
            return null;
        if (!entry.NeedsPlace)
            return new PlannedJob(JobKind.Send, entry, null);
        if (entry.Directory is not { } directory || entry.MustLeave.Count > 0)
            return null;
        var wanted = new NodePlace(directory, entry.Row.Name);
        var isFree = !leaving.Contains(wanted) && (!holders.TryGetValue(wanted, out var holder) || holder.Row.Inode == entry.Row.Inode);
        return isFree ? new PlannedJob(JobKind.Send, entry, null)
            : rings.BreaksRing(entry) ? new PlannedJob(JobKind.MoveAside, entry, null)
            : null;
    }

    private static PlannedJob JobOf(PlannedDeletion deletion) => new(JobKind.Delete, null, deletion.Entry);

    private static bool IsBefore(PlannedDeletion deletion, PlannedEntry entry) =>
        deletion.IsFirst == entry.IsFirst ? deletion.Entry.Sequence < entry.Entry.Sequence : deletion.IsFirst;

    private static IEnumerable<PlannedDeletion> ReadyDeletions(
        IReadOnlyList<PlannedDeletion> deletions, HashSet<string> stillIn, IReadOnlySet<string> needed)
    {
        var gone = deletions.Where(deletion => deletion.Entry.IsDirectory).Select(deletion => deletion.Entry.RemoteId).ToHashSet();
        return deletions.Where(deletion => !deletion.IsHeld && (deletion.IsOfItsOwn || !gone.Contains(deletion.Entry.RemoteParent))
            && !needed.Contains(deletion.Entry.RemoteId) && !IsLeftFrom(deletion.Entry, stillIn, needed, deletions));
    }

    // Whether something that is to stay is still in the directory, remotely.
    private static bool IsLeftFrom(
        DeletionEntry directory, HashSet<string> stillIn, IReadOnlySet<string> needed, IReadOnlyList<PlannedDeletion> deletions)
    {
        if (!directory.IsDirectory || (stillIn.Count == 0 && needed.Count == 0))
            return false;
        var below = Below(directory.RemoteId, [.. deletions.Select(deletion => deletion.Entry)]);
        return stillIn.Contains(directory.RemoteId) || below.Any(id => stillIn.Contains(id) || needed.Contains(id));
    }
}

using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>
/// What waits for what, and who breaks a ring in which all wait for each other by taking another name for a moment. Looked through only
/// for changes whose way is not free. Pure.
/// </summary>
/// <param name="entries">All, in order of acceptance.</param>
/// <param name="deletions">All.</param>
internal sealed class PlanRings(IEnumerable<PlannedEntry> entries, IReadOnlyList<PlannedDeletion> deletions)
{
    private Dictionary<InodeNumber, PlannedEntry>? _byInode;
    private ILookup<NodePlace, PlannedEntry>? _holders;
    private ILookup<string, PlannedEntry>? _stillIn;
    private ILookup<NodePlace, PlannedDeletion>? _leaving;

    /// <summary>Whether the entry is in a ring, and of those in it that could step aside the one that was accepted first.</summary>
    public bool BreaksRing(PlannedEntry entry)
    {
        if (!CanStepAside(entry))
            return false;
        Prepare();
        return _byInode!.TryGetValue(entry.Row.Inode, out var start) && FindRing(start) is { } ring
            && ring.OfType<PlannedEntry>().Where(CanStepAside).All(other => entry.Entry.Sequence <= other.Entry.Sequence);
    }

    // A file that is new holds nobody up: only what it wants does.
    private static bool CanStepAside(PlannedEntry entry) =>
        entry is { NeedsPlace: true, IsHeld: false, Directory: not null, MustLeave.Count: 0 } && (!entry.Entry.IsNew || entry.IsDirectory);

    private void Prepare()
    {
        if (_byInode is not null)
            return;
        _byInode = entries.ToDictionary(entry => entry.Row.Inode);
        var moved = _byInode.Values.Where(entry => entry.Entry.RemoteParent is not null).ToList();
        _holders = moved.SelectMany(entry => entry.Places, (entry, place) => (entry, place)).ToLookup(held => held.place, held => held.entry);
        _stillIn = moved.SelectMany(entry => entry.Places, (entry, place) => (entry, place.Parent)).ToLookup(held => held.Parent, held => held.entry);
        _leaving = deletions.SelectMany(deletion => deletion.Places, (deletion, place) => (deletion, place))
            .ToLookup(left => left.place, left => left.deletion);
    }

    // Depth first; what is held waits for something else than its like.
    private List<object>? FindRing(PlannedEntry start)
    {
        var seen = new HashSet<object>();
        var path = new List<object>();
        return Follow(start) ? path : null;

        bool Follow(object at)
        {
            path.Add(at);
            foreach (var next in WaitsFor(at))
            {
                if (ReferenceEquals(next, start) || (seen.Add(next) && Follow(next)))
                    return true;
            }

            path.RemoveAt(path.Count - 1);
            return false;
        }
    }

    private IEnumerable<object> WaitsFor(object at) => at switch
    {
        PlannedEntry { IsHeld: false } entry => WaitsFor(entry),
        PlannedDeletion { IsHeld: false, Entry: { IsDirectory: true, IsGuess: false } deletion } =>
            JournalPlan.Below(deletion.RemoteId, [.. deletions.Select(other => other.Entry)]).Append(deletion.RemoteId).SelectMany(id => _stillIn![id]),
        _ => [],
    };

    // What has been sent since it was looked at has no entry any more.
    private IEnumerable<PlannedEntry> Known(IReadOnlyList<InodeNumber> inodes) =>
        inodes.Select(inode => _byInode!.GetValueOrDefault(inode)).OfType<PlannedEntry>();

    private IEnumerable<object> WaitsFor(PlannedEntry entry)
    {
        if (entry.Directory is not { } directory)
            return Known([entry.Row.Parent]);
        var wanted = new NodePlace(directory, entry.Row.Name);
        return [.. _leaving![wanted], .. _holders![wanted].Where(holder => holder != entry), .. Known(entry.MustLeave)];
    }
}

using SynapseFs.Core.Providers;
using SynapseFs.Store;

namespace SynapseFs.Core.Watching;

/// <summary>What a fresh listing says otherwise than the rows. Pure.</summary>
internal sealed record DirectoryDiff(
    IReadOnlyList<RemoteChild> Added, IReadOnlyList<ChangedChild> Changed, IReadOnlyList<NodeRow> Gone)
{
    /// <summary>
    /// Compares by remote identity, not by name, so that what was renamed is the same thing under a new name. One thing may stand in
    /// a listing under several names; then its names are matched first.
    /// </summary>
    public static DirectoryDiff Between(IReadOnlyList<NodeRow> rows, IReadOnlyList<RemoteChild> children)
    {
        var left = rows.ToLookup(row => (row.Kind, row.RemoteId)).ToDictionary(group => group.Key, group => group.ToList());
        var changed = new List<ChangedChild>();
        var unmatched = new List<RemoteChild>();
        foreach (var child in children)
        {
            if (!TryTake(left, child, row => row.Name == child.Name, changed))
                unmatched.Add(child);
        }

        var added = unmatched.Where(child => !TryTake(left, child, _ => true, changed)).ToList();
        return new DirectoryDiff(added, changed, [.. left.Values.SelectMany(rest => rest)]);
    }

    private static bool TryTake(
        Dictionary<(string Kind, string RemoteId), List<NodeRow>> left, RemoteChild child, Predicate<NodeRow> fits,
        List<ChangedChild> changed)
    {
        if (!left.TryGetValue((child.Kind.Name, child.RemoteId), out var candidates))
            return false;
        var index = candidates.FindIndex(fits);
        if (index < 0)
            return false;
        if (Differs(candidates[index], child))
            changed.Add(new ChangedChild(candidates[index], child));
        candidates.RemoveAt(index);
        return true;
    }

    private static bool Differs(NodeRow row, RemoteChild child) =>
        row.Name != child.Name || row.Revision != child.Revision || row.Modified != child.Modified || row.Created != child.Created
        || (child.Details is not null && row.Details?.Revision != child.Details.Revision);
}

/// <summary>One thing that is still there and no longer the same.</summary>
internal readonly record struct ChangedChild(NodeRow Row, RemoteChild Child);

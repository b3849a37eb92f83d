using SynapseFs.Core.Providers;
using SynapseFs.Store;

namespace SynapseFs.Core.Watching;

/// <summary>What a fresh listing says otherwise than the rows. Pure.</summary>
internal sealed record DirectoryDiff(
    IReadOnlyList<RemoteChild> Added, IReadOnlyList<ChangedChild> Changed, IReadOnlyList<NodeRow> Gone)
{
    /// <summary>
    /// Compares by remote identity, not by name, so that what was renamed is the same thing under a new name. One thing may stand in
    /// a listing under several names; then its names are matched first. Of the rows, gone through once, only those that differ are held.
    /// </summary>
    public static DirectoryDiff Between(IEnumerable<NodeRow> rows, IReadOnlyList<RemoteChild> children)
    {
        var left = children.GroupBy(child => (child.Kind.Name, child.RemoteId)).ToDictionary(group => group.Key, group => group.ToList());
        var changed = new List<ChangedChild>();
        var unmatched = new List<NodeRow>();
        foreach (var row in rows)
        {
            if (!TryTake(left, row, child => child.Name == row.Name, changed))
                unmatched.Add(row);
        }

        var gone = unmatched.Where(row => !TryTake(left, row, _ => true, changed)).ToList();
        return new DirectoryDiff([.. left.Values.SelectMany(rest => rest)], changed, gone);
    }

    /// <summary>Only what the listing names is gone; what a listing of some leaves out is not.</summary>
    public DirectoryDiff ForListingOfSome(IReadOnlyList<RemoteChild> children)
    {
        var names = children.Select(child => child.Name).ToHashSet();
        return this with { Gone = [.. Gone.Where(row => names.Contains(row.Name))] };
    }

    /// <summary>The names that the rows have when what is gone has gone and what changed has changed.</summary>
    public HashSet<string> NamesAfter(IEnumerable<NodeRow> rows)
    {
        var without = Gone.Concat(Changed.Select(change => change.Row)).Select(row => row.Inode).ToHashSet();
        return [.. rows.Where(row => !without.Contains(row.Inode)).Select(row => row.Name), .. Changed.Select(change => change.Child.Name)];
    }

    private static bool TryTake(
        Dictionary<(string Kind, string RemoteId), List<RemoteChild>> left, NodeRow row, Predicate<RemoteChild> fits, List<ChangedChild> changed)
    {
        if (!left.TryGetValue((row.Kind, row.RemoteId), out var candidates))
            return false;
        var index = candidates.FindIndex(fits);
        if (index < 0)
            return false;
        if (Differs(row, candidates[index]))
            changed.Add(new ChangedChild(row, candidates[index]));
        candidates.RemoveAt(index);
        return true;
    }

    private static bool Differs(NodeRow row, RemoteChild child) =>
        row.Name != child.Name || row.Revision != child.Revision || row.Modified != child.Modified || row.Created != child.Created
        || (child.Details is not null && row.Details?.Revision != child.Details.Revision);
}

/// <summary>One thing that is still there and no longer the same.</summary>
internal readonly record struct ChangedChild(NodeRow Row, RemoteChild Child);

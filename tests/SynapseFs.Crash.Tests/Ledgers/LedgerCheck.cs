namespace SynapseFs.Crash.Tests.Ledgers;

/// <summary>Holds a ledger against a directory.</summary>
internal static class LedgerCheck
{
    /// <summary>
    /// Compares with what was acknowledged, and when that does not fit, with what was in flight as well. The tree that fits, its loose
    /// ends tied to what is there, or else the complaints.
    /// </summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static LedgerVerdict Check(LedgerCopy ledger, string root)
    {
        var before = Compare(ledger.Before, root);
        if (before.Complaints.Count == 0 || ledger.After is null)
            return before;
        var after = Compare(ledger.After, root);
        return after.Complaints.Count == 0
            ? after
            : new LedgerVerdict(ledger.Before, [.. before.Complaints.Select(text => $"{text} [and {ledger.InFlight} in flight]")]);
    }

    private static LedgerVerdict Compare(Tree tree, string root)
    {
        var complaints = new List<string>();
        var result = tree.Copy();
        var there = Walk(root);
        foreach (var (path, file) in tree.Names)
        {
            if (!there.Remove(path, out var isDirectory))
            {
                if (file is null || file.IsSure)
                    complaints.Add($"{path} is lost");
                else
                    result.Remove(path);
            }
            else if (isDirectory != file is null)
            {
                complaints.Add($"{path} is {(isDirectory ? "a directory" : "a file")} now");
            }
            else if (file is not null)
            {
                var seen = File.ReadAllBytes(Path.Combine(root, path));
                if (file.Refuse(seen) is { } reason)
                    complaints.Add($"{path} has {reason}");
                else
                    result.File(file.Id)!.Adopt(seen);
            }
        }

        complaints.AddRange(there.Keys.Select(path => $"{path} has appeared"));
        result.DropNameless();
        return new LedgerVerdict(result, complaints);
    }

    private static SortedDictionary<string, bool> Walk(string root)
    {
        var found = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", options))
            found.Add(Path.GetRelativePath(root, entry.FullName), entry is DirectoryInfo);
        return found;
    }
}

/// <param name="Tree">What was found, when there is no complaint.</param>
/// <param name="Complaints">Sentences; empty when all is as it may be.</param>
internal sealed record LedgerVerdict(Tree Tree, IReadOnlyList<string> Complaints);

using SynapseFs.Core.Writing;
using SynapseFs.Crash.Tests.Ledgers;
using SynapseFs.Testing.Remote;

namespace SynapseFs.Crash.Tests.Remote;

/// <summary>Holds what the server has against what it should have got.</summary>
internal static class RemoteCheck
{
    private static readonly LocalNames LocalNames = new(Core.Writing.LocalNames.Defaults);

    /// <summary>
    /// What differs from a tree of which everything was sent: names, bytes. Empty files and names that stay local may lack; of a file
    /// that was emptied the server may keep what it had.
    /// </summary>
    public static IReadOnlyList<string> Differences(RemoteTree remote, Tree tree, string prefix)
    {
        var complaints = new List<string>();
        var expected = new HashSet<string>();
        foreach (var (path, file) in tree.Names)
        {
            if (IsLocal(path))
                continue;
            expected.Add(prefix + path);
            var isEmpty = file is { Whole.Length: 0 };
            if (!remote.Things.TryGetValue(prefix + path, out var thing))
            {
                if (!isEmpty)
                    complaints.Add($"{prefix}{path} is not on the server");
            }
            else if (thing.IsFolder != file is null)
            {
                complaints.Add($"{prefix}{path} is {(thing.IsFolder ? "a folder" : "a file")} on the server");
            }
            else if (file is not null && !isEmpty && thing.Versions[^1] != WholeContents.Md5(file.Whole))
            {
                complaints.Add($"{prefix}{path} has other bytes on the server, version {thing.Versions.Count} of {thing.Id}");
            }
        }

        complaints.AddRange(remote.Things.Keys
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && !expected.Contains(path))
            .Select(path => $"{path} is on the server only"));
        return complaints;
    }

    /// <summary>Versions that nobody ever wrote as a whole, and versions that are there twice.</summary>
    public static IEnumerable<string> Defects(RemoteTree remote, WholeContents contents)
    {
        foreach (var (path, thing) in remote.Things)
        {
            for (var at = 0; at < thing.Versions.Count; at++)
            {
                if (!contents.Contains(thing.Versions[at]))
                    yield return $"version {at + 1} of {path} ({thing.Id}) is torn: nobody closed or synced such bytes";
                if (at > 0 && thing.Versions[at] == thing.Versions[at - 1])
                    yield return $"versions {at} and {at + 1} of {path} ({thing.Id}) are the same";
            }
        }
    }

    // A local name stays, and everything below a local directory with it.
    private static bool IsLocal(string path) => path.Split('/').Any(LocalNames.Contains);
}

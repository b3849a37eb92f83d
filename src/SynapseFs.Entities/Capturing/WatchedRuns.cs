namespace SynapseFs.Entities.Capturing;

/// <summary>
/// The processes that are watched with all that they start, each with the paths where they changed something. Not thread-safe.
/// </summary>
internal sealed class WatchedRuns
{
    private readonly Dictionary<ProcessKey, HashSet<string>> _runs = [];

    public bool IsEmpty => _runs.Count == 0;

    public void Add(ProcessKey process) => _runs.TryAdd(process, []);

    public bool Has(IReadOnlyList<ProcessFacts> ancestors) => ancestors.Any(ancestor => _runs.ContainsKey(ancestor.Key));

    public void Changed(IReadOnlyList<ProcessFacts> ancestors, string path)
    {
        foreach (var ancestor in ancestors)
        {
            if (_runs.TryGetValue(ancestor.Key, out var paths) && !IsAtOrBelow(paths, path))
                paths.Add(path);
        }
    }

    /// <summary>Whether a run changed something at a path, or made or moved a directory above it.</summary>
    public bool HasChanged(int process, string path) => _runs.Any(run => run.Key.Id == process && IsAtOrBelow(run.Value, path));

    /// <summary>Where it changed something; it is watched on.</summary>
    public void ForgetPaths(int process)
    {
        foreach (var (_, paths) in _runs.Where(run => run.Key.Id == process))
            paths.Clear();
    }

    private static bool IsAtOrBelow(HashSet<string> paths, string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (paths.Contains(path[..end]))
                return true;
        }

        return false;
    }
}

using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Capturing;

/// <summary>
/// The processes that used the mount, as long as they may matter, and which of them belong together as one command. Not thread-safe.
/// </summary>
internal sealed class WatchedProcesses
{
    private const int Most = 4_096;

    private readonly Dictionary<ProcessKey, WatchedProcess> _all = [];
    private long _heard;

    public WatchedProcess? Find(ProcessKey key) => _all.GetValueOrDefault(key);

    public WatchedProcess Remember(ProcessFacts facts, IReadOnlyList<ProcessFacts> ancestors)
    {
        if (!_all.TryGetValue(facts.Key, out var process))
        {
            if (_all.Count >= Most)
                ForgetOldest();
            _all[facts.Key] = process = new WatchedProcess(facts, ancestors);
        }

        process.Facts = facts;
        process.Heard = ++_heard;
        return process;
    }

    public void Add(IEnumerable<PipelineMember> pipeline)
    {
        foreach (var member in pipeline)
            Remember(member.Process, member.Ancestors).Add(member.Pipes);
    }

    /// <summary>Whether a pipeline leads on from a process, or from a subshell that it runs in, to somebody not seen yet.</summary>
    public bool WritesToUnknown(WatchedProcess process)
    {
        var found = new HashSet<WatchedProcess>();
        var open = new Queue<WatchedProcess>([process, .. process.Ancestors.Select(ancestor => Find(ancestor.Key)).OfType<WatchedProcess>()]);
        while (open.TryDequeue(out var writer))
        {
            foreach (var pipe in found.Add(writer) ? writer.PipesOut : [])
            {
                var readers = _all.Values.Where(reader => reader.PipesIn.Contains(pipe)).ToList();
                if (readers.Count == 0)
                    return true;
                readers.ForEach(open.Enqueue);
            }
        }

        return false;
    }

    /// <summary>
    /// All processes that a written content owes something to: those that wrote it and what belongs to their commands, and the commands
    /// that their pipes come from.
    /// </summary>
    public IReadOnlyList<WatchedProcess> CommandsOf(IEnumerable<WatchedProcess> makers)
    {
        var found = new HashSet<WatchedProcess>();
        var open = new Queue<WatchedProcess>(makers);
        while (open.TryDequeue(out var maker))
        {
            if (!found.Add(maker))
                continue;
            foreach (var feeder in FeedersOf(maker))
                open.Enqueue(feeder);
            // What else a shell has started are other commands. Or it is no shell for long: nobody saw yet what it becomes.
            if (Programs.IsShell(maker.Facts))
                continue;
            var root = RootOf(maker);
            foreach (var process in _all.Values.Where(process => process.IsAtOrBelow(root.Facts)))
                open.Enqueue(process);
        }

        return [.. found];
    }

    /// <summary>The highest process of the same command that used the mount: it may have read what those below it write.</summary>
    public WatchedProcess RootOf(WatchedProcess process)
    {
        var root = process;
        foreach (var ancestor in process.Ancestors.TakeWhile(ancestor => !Programs.StartsCommands(ancestor)))
        {
            if (Find(ancestor.Key) is { UsesMount: true } above)
                root = above;
        }

        return root;
    }

    /// <summary>Told what came of a content that some have read before it was remote.</summary>
    public void Learn(ContentFate fate)
    {
        foreach (var process in _all.Values)
        {
            foreach (var read in process.Reads.Where(read => read.Source.Is(fate)).ToList())
            {
                var sources = new OriginNote { Sources = [read.Source] }.With(fate).Sources;
                process.Reads.Remove(read);
                // Whoever has it open closes this one.
                if (sources.Count == 1)
                    read.Source = sources[0];
                process.Reads.AddRange(sources.Count == 1 ? [read] : sources.Select(source => new WatchedRead(process, source)));
            }
        }
    }

    // The commands at the other ends of its pipes, or of those of a subshell that it runs in; of a subshell all that it started. A pipe whose
    // other end nobody saw leads nowhere: what else was started then may have nothing to do with it.
    private IEnumerable<WatchedProcess> FeedersOf(WatchedProcess process)
    {
        var pipes = process.Ancestors.Select(ancestor => Find(ancestor.Key)).OfType<WatchedProcess>().Append(process)
            .SelectMany(reader => reader.PipesIn).ToHashSet();
        if (pipes.Count == 0)
            return [];
        var fed = _all.Values.Where(other => other != process && other.PipesOut.Overlaps(pipes)).ToList();
        return fed.Concat(fed.Where(feeder => Programs.IsShell(feeder.Facts))
            .SelectMany(shell => _all.Values.Where(below => below.IsAtOrBelow(shell.Facts))));
    }

    private void ForgetOldest()
    {
        foreach (var process in _all.Values.OrderBy(process => process.Heard).Take(Most / 4).ToList())
            _all.Remove(process.Facts.Key);
    }
}

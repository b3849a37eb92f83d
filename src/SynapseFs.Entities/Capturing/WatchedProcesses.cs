using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Capturing;

/// <summary>
/// The processes that used the mount, as long as they may matter, and which of them belong together as one command. Not thread-safe.
/// </summary>
internal sealed class WatchedProcesses
{
    private const int Most = 4_096;

    /// <summary>Clock ticks (100 a second) within which a shell has begun all commands of a pipeline.</summary>
    private const long PipelineTicks = 200;

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
            if (!found.Add(maker) || Programs.IsShell(maker.Facts.Name))
                continue;
            var root = RootOf(maker);
            foreach (var process in _all.Values.Where(process => process.IsAtOrBelow(root.Facts)).Concat(FeedersOf(maker)))
                open.Enqueue(process);
        }

        return [.. found];
    }

    /// <summary>The highest process of the same command that used the mount: it may have read what those below it write.</summary>
    public WatchedProcess RootOf(WatchedProcess process)
    {
        var root = process;
        foreach (var ancestor in process.Ancestors.TakeWhile(ancestor => !Programs.StartsCommands(ancestor.Name)))
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
                process.Reads.Remove(read);
                foreach (var source in new OriginNote { Sources = [read.Source] }.With(fate).Sources)
                    process.Reads.Add(new WatchedRead(source) { Open = read.Open });
            }
        }
    }

    // The commands at the other ends of its pipes, or of those of a subshell that it runs in; of a subshell all that it started. Where the
    // writing end was never seen, as its process was gone too soon, it is what the same shell began at the same time to write into a pipe.
    private IEnumerable<WatchedProcess> FeedersOf(WatchedProcess process)
    {
        var pipes = process.Ancestors.Select(ancestor => Find(ancestor.Key)).OfType<WatchedProcess>().Append(process)
            .SelectMany(reader => reader.PipesIn).ToHashSet();
        if (pipes.Count == 0)
            return [];
        var others = _all.Values.Where(other => other != process && other.PipesOut.Count > 0).ToList();
        var fed = others.Where(other => other.PipesOut.Overlaps(pipes)).ToList();
        if (fed.Count == 0)
        {
            fed = [.. others.Where(other =>
                other.Facts.Parent == process.Facts.Parent && Math.Abs(other.Facts.Key.Start - process.Facts.Key.Start) <= PipelineTicks
                && !_all.Values.Any(reader => reader.PipesIn.Overlaps(other.PipesOut)))];
        }

        return fed.Concat(fed.Where(feeder => Programs.IsShell(feeder.Facts.Name))
            .SelectMany(shell => _all.Values.Where(below => below.IsAtOrBelow(shell.Facts))));
    }

    private void ForgetOldest()
    {
        foreach (var process in _all.Values.OrderBy(process => process.Heard).Take(Most / 4).ToList())
            _all.Remove(process.Facts.Key);
    }
}

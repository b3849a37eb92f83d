namespace SynapseFs.Entities.Capturing;

/// <summary>A process that used the mount, or is tied to one that did by a pipe. Guarded by its owner's lock.</summary>
internal sealed class WatchedProcess(ProcessFacts facts, IReadOnlyList<ProcessFacts> ancestors)
{
    /// <summary>As it was seen last: a process becomes another program by exec.</summary>
    public ProcessFacts Facts { get; set; } = facts;

    public IReadOnlyList<ProcessFacts> Ancestors { get; } = ancestors;

    /// <summary>Whether it opened or wrote something itself.</summary>
    public bool UsesMount { get; set; }

    /// <summary>Whether it was kept waiting, in vain, for the rest of its pipeline to be there: once is enough.</summary>
    public bool WasWaitedFor { get; set; }

    public HashSet<string> PipesIn { get; } = [];

    public HashSet<string> PipesOut { get; } = [];

    public List<WatchedRead> Reads { get; } = [];

    /// <summary>Orders processes by when they were last heard of.</summary>
    public long Heard { get; set; }

    /// <summary>Whether it is that process, or was started by it since it became the program that it is.</summary>
    public bool IsAtOrBelow(ProcessFacts process) =>
        Facts.Key == process.Key || Ancestors.Any(ancestor => ancestor.Key == process.Key && ancestor.Program == process.Program);

    public void Add(ProcessPipes pipes)
    {
        PipesIn.UnionWith(pipes.In);
        PipesOut.UnionWith(pipes.Out);
    }
}

/// <summary>Something that a process opened for reading.</summary>
internal sealed class WatchedRead(WatchedProcess process, OriginSource source)
{
    public WatchedProcess Process { get; } = process;

    public OriginSource Source { get; set; } = source;

    /// <summary>Handles of it that are open still.</summary>
    public int Open { get; set; }
}

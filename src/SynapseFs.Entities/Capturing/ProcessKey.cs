namespace SynapseFs.Entities.Capturing;

/// <summary>A process for ever: numbers are given again, but not with the same start.</summary>
/// <param name="Start">Clock ticks after boot.</param>
internal readonly record struct ProcessKey(int Id, long Start);

/// <summary>A process as it was when somebody looked.</summary>
/// <param name="Name">As <c>/proc/PID/comm</c> has it, 15 letters at most: that of a script, or what the process calls itself.</param>
/// <param name="Arguments">Its command line; empty where that is not to be had.</param>
internal sealed record ProcessFacts(ProcessKey Key, int Parent, string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>The file that is executed: of a script its interpreter.</summary>
    public string Program { get; init; } = Name;
}

/// <summary>The pipes of a process, by their numbers.</summary>
internal sealed record ProcessPipes(IReadOnlySet<string> In, IReadOnlySet<string> Out)
{
    public IReadOnlySet<string> All => In.Concat(Out).ToHashSet();

    public ProcessPipes Without(IReadOnlySet<string> others) => new(In.Except(others).ToHashSet(), Out.Except(others).ToHashSet());

    /// <summary>Without those that it has both ends of: they lead nowhere.</summary>
    public ProcessPipes WithoutOwn() => Without(In.Intersect(Out).ToHashSet());

    public static readonly ProcessPipes None = new(new HashSet<string>(), new HashSet<string>());
}

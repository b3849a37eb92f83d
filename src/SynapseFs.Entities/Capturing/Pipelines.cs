namespace SynapseFs.Entities.Capturing;

/// <summary>The pipes that a process, and what stands in a pipeline with it, have open just now. Whatever is not seen is not there.</summary>
internal static class Pipelines
{
    private const int StandardFiles = 3;

    /// <summary>
    /// A process and its siblings, as far as they have pipes that begin and end among them. A subshell is a command of the pipeline that it
    /// stands in, so the same is told of the shells that the process runs in.
    /// </summary>
    public static IReadOnlyList<PipelineMember> Around(ProcessFacts process, IReadOnlyList<ProcessFacts> ancestors)
    {
        var members = new List<PipelineMember>();
        for (var level = 0; ; level++)
        {
            var (member, above) = level == 0 ? (process, ancestors) : (ancestors[level - 1], [.. ancestors.Skip(level)]);
            Add(members, member, above);
            if (above.Count == 0 || !Programs.IsShell(above[0]))
                return members;
        }
    }

    private static void Add(List<PipelineMember> members, ProcessFacts process, IReadOnlyList<ProcessFacts> ancestors)
    {
        var own = PipesOf(process);
        if (own.All.Count == 0)
            return;
        var outside = PipesFromOutside(ancestors);
        own = own.Without(outside);
        if (own.All.Count == 0)
            return;
        members.Add(new PipelineMember(process, ancestors, own));
        foreach (var sibling in Processes.SiblingsOf(process).Where(id => id != process.Key.Id).Select(Processes.Find).OfType<ProcessFacts>())
        {
            if (PipesOf(sibling).Without(outside) is { All.Count: > 0 } pipes)
                members.Add(new PipelineMember(sibling, ancestors, pipes));
        }
    }

    // Beside its standard files a shell has, for a moment, the pipes of the pipeline that it is just starting.
    private static ProcessPipes PipesOf(ProcessFacts process) =>
        Processes.PipesOf(process.Key.Id, Programs.IsShell(process) ? StandardFiles : int.MaxValue);

    // What the parent has besides, or a shell has from its own parent, leads out of the pipeline.
    private static HashSet<string> PipesFromOutside(IReadOnlyList<ProcessFacts> ancestors)
    {
        var outside = new HashSet<string>();
        if (ancestors.Count > 0)
            outside.UnionWith(PipesOf(ancestors[0]).All);
        if (ancestors.Count > 1 && Programs.IsShell(ancestors[0]))
            outside.UnionWith(Processes.PipesOf(ancestors[1].Key.Id).All);
        return outside;
    }
}

/// <param name="Ancestors">Parents upwards, nearest first.</param>
internal sealed record PipelineMember(ProcessFacts Process, IReadOnlyList<ProcessFacts> Ancestors, ProcessPipes Pipes);

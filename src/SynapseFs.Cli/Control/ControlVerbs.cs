using SynapseFs.Cli.Finding;
using SynapseFs.Cli.Registry;
using SynapseFs.Core;
using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Control;

/// <summary>What a running mount answers through its socket.</summary>
/// <param name="Status">How it is, at once.</param>
/// <param name="Pending">The first changes not yet remote, at most so many.</param>
/// <param name="Wait">Returns what is blocked at or below a path once nothing else there waits.</param>
internal sealed record ControlVerbs(
    Func<MountReport> Status,
    Func<int, IReadOnlyList<PendingItem>> Pending,
    Func<string, IProgress<PendingSummary>, CancellationToken, Task<IReadOnlyList<PendingItem>>> Wait)
{
    /// <summary>What a path was made from, so many levels up.</summary>
    public Func<string, int, CancellationToken, Task<ProvenanceGraph>> Provenance { get; init; } =
        (_, _, _) => throw new NotSupportedException("This mount tells no provenance.");

    /// <summary>What is known about a path.</summary>
    public Func<string, CancellationToken, Task<PathFacts>> Facts { get; init; } =
        (_, _) => throw new NotSupportedException("This mount tells nothing about its paths.");

    /// <summary>Begins to look for things.</summary>
    public Func<FindRequest, RunningFind> Find { get; init; } = _ => throw new NotSupportedException("This mount looks for nothing.");

    /// <summary>Begins to watch what a process and all that it starts make from what. False: there is none.</summary>
    public Func<int, bool> Capture { get; init; } = _ => false;

    /// <summary>As <see cref="Wait"/>, for what a captured process, or what it started, has changed; after that it is forgotten what that was.</summary>
    public Func<int, IProgress<PendingSummary>, CancellationToken, Task<IReadOnlyList<PendingItem>>> WaitFor { get; init; } =
        (_, _, _) => throw new NotSupportedException("This mount watches nobody.");
}

using SynapseFs.Cli.Finding;
using SynapseFs.Cli.Registry;
using SynapseFs.Core;
using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Control;

/// <summary>One line of an answer. Lines of progress may come before the last one, which has one of the other properties.</summary>
internal sealed record ControlAnswer
{
    public WaitProgress? Progress { get; init; }

    /// <summary>Progress of "find", with what was found since the last line.</summary>
    public FindStep? Finding { get; init; }

    /// <summary>Ends "find", with what was found since the last line.</summary>
    public FindStep? Found { get; init; }

    /// <summary>Ends "status".</summary>
    public MountReport? Status { get; init; }

    /// <summary>Ends "pending" with what is pending, and "wait" with what is blocked, "capture" with nothing.</summary>
    public IReadOnlyList<PendingItem>? Items { get; init; }

    /// <summary>Ends "provenance".</summary>
    public ProvenanceGraph? Graph { get; init; }

    /// <summary>Ends "facts".</summary>
    public PathFacts? Facts { get; init; }

    /// <summary>Ends what cannot be done: a sentence.</summary>
    public string? Error { get; init; }
}

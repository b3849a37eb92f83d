using SynapseFs.Core.Sending;
using SynapseFs.Core.Writing;

namespace SynapseFs.Core;

/// <summary>How a mount is doing, for a person.</summary>
public sealed record MountStatus
{
    /// <summary>Whether the last call got through; false also when the mount was asked never to call.</summary>
    public required bool Online { get; init; }

    /// <summary>The last failure that was not simply "not there", in a sentence; null when there was none since the last success.</summary>
    public string? LastProblem { get; init; }

    public DateTimeOffset? OfflineSince { get; init; }

    public required int OpenFiles { get; init; }

    /// <summary>Names remembered locally.</summary>
    public required long KnownNodes { get; init; }

    /// <summary>Bytes of file content on local disk.</summary>
    public required long CachedBytes { get; init; }

    /// <summary>What was changed here and is not yet remote.</summary>
    public PendingSummary Pending { get; init; } = PendingSummary.None;

    /// <summary>Sentences about what was found damaged or otherwise than expected, and how it ended; empty when all is well.</summary>
    public required IReadOnlyList<string> Notices { get; init; }
}

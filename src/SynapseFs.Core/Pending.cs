namespace SynapseFs.Core;

/// <summary>How far a change is.</summary>
public enum PendingState
{
    /// <summary>A program still writes.</summary>
    Open,
    Queued,
    Sending,
    /// <summary>Refused or failing: <see cref="PendingItem.Reason"/> says why. It is tried again now and then.</summary>
    Blocked,
    /// <summary>Never to be sent as it is: an empty file, or a name that stays local by the list.</summary>
    LocalOnly,
}

/// <summary>One change that the remote side does not have yet.</summary>
public sealed record PendingItem
{
    /// <summary>From the mount's root, beginning with '/'.</summary>
    public required string Path { get; init; }

    /// <summary>"new file", "new version", "new folder", "move", "delete" …</summary>
    public required string What { get; init; }

    public required PendingState State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Bytes to be sent, 0 when there are none.</summary>
    public long Bytes { get; init; }

    public long SentBytes { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>What is remembered of how its content came about, in the words of the witness; null: nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>All that the remote side does not have yet, summed up.</summary>
/// <param name="Waiting">Open, queued or on its way.</param>
/// <param name="Blocked">Refused or failing.</param>
/// <param name="LocalOnly">Never to be sent as they are; not counted as waiting.</param>
/// <param name="Bytes">Still to be sent.</param>
public sealed record PendingSummary(int Waiting, int Blocked, int LocalOnly, long Bytes)
{
    public static readonly PendingSummary None = new(0, 0, 0, 0);
}

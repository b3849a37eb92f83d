namespace SynapseFs.Client;

/// <summary>Limits and patience. The defaults fit the public service; tests and demos shorten them.</summary>
public sealed record SynapseClientOptions
{
    /// <summary>Calls at the service at one time; it refuses a fourth.</summary>
    public int CallsInFlight { get; init; } = 3;

    /// <summary>How many of these may be read-ahead, unwatched uploads or crawling.</summary>
    public int BackgroundCallsInFlight { get; init; } = 2;

    /// <summary>Calls in any <see cref="CallWindow"/>; the service refuses more.</summary>
    public int CallsPerWindow { get; init; } = 600;

    /// <summary>The service's 60 s and a thousandth: two clocks that are being set right may run apart by that much.</summary>
    public TimeSpan CallWindow { get; init; } = TimeSpan.FromSeconds(60.06);

    /// <summary>How many calls of a window stay reserved for those a person waits for.</summary>
    public int InteractiveReserve { get; init; } = 30;

    /// <summary>Transfers with the storage at one time; they do not count at the service.</summary>
    public int StorageTransfers { get; init; } = 24;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long one try of a call may take that a program is blocked on or may soon be.</summary>
    public TimeSpan InteractiveAttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one try of any other call may take; the official client's figure.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(70);

    /// <summary>How long calls go on trying, by trouble and by who waits.</summary>
    public RetryPatience Patience { get; init; } = new();

    /// <summary>How long calls fail at once after the service was found out of reach, before one of them tries again.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A transfer that brings no byte for so long is begun anew.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Tries of a transfer without a single byte of progress between them.</summary>
    public int TransferAttempts { get; init; } = 5;

    /// <summary>Parts of one upload in transfer at one time.</summary>
    public int UploadParts { get; init; } = 4;
}

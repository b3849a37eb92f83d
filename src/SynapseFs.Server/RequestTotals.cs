namespace SynapseFs.Server;

/// <summary>What came in since the start or the last reset.</summary>
public sealed record RequestTotals
{
    /// <summary>Calls to Synapse's own services (repo, auth, file and unknown routes).</summary>
    public long ApiRequests { get; init; }

    public long StorageRequests { get; init; }
    public long DownloadEvents { get; init; }

    /// <summary>Content bytes that left through pre-signed URLs.</summary>
    public long StorageBytesSent { get; init; }
    public long StorageBytesReceived { get; init; }
    public long ApiBytesSent { get; init; }

    /// <summary>Answers with status 429.</summary>
    public long Throttled { get; init; }

    /// <summary>Counts by "METHOD route".</summary>
    public IReadOnlyDictionary<string, long> Routes { get; init; } = new Dictionary<string, long>();
}

using SynapseFs.Core;

namespace SynapseFs.Cli.Registry;

/// <summary>One mount as <c>synapsefs status</c> tells it. What a dead mount can no longer tell is null.</summary>
internal sealed record MountReport
{
    /// <summary>How many changes not yet remote are told.</summary>
    public const int MostItems = 10_000;

    public required string Mountpoint { get; init; }

    public required string Source { get; init; }

    public required string SourceName { get; init; }

    public required int Pid { get; init; }

    /// <summary>"running", "not answering", or "stale": the process is gone and the mountpoint is left behind.</summary>
    public required string State { get; init; }

    public string? Remedy { get; init; }

    public string? Account { get; init; }

    public string? Endpoint { get; init; }

    public bool ReadOnly { get; init; }

    public bool? Online { get; init; }

    public DateTimeOffset? OfflineSince { get; init; }

    public DateTimeOffset? Since { get; init; }

    public string? LastProblem { get; init; }

    /// <summary>Why a call is being tried again right now.</summary>
    public string? Struggle { get; init; }

    public string? CacheDirectory { get; init; }

    public long? CachedBytes { get; init; }

    public long? KnownNodes { get; init; }

    public int? OpenFiles { get; init; }

    /// <summary>"used" where the kernel reads cached files itself, else why not.</summary>
    public string? Passthrough { get; init; }

    /// <summary>What was changed here and is not yet remote, summed up.</summary>
    public PendingSummary? Pending { get; init; }

    /// <summary>The first changes that are blocked, each with its reason.</summary>
    public IReadOnlyList<PendingItem> Blocked { get; init; } = [];

    /// <summary>All changes not yet remote, oldest first; null where nobody asked for them.</summary>
    public IReadOnlyList<PendingItem>? PendingItems { get; init; }

    public IReadOnlyList<string> Notices { get; init; } = [];

    public string? LogFile { get; init; }

    /// <summary>The part that the record alone can tell.</summary>
    public static MountReport Of(MountRecord record) => new()
    {
        Mountpoint = record.Mountpoint,
        Source = record.Source,
        SourceName = record.SourceName,
        Pid = record.Pid,
        State = MountStates.Running,
        Account = record.Account,
        Endpoint = record.Endpoint,
        ReadOnly = record.ReadOnly,
        Since = record.Since,
        CacheDirectory = record.CacheDirectory,
        LogFile = record.LogFile,
    };
}

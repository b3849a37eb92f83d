using SynapseFs.Server.Errors;

namespace SynapseFs.Server.World.Jobs;

/// <summary>An asynchronous job as it is stored. Times are Unix milliseconds; request and response are JSON.</summary>
internal sealed record JobRow
{
    public const string Processing = "PROCESSING";
    public const string Complete = "COMPLETE";
    public const string Failed = "FAILED";

    public required long Id { get; init; }
    public required string Kind { get; init; }
    public required long UserId { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required string Request { get; init; }
    public required string State { get; init; }
    public required string Etag { get; init; }
    public required long StartedOn { get; init; }
    public required long ChangedOn { get; init; }
    public string? ProgressMessage { get; init; }
    public long ProgressCurrent { get; init; }
    public long ProgressTotal { get; init; }
    public string? Response { get; init; }
    public ServiceError? Error { get; init; }
    public string? ErrorMessage { get; init; }
    public string? ErrorCode { get; init; }
}

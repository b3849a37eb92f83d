using SynapseFs.Api;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>A queue. Times are Unix milliseconds.</summary>
internal sealed record EvaluationRow
{
    public required long Id { get; init; }
    public required string Etag { get; init; }
    public required string Name { get; init; }
    public required long ProjectId { get; init; }
    public required long OwnerId { get; init; }
    public required long CreatedOn { get; init; }
    public string? Description { get; init; }
    public string? Instructions { get; init; }
    public string? Receipt { get; init; }
    public SubmissionQuota? Quota { get; init; }

    /// <summary>Another after every change of a submission's status: batches of statuses notice who came between.</summary>
    public required string BatchToken { get; init; }
}

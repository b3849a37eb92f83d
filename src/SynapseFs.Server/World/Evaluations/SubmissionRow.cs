using SynapseFs.Api;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>A submission and its status. Times are Unix milliseconds.</summary>
internal sealed record SubmissionRow
{
    public required long Id { get; init; }
    public required long EvaluationId { get; init; }
    public long? RoundId { get; init; }
    public required long UserId { get; init; }
    public string? SubmitterAlias { get; init; }
    public long? TeamId { get; init; }
    public required long EntityId { get; init; }
    public required long VersionNumber { get; init; }
    public required string EntityBundle { get; init; }
    public required string Name { get; init; }
    public required long CreatedOn { get; init; }
    public string? DockerRepositoryName { get; init; }
    public string? DockerDigest { get; init; }

    public required string Etag { get; init; }
    public required long ModifiedOn { get; init; }
    public required string Status { get; init; }
    public required long StatusVersion { get; init; }
    public double? Score { get; init; }
    public string? Report { get; init; }
    public bool? CanCancel { get; init; }
    public bool? CancelRequested { get; init; }

    /// <summary>Of the first kind.</summary>
    public SubmissionStatusAnnotations? LegacyAnnotations { get; init; }

    /// <summary>Of the second kind; never empty.</summary>
    public IReadOnlyDictionary<string, AnnotationsValue>? Annotations { get; init; }
}

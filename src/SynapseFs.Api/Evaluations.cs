using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>A queue to which entities are submitted. Source: <c>evaluation.model.Evaluation</c>.</summary>
public sealed record Evaluation
{
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? OwnerId { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>The project.</summary>
    public string? ContentSource { get; init; }
    public string? SubmissionInstructionsMessage { get; init; }
    public string? SubmissionReceiptMessage { get; init; }
    public SubmissionQuota? Quota { get; init; }
}

/// <summary>Deprecated; rounds replace it.</summary>
public sealed record SubmissionQuota
{
    public DateTimeOffset? FirstRoundStart { get; init; }
    public long? RoundDurationMillis { get; init; }
    public long? NumberOfRounds { get; init; }
    public long? SubmissionLimit { get; init; }
}

public sealed record EvaluationPage
{
    public IReadOnlyList<Evaluation> Results { get; init; } = [];
    public long? TotalNumberOfResults { get; init; }
}

/// <summary>GET /evaluation/{id}/permissions.</summary>
public sealed record UserEvaluationPermissions
{
    public bool? CanChangePermissions { get; init; }
    public bool? CanView { get; init; }
    public bool? CanPublicRead { get; init; }
    public bool? CanEdit { get; init; }
    public bool? CanDelete { get; init; }
    public bool? CanSubmit { get; init; }
    public bool? CanViewPrivateSubmissionStatusAnnotations { get; init; }
    public bool? CanEditSubmissionStatuses { get; init; }
    public bool? CanDeleteSubmissions { get; init; }
    public long? OwnerPrincipalId { get; init; }
}

/// <summary>A span of time within which is submitted; the start belongs to it, the end does not.</summary>
public sealed record EvaluationRound
{
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public string? EvaluationId { get; init; }
    public DateTimeOffset? RoundStart { get; init; }
    public DateTimeOffset? RoundEnd { get; init; }
    public IReadOnlyList<EvaluationRoundLimit>? Limits { get; init; }
}

public sealed record EvaluationRoundLimit
{
    /// <summary>TOTAL, DAILY, WEEKLY or MONTHLY.</summary>
    public string? LimitType { get; init; }
    public long? MaximumSubmissions { get; init; }
}

public sealed record EvaluationRoundListRequest
{
    public string? NextPageToken { get; init; }
}

public sealed record EvaluationRoundListResponse
{
    public IReadOnlyList<EvaluationRound> Page { get; init; } = [];
    public string? NextPageToken { get; init; }
}

/// <summary>GET /evaluation/{id}/team/{id}/submissionEligibility.</summary>
public sealed record TeamSubmissionEligibility
{
    public string? TeamId { get; init; }
    public string? EvaluationId { get; init; }
    public SubmissionEligibility? TeamEligibility { get; init; }
    public IReadOnlyList<MemberSubmissionEligibility> MembersEligibility { get; init; } = [];
    public long? EligibilityStateHash { get; init; }
}

public sealed record SubmissionEligibility
{
    public bool? IsEligible { get; init; }

    /// <summary>Absent where there is no challenge to register for.</summary>
    public bool? IsRegistered { get; init; }
    public bool? IsQuotaFilled { get; init; }
}

public sealed record MemberSubmissionEligibility
{
    public long? PrincipalId { get; init; }
    public bool? IsEligible { get; init; }
    public bool? IsRegistered { get; init; }
    public bool? IsQuotaFilled { get; init; }
    public bool? HasConflictingSubmission { get; init; }
}

/// <summary>Records of evaluations and submissions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(EvaluationPage))]
[JsonSerializable(typeof(SubmissionQuota))]
[JsonSerializable(typeof(UserEvaluationPermissions))]
[JsonSerializable(typeof(EvaluationRound))]
[JsonSerializable(typeof(EvaluationRoundListRequest))]
[JsonSerializable(typeof(EvaluationRoundListResponse))]
[JsonSerializable(typeof(IReadOnlyList<EvaluationRoundLimit>), TypeInfoPropertyName = "RoundLimits")]
[JsonSerializable(typeof(TeamSubmissionEligibility))]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(SubmissionPage))]
[JsonSerializable(typeof(SubmissionStatus))]
[JsonSerializable(typeof(SubmissionStatusPage))]
[JsonSerializable(typeof(SubmissionBundlePage))]
[JsonSerializable(typeof(SubmissionStatusBatch))]
[JsonSerializable(typeof(BatchUploadResponse))]
[JsonSerializable(typeof(SubmissionEntityBundle))]
[JsonSerializable(typeof(SubmissionStatusAnnotations))]
public sealed partial class EvaluationJson : JsonSerializerContext;

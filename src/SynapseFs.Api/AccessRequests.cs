using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>What data shall be used for. Source: <c>dataaccess.ResearchProject</c>.</summary>
public sealed record ResearchProject
{
    public string? Id { get; init; }
    public string? AccessRequirementId { get; init; }
    public string? Institution { get; init; }
    public string? ProjectLead { get; init; }
    public string? IntendedDataUseStatement { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? CreatedBy { get; init; }
    public string? ModifiedBy { get; init; }
    public string? Etag { get; init; }
}

/// <summary>
/// A request for access, or, once one was approved, for its renewal. Source: <c>dataaccess.Request</c> and <c>Renewal</c>.
/// </summary>
public sealed record AccessRequest
{
    public string? ConcreteType { get; init; }
    public string? Id { get; init; }
    public string? AccessRequirementId { get; init; }
    public string? ResearchProjectId { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? CreatedBy { get; init; }
    public string? ModifiedBy { get; init; }
    public string? DucFileHandleId { get; init; }
    public string? IrbFileHandleId { get; init; }
    public IReadOnlyList<string>? Attachments { get; init; }
    public IReadOnlyList<AccessorChange>? AccessorChanges { get; init; }
    public string? Publication { get; init; }
    public string? SummaryOfUse { get; init; }
    public string? Etag { get; init; }
}

public sealed record AccessorChange
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? UserId { get; init; }

    /// <summary>GAIN_ACCESS, RENEW_ACCESS or REVOKE_ACCESS.</summary>
    public string? Type { get; init; }
}

/// <summary>POST /dataAccessRequest/{id}/submission.</summary>
public sealed record CreateSubmissionRequest
{
    public string? RequestId { get; init; }
    public string? RequestEtag { get; init; }
    public string? SubjectId { get; init; }
    public string? SubjectType { get; init; }
}

/// <summary>A request as it was submitted. Source: <c>dataaccess.Submission</c>.</summary>
public sealed record AccessSubmission
{
    public string? Id { get; init; }
    public string? AccessRequirementId { get; init; }
    public long? AccessRequirementVersion { get; init; }
    public string? RequestId { get; init; }
    public string? DucFileHandleId { get; init; }
    public string? IrbFileHandleId { get; init; }
    public IReadOnlyList<string>? Attachments { get; init; }
    public IReadOnlyList<AccessorChange>? AccessorChanges { get; init; }
    public ResearchProject? ResearchProjectSnapshot { get; init; }
    public bool? IsRenewalSubmission { get; init; }
    public string? Publication { get; init; }
    public string? SummaryOfUse { get; init; }
    public DateTimeOffset? SubmittedOn { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? SubmittedBy { get; init; }
    public string? ModifiedBy { get; init; }

    /// <summary>SUBMITTED, APPROVED, REJECTED or CANCELLED.</summary>
    public string? State { get; init; }
    public string? RejectedReason { get; init; }
    public string? Etag { get; init; }
    public string? SubjectId { get; init; }
    public string? SubjectType { get; init; }
}

/// <summary>Source: <c>dataaccess.SubmissionStatus</c>.</summary>
public sealed record AccessSubmissionStatus
{
    public string? SubmissionId { get; init; }
    public string? SubmittedBy { get; init; }
    public string? RejectedReason { get; init; }
    public string? State { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
}

/// <summary>PUT /dataAccessSubmission/{id}.</summary>
public sealed record SubmissionStateChangeRequest
{
    public string? SubmissionId { get; init; }
    public string? NewState { get; init; }
    public string? RejectedReason { get; init; }
}

/// <summary>POST /accessRequirement/{id}/submissions.</summary>
public sealed record SubmissionPageRequest
{
    public string? AccessRequirementId { get; init; }
    public string? NextPageToken { get; init; }
    public string? FilterBy { get; init; }
    public string? AccessorId { get; init; }
    public string? OrderBy { get; init; }
    public bool? IsAscending { get; init; }
}

public sealed record AccessSubmissionPage
{
    public IReadOnlyList<AccessSubmission> Results { get; init; } = [];
    public string? NextPageToken { get; init; }
}

/// <summary>GET /dataAccessSubmission/openSubmissions.</summary>
public sealed record OpenSubmissionPage
{
    public IReadOnlyList<OpenSubmission> OpenSubmissionList { get; init; } = [];
    public string? NextPageToken { get; init; }
}

public sealed record OpenSubmission
{
    public string? AccessRequirementId { get; init; }
    public long? NumberOfSubmittedSubmission { get; init; }
}

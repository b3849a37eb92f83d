using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>
/// A condition on downloads, of any kind: the fields of all kinds side by side, those of other kinds absent. Source:
/// <c>AccessRequirement</c> and its heirs.
/// </summary>
public sealed record AccessRequirement
{
    public string? ConcreteType { get; init; }
    public long? Id { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public long? VersionNumber { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public string? CreatedBy { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? ModifiedBy { get; init; }
    public bool? SubjectsDefinedByAnnotations { get; init; }
    public IReadOnlyList<RestrictableObjectDescriptor>? SubjectIds { get; init; }

    /// <summary>DOWNLOAD for entities, PARTICIPATE for teams.</summary>
    public string? AccessType { get; init; }
    public bool? IsCertifiedUserRequired { get; init; }
    public bool? IsValidatedProfileRequired { get; init; }
    public string? TermsOfUse { get; init; }
    public string? ActContactInfo { get; init; }
    public bool? OpenJiraIssue { get; init; }

    [JsonPropertyName("isDUCRequired")]
    public bool? IsDucRequired { get; init; }
    public string? DucTemplateFileHandleId { get; init; }

    [JsonPropertyName("isIRBApprovalRequired")]
    public bool? IsIrbApprovalRequired { get; init; }
    public bool? AreOtherAttachmentsRequired { get; init; }

    /// <summary>Milliseconds that an approval lasts; 0: for ever.</summary>
    public long? ExpirationPeriod { get; init; }

    [JsonPropertyName("isIDUPublic")]
    public bool? IsIduPublic { get; init; }

    [JsonPropertyName("isIDURequired")]
    public bool? IsIduRequired { get; init; }
    public bool? IsTwoFaRequired { get; init; }
    public string? JiraKey { get; init; }
    public string? Url { get; init; }
}

/// <summary>What a requirement is about: ENTITY or TEAM.</summary>
public sealed record RestrictableObjectDescriptor
{
    public string? Id { get; init; }
    public string? Type { get; init; }
}

/// <summary>GET /entity/{id}/accessRequirement.</summary>
public sealed record AccessRequirementPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<AccessRequirement> Results { get; init; } = [];
}

/// <summary>GET /accessRequirement/{id}/subjects.</summary>
public sealed record RestrictableObjectDescriptorPage
{
    public IReadOnlyList<RestrictableObjectDescriptor> Subjects { get; init; } = [];
    public string? NextPageToken { get; init; }
}

/// <summary>PUT /accessRequirement/conversion.</summary>
public sealed record AccessRequirementConversionRequest
{
    public string? AccessRequirementId { get; init; }
    public string? Etag { get; init; }
    public long? CurrentVersion { get; init; }
}

/// <summary>GET /accessRequirement/{id}/status.</summary>
public sealed record AccessRequirementStatus
{
    public string? ConcreteType { get; init; }
    public string? AccessRequirementId { get; init; }
    public bool? IsApproved { get; init; }
    public DateTimeOffset? ExpiredOn { get; init; }

    /// <summary>Of a managed requirement only.</summary>
    public AccessSubmissionStatus? CurrentSubmissionStatus { get; init; }
}

/// <summary>That somebody meets a requirement. Source: <c>AccessApproval</c>.</summary>
public sealed record AccessApproval
{
    public long? Id { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreatedOn { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public string? CreatedBy { get; init; }
    public string? ModifiedBy { get; init; }
    public long? RequirementId { get; init; }
    public long? RequirementVersion { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? SubmitterId { get; init; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? AccessorId { get; init; }
    public DateTimeOffset? ExpiredOn { get; init; }

    /// <summary>APPROVED or REVOKED.</summary>
    public string? State { get; init; }
}

/// <summary>POST /accessApproval/information.</summary>
public sealed record AccessApprovalInfoRequest
{
    public string? UserId { get; init; }
    public IReadOnlyList<string>? AccessRequirementIds { get; init; }
}

public sealed record AccessApprovalInfoList
{
    public IReadOnlyList<AccessApprovalInfo> Results { get; init; } = [];
}

public sealed record AccessApprovalInfo
{
    public string? UserId { get; init; }
    public string? AccessRequirementId { get; init; }
    public bool? HasAccessApproval { get; init; }
}

/// <summary>PUT /accessApproval/group/revoke.</summary>
public sealed record AccessorGroupRevokeRequest
{
    public string? AccessRequirementId { get; init; }
    public string? SubmitterId { get; init; }
}

/// <summary>PUT /entity/{id}/datatype.</summary>
public sealed record DataTypeResponse
{
    public string? ObjectId { get; init; }
    public string? ObjectType { get; init; }

    /// <summary>SENSITIVE_DATA or OPEN_DATA.</summary>
    public string? DataType { get; init; }
    public string? UpdatedBy { get; init; }
    public DateTimeOffset? UpdatedOn { get; init; }
}

/// <summary>Records of access requirements and approvals.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(AccessRequirement))]
[JsonSerializable(typeof(AccessRequirementPage))]
[JsonSerializable(typeof(RestrictableObjectDescriptorPage))]
[JsonSerializable(typeof(AccessRequirementConversionRequest))]
[JsonSerializable(typeof(AccessRequirementStatus))]
[JsonSerializable(typeof(AccessApproval))]
[JsonSerializable(typeof(AccessApprovalInfoRequest))]
[JsonSerializable(typeof(AccessApprovalInfoList))]
[JsonSerializable(typeof(AccessorGroupRevokeRequest))]
[JsonSerializable(typeof(DataTypeResponse))]
[JsonSerializable(typeof(ResearchProject))]
[JsonSerializable(typeof(AccessRequest))]
[JsonSerializable(typeof(CreateSubmissionRequest))]
[JsonSerializable(typeof(AccessSubmission))]
[JsonSerializable(typeof(AccessSubmissionStatus))]
[JsonSerializable(typeof(SubmissionStateChangeRequest))]
[JsonSerializable(typeof(SubmissionPageRequest))]
[JsonSerializable(typeof(AccessSubmissionPage))]
[JsonSerializable(typeof(OpenSubmissionPage))]
public sealed partial class RequirementJson : JsonSerializerContext;

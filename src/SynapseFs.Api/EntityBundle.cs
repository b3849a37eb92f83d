namespace SynapseFs.Api;

/// <summary>POST /entity/{id}/bundle2: each flag asks for the field of its name.</summary>
public sealed record EntityBundleRequest
{
    public bool? IncludeEntity { get; init; }
    public bool? IncludeAnnotations { get; init; }
    public bool? IncludePermissions { get; init; }
    public bool? IncludeEntityPath { get; init; }
    public bool? IncludeHasChildren { get; init; }
    public bool? IncludeAccessControlList { get; init; }
    public bool? IncludeBenefactorACL { get; init; }
    public bool? IncludeFileHandles { get; init; }
    public bool? IncludeFileName { get; init; }
    public bool? IncludeTableBundle { get; init; }
    public bool? IncludeThreadCount { get; init; }
    public bool? IncludeRestrictionInformation { get; init; }
    public bool? IncludeActivity { get; init; }
}

public sealed record EntityBundle
{
    public Entity? Entity { get; init; }
    public string? EntityType { get; init; }
    public Annotations? Annotations { get; init; }
    public UserEntityPermissions? Permissions { get; init; }
    public EntityPath? Path { get; init; }
    public bool? HasChildren { get; init; }
    public AccessControlList? AccessControlList { get; init; }
    public AccessControlList? BenefactorAcl { get; init; }
    public IReadOnlyList<FileHandle>? FileHandles { get; init; }
    public string? FileName { get; init; }
    public TableBundle? TableBundle { get; init; }
    public long? ThreadCount { get; init; }
    public RestrictionInformation? RestrictionInformation { get; init; }
    public Activity? Activity { get; init; }
}

/// <summary>Of a table or view only. Source: <c>table.TableBundle</c>.</summary>
public sealed record TableBundle
{
    public IReadOnlyList<ColumnModel>? ColumnModels { get; init; }
}

/// <summary>One type for a key; values are always text. Source: <c>annotation.v2.Annotations</c>.</summary>
public sealed record Annotations
{
    public string? Id { get; init; }
    public string? Etag { get; init; }
    [System.Text.Json.Serialization.JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, AnnotationsValue>? Values { get; init; }
}

public sealed record AnnotationsValue
{
    /// <summary>STRING, LONG, DOUBLE, TIMESTAMP_MS or BOOLEAN.</summary>
    public string? Type { get; init; }
    [System.Text.Json.Serialization.JsonConverter(typeof(AnnotationValuesConverter))]
    public IReadOnlyList<string>? Value { get; init; }
}

/// <summary>What the caller may do. Source: <c>auth.UserEntityPermissions</c>.</summary>
public sealed record UserEntityPermissions
{
    public bool? CanView { get; init; }
    public bool? CanEdit { get; init; }
    public bool? CanMove { get; init; }
    public bool? CanAddChild { get; init; }
    public bool? CanCertifiedUserEdit { get; init; }
    public bool? CanCertifiedUserAddChild { get; init; }
    public bool? IsCertifiedUser { get; init; }
    public bool? CanChangePermissions { get; init; }
    public bool? CanChangeSettings { get; init; }
    public bool? CanDelete { get; init; }
    public bool? CanDownload { get; init; }
    public bool? CanUpload { get; init; }
    public bool? CanEnableInheritance { get; init; }
    public long? OwnerPrincipalId { get; init; }
    public bool? CanPublicRead { get; init; }
    public bool? CanModerate { get; init; }
    public bool? IsCertificationRequired { get; init; }
    public bool? IsEntityOpenData { get; init; }
    public bool? IsDataContributor { get; init; }
}

public sealed record AccessControlList
{
    public string? Id { get; init; }
    public string? Etag { get; init; }
    public DateTimeOffset? CreationDate { get; init; }
    public IReadOnlyList<ResourceAccess>? ResourceAccess { get; init; }
}

public sealed record ResourceAccess
{
    [System.Text.Json.Serialization.JsonNumberHandling(System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString)]
    public long? PrincipalId { get; init; }
    public IReadOnlyList<string>? AccessType { get; init; }
}

public sealed record RestrictionInformation
{
    public long? ObjectId { get; init; }
    /// <summary>OPEN, RESTRICTED_BY_TERMS_OF_USE or CONTROLLED_BY_ACT.</summary>
    public string? RestrictionLevel { get; init; }
    public bool? HasUnmetAccessRequirement { get; init; }
    public UserEntityPermissions? UserEntityPermissions { get; init; }
    public IReadOnlyList<RestrictionDetail>? RestrictionDetails { get; init; }
}

public sealed record RestrictionDetail
{
    public long? AccessRequirementId { get; init; }
    public bool? IsApproved { get; init; }
    public bool? IsMet { get; init; }
    public bool? IsExempt { get; init; }
}

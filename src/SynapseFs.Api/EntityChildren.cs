namespace SynapseFs.Api;

/// <summary>POST /entity/children.</summary>
public sealed record EntityChildrenRequest
{
    public string? ParentId { get; init; }
    public string? NextPageToken { get; init; }
    public IReadOnlyList<string>? IncludeTypes { get; init; }
    public string? SortBy { get; init; }
    public string? SortDirection { get; init; }
    public bool? IncludeTotalChildCount { get; init; }
    public bool? IncludeSumFileSizes { get; init; }
}

public sealed record EntityChildrenResponse
{
    public IReadOnlyList<EntityHeader> Page { get; init; } = [];
    public string? NextPageToken { get; init; }
    public long? TotalChildCount { get; init; }
    public long? SumFileSizesBytes { get; init; }
}

/// <summary>POST /entity/child.</summary>
public sealed record EntityLookupRequest
{
    public string? ParentId { get; init; }
    public string? EntityName { get; init; }
}

/// <summary>POST /entity/header.</summary>
public sealed record ReferenceList
{
    public IReadOnlyList<Reference> References { get; init; } = [];
}

public sealed record EntityHeaderPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<EntityHeader> Results { get; init; } = [];
}

/// <summary>GET /projects.</summary>
public sealed record ProjectHeaderList
{
    public IReadOnlyList<ProjectHeader> Results { get; init; } = [];
    public string? NextPageToken { get; init; }
}

public sealed record ProjectHeader
{
    public string? Name { get; init; }
    public string? Id { get; init; }
    public DateTimeOffset? LastActivity { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    public long? ModifiedBy { get; init; }
}

/// <summary>GET /entity/{id}/version.</summary>
public sealed record VersionInfoPage
{
    public long? TotalNumberOfResults { get; init; }
    public IReadOnlyList<VersionInfo> Results { get; init; } = [];
}

public sealed record VersionInfo
{
    public string? Id { get; init; }
    public long? VersionNumber { get; init; }
    public string? VersionLabel { get; init; }
    public string? VersionComment { get; init; }
    public bool? IsLatestVersion { get; init; }
    public string? ModifiedBy { get; init; }
    public string? ModifiedByPrincipalId { get; init; }
    public DateTimeOffset? ModifiedOn { get; init; }
    /// <summary>Bytes, as text: so the service writes it.</summary>
    public string? ContentSize { get; init; }
    public string? ContentMd5 { get; init; }
}
